package dev.exeunt.archive.s3;

import dev.exeunt.archive.s3.S3Settings.S3Encryption;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Sets the configured encryption on requests that store objects. */
final class RequestEncryption {

    private RequestEncryption() {}

    static void with(S3Encryption encryption, Consumer<ServerSideEncryption> kind, Consumer<String> keyId) {
        switch (encryption.kind()) {
            case NONE -> {}
            case AES256 -> kind.accept(ServerSideEncryption.AES256);
            case KMS -> {
                kind.accept(ServerSideEncryption.AWS_KMS);
                if (encryption.keyId() != null) {
                    keyId.accept(encryption.keyId());
                }
            }
        }
    }
}
