package dev.exeunt.internal.outbox;

import dev.exeunt.HashKey;
import dev.exeunt.support.security.ContentCipher;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds what an event says about the person. It lies encrypted in the outbox.
 *
 * @param subject the key, one text for each of its columns
 * @param locators by the name of the system: a JSON array with an object for each row of its query
 */
public record EventContent(List<String> subject, Map<String, String> locators) {

    private static final JsonMapper JSON = new JsonMapper();

    public EventContent {
        subject = List.copyOf(subject);
        locators = Map.copyOf(locators);
    }

    /** Encrypts and decrypts contents with the secret of an installation. */
    public static ContentCipher cipher(HashKey key) {
        return new ContentCipher(key, "events");
    }

    byte[] encrypt(ContentCipher cipher, UUID event) {
        return cipher.encrypt(
                JSON.writeValueAsBytes(Map.of("subject", subject, "locators", locators)), ContentCipher.place(event));
    }

    /** Returns the content of an event; empty where it was encrypted with another key. */
    public static Optional<EventContent> decrypt(ContentCipher cipher, UUID event, byte[] content) {
        return cipher.decrypt(content, ContentCipher.place(event)).map(EventContent::read);
    }

    private static EventContent read(byte[] json) {
        JsonNode content = JSON.readTree(json);
        Map<String, String> locators = new LinkedHashMap<>();
        content.get("locators")
                .properties()
                .forEach(e -> locators.put(e.getKey(), e.getValue().stringValue()));
        return new EventContent(
                content.get("subject").valueStream().map(JsonNode::stringValue).toList(), locators);
    }

    @Override
    public String toString() {
        return "EventContent[hidden]";
    }
}
