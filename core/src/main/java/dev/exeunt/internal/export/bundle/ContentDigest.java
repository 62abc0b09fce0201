package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.export.zip.ZipEntrySizes;
import dev.exeunt.support.security.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.zip.CRC32;

/** Computes what the ZIP and the manifest tell of a file: its bytes before compression, their CRC-32 and their SHA-256. */
final class ContentDigest {

    private final MessageDigest sha256 = Sha256.start();
    private final CRC32 crc = new CRC32();
    private long size;

    ContentDigest add(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
        crc.update(bytes, offset, length);
        size += length;
        return this;
    }

    ContentDigest add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return add(bytes, 0, bytes.length);
    }

    long size() {
        return size;
    }

    long crc() {
        return crc.getValue();
    }

    ZipEntrySizes sizes(long compressed) {
        return new ZipEntrySizes(crc(), size, compressed);
    }

    /** In hexadecimal; once. */
    String sha256() {
        return HexFormat.of().formatHex(sha256.digest());
    }
}
