package dev.exeunt.archive.s3;

import dev.exeunt.support.archive.FixedLengthInputStream;
import java.io.IOException;
import java.io.InputStream;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * Reads a byte range of an object and reports failures of the SDK as IOException. What the SDK throws of its own, as
 * where the reader is interrupted, is an IOException here.
 */
final class S3InputStream extends FixedLengthInputStream {

    S3InputStream(InputStream response, long length) {
        super(response, length);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (SdkException e) {
            throw new IOException("the object store broke off");
        }
    }
}
