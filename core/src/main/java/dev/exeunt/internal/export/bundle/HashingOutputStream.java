package dev.exeunt.internal.export.bundle;

import dev.exeunt.support.security.Sha256;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Counts the bytes written and computes their SHA-256. */
final class HashingOutputStream extends FilterOutputStream {

    private final MessageDigest digest = Sha256.start();
    private long bytes;

    HashingOutputStream(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] buffer, int offset, int length) throws IOException {
        out.write(buffer, offset, length);
        digest.update(buffer, offset, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** In hexadecimal; once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
