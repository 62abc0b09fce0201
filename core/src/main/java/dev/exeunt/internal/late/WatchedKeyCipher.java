package dev.exeunt.internal.late;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.support.security.ContentCipher;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Encrypts the keys of watched people. Each is bound to the request by which the account was erased. */
final class WatchedKeyCipher {

    private static final JsonMapper JSON = new JsonMapper();

    private final ContentCipher cipher;

    WatchedKeyCipher(HashKey key) {
        this.cipher = new ContentCipher(key, "late rows");
    }

    byte[] encrypt(SubjectKey subject, UUID request) {
        return cipher.encrypt(JSON.writeValueAsBytes(subject.parts()), ContentCipher.place(request));
    }

    /** @throws ExeuntException where the key was encrypted with another secret */
    SubjectKey decrypt(byte[] encrypted, UUID request) {
        byte[] json = cipher.decrypt(encrypted, ContentCipher.place(request))
                .orElseThrow(() -> new ExeuntException(
                        "The watch for late rows has a key that was encrypted with another EXEUNT_KEY. Give the key that was used then:"
                                + " in EXEUNT_FORMER_KEYS, or as exeunt.former-keys."));
        return new SubjectKey(
                JSON.readTree(json).valueStream().map(JsonNode::stringValue).toList());
    }
}
