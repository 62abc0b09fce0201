package dev.exeunt.archive.s3;

import dev.exeunt.archive.s3.S3Settings.Encryption;
import java.util.function.Consumer;
import software.amazon.awssdk.services.s3.model.ServerSideEncryption;

/** Asks for the encryption in the settings, of either kind of request that stores. */
final class Encrypted {

    private Encrypted() {}

    static void with(Encryption encryption, Consumer<ServerSideEncryption> kind, Consumer<String> keyId) {
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
