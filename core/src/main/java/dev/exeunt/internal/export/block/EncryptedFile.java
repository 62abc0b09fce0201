package dev.exeunt.internal.export.block;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Set;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A temporary file for personal data: only its owner may read it, its content is encrypted with a key that is kept nowhere, and it has no
 * name any more once it was made (on Windows, once it is closed). So a program that is killed leaves nothing that can be read. Everything is
 * written before the first byte is read.
 */
final class EncryptedFile implements AutoCloseable {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int KEY_BYTES = 32;
    private static final int BLOCK_BYTES = 16;

    /** Bytes that are encrypted at once, so that little memory has to be reclaimed. */
    private static final int PIECE = 1 << 14;

    private final FileChannel channel;
    private final Cipher writing;
    private final Cipher reading;
    private long at;

    private EncryptedFile(FileChannel channel) {
        this.channel = channel;
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        this.writing = cipher(Cipher.ENCRYPT_MODE, key);
        this.reading = cipher(Cipher.DECRYPT_MODE, key);
    }

    static EncryptedFile create(Path directory) throws IOException {
        Path path = directory.resolve(".exeunt-" + UUID.randomUUID() + ".spool");
        boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] attributes = posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        return new EncryptedFile(FileChannel.open(
                path,
                Set.of(
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.DELETE_ON_CLOSE),
                attributes));
    }

    /** The counter may begin at zero, since no other content is encrypted with this key. */
    private static Cipher cipher(int mode, byte[] key) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(new byte[BLOCK_BYTES]));
            return cipher;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES", e);
        }
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        for (int at = 0; at < length; at += PIECE) {
            ByteBuffer rest = ByteBuffer.wrap(writing.update(bytes, offset + at, Math.min(PIECE, length - at)));
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
        }
    }

    /** Returns the next bytes. */
    byte[] read(int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            int count = channel.read(bytes, at);
            if (count < 0) {
                throw new EOFException("the temporary file is shorter than what was written");
            }
            at += count;
        }
        return reading.update(bytes.array());
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
