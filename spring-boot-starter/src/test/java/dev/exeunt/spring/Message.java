package dev.exeunt.spring;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A request as its bytes go over the wire, so that it need not be one.
 *
 * @param headers whole lines, {@code Host} and {@code Content-Length} among them
 * @param closes whether what follows on the same connection cannot be told from it: it gets a connection of its own
 */
record Message(String method, String target, String version, List<String> headers, byte[] body, boolean closes) {

    static Message of(String method, String target, String json) {
        return new Message(method, target, "HTTP/1.1", List.of("Host: 127.0.0.1"), new byte[0], false)
                .body(json == null ? null : utf8(json));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    Message to(String other) {
        return new Message(method, other, version, headers, body, closes);
    }

    Message by(String other) {
        return new Message(other, target, version, headers, body, closes);
    }

    Message in(String other) {
        return new Message(method, target, other, headers, body, true);
    }

    Message alone() {
        return new Message(method, target, version, headers, body, true);
    }

    Message plus(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(line);
        return new Message(method, target, version, more, body, closes);
    }

    Message first(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(0, line);
        return new Message(method, target, version, more, body, closes);
    }

    Message without(String header) {
        List<String> fewer = new ArrayList<>(headers);
        fewer.removeIf(line -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1));
        return new Message(method, target, version, fewer, body, closes);
    }

    Message token(String token) {
        return without("Authorization").plus("Authorization: Bearer " + token);
    }

    /** @param json null for none */
    Message body(byte[] json) {
        Message bare = without("Content-Type").without("Content-Length");
        if (json == null) {
            return new Message(method, target, version, bare.headers, new byte[0], closes);
        }
        return new Message(method, target, version, bare.headers, json, closes)
                .plus("Content-Type: application/json")
                .plus("Content-Length: " + json.length);
    }

    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String head = method + " " + target + " " + version + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n";
        out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }
}
