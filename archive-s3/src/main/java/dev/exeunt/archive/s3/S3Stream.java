package dev.exeunt.archive.s3;

import dev.exeunt.archive.internal.Bounded;
import java.io.IOException;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;

/** A range as it arrives. Closed early, it hangs up: what is left may be gigabytes. */
final class S3Stream extends Bounded {

    private final ResponseInputStream<?> response;

    S3Stream(ResponseInputStream<?> response, long length) {
        super(response, length);
        this.response = response;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        try {
            return super.read(buffer, offset, length);
        } catch (SdkException e) {
            throw new IOException("the object store broke off");
        }
    }

    @Override
    public void close() throws IOException {
        if (isRead()) {
            super.close();
        } else {
            response.abort();
        }
    }
}
