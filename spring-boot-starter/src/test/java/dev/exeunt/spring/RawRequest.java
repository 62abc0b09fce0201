package dev.exeunt.spring;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds the parts of a request as they are sent over the wire.
 *
 * @param headers whole lines, {@code Host} and {@code Content-Length} among them
 * @param closes whether what follows on the same connection cannot be told from it: it gets a connection of its own
 */
record RawRequest(String method, String target, String version, List<String> headers, byte[] body, boolean closes) {

    static RawRequest of(String method, String target, String json) {
        return new RawRequest(method, target, "HTTP/1.1", List.of("Host: 127.0.0.1"), new byte[0], false)
                .body(json == null ? null : utf8(json));
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    RawRequest to(String other) {
        return new RawRequest(method, other, version, headers, body, closes);
    }

    RawRequest by(String other) {
        return new RawRequest(other, target, version, headers, body, closes);
    }

    RawRequest in(String other) {
        return new RawRequest(method, target, other, headers, body, true);
    }

    RawRequest alone() {
        return new RawRequest(method, target, version, headers, body, true);
    }

    RawRequest plus(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(line);
        return new RawRequest(method, target, version, more, body, closes);
    }

    RawRequest first(String line) {
        List<String> more = new ArrayList<>(headers);
        more.add(0, line);
        return new RawRequest(method, target, version, more, body, closes);
    }

    RawRequest without(String header) {
        List<String> fewer = new ArrayList<>(headers);
        fewer.removeIf(line -> line.regionMatches(true, 0, header + ":", 0, header.length() + 1));
        return new RawRequest(method, target, version, fewer, body, closes);
    }

    RawRequest token(String token) {
        return without("Authorization").plus("Authorization: Bearer " + token);
    }

    /** @param json null for none */
    RawRequest body(byte[] json) {
        RawRequest bare = without("Content-Type").without("Content-Length");
        if (json == null) {
            return new RawRequest(method, target, version, bare.headers, new byte[0], closes);
        }
        return new RawRequest(method, target, version, bare.headers, json, closes)
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
