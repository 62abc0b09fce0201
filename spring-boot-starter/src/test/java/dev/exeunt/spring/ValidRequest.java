package dev.exeunt.spring;

import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.testkit.SeededRandom;
import java.util.Map;

/** Holds a valid request of a call, made by an account that may make it. */
record ValidRequest(String call, CallAccess.CallerKind access, AttackerAccount by, RawRequest message) {

    private static final Map<String, String> BODIES = Map.of(
            "/account/export", "{\"format\": \"zip\", \"sections\": [\"data_requests\"]}",
            "/account/cancellation", "{\"reason\": \"why not\"}",
            "/account/reactivation", "{\"reason\": \"why not\"}");

    static ValidRequest of(
            SpringTestApplication host,
            String method,
            String path,
            CallAccess.CallerKind access,
            AttackerAccount by,
            SeededRandom dice) {
        String target = path.replace("{id}", path.contains("/admin/") ? by.staffExport() : by.export())
                .replace("{token}", by.link())
                .replace("{secret}", by.receipt())
                .replace("{subject}", by.key())
                .replace("{system}", "chat-bot")
                .replace("{hold}", "00000000-0000-4000-8000-000000000000")
                .replace("{event}", "00000000-0000-4000-8000-000000000000")
                .replace("{flow}", "deactivation")
                .replace("{back}", dice.one("cancellation", "reactivation"));
        if (target.contains("{")) {
            throw new AssertionError("the test does not know what to write in " + path);
        }
        String query = method.equals("GET") ? query(host, path, by) : "";
        RawRequest message =
                RawRequest.of(method, target + query, method.equals("POST") ? body(host, path, access, by) : null);
        AttackerAccount who = method.equals("DELETE") && path.endsWith("/session") ? by.again(host) : by;
        return new ValidRequest(method + " " + path, access, who, signed(message, access, who, dice));
    }

    private static String query(SpringTestApplication host, String path, AttackerAccount by) {
        if (path.endsWith("/enter")) {
            return "?token=" + AttackerAccount.entry(host, by.key());
        } else if (path.endsWith("/gate")) {
            return "?subject=" + by.key();
        }
        return path.endsWith("/preview") ? "?flow=delete-data" : path.endsWith("/requests") ? "?size=3" : "";
    }

    private static String body(
            SpringTestApplication host, String path, CallAccess.CallerKind access, AttackerAccount by) {
        if (path.endsWith("/enter")) {
            return "{\"token\": \"" + AttackerAccount.entry(host, by.key()) + "\"}";
        }
        if (path.endsWith("/holds")) {
            return "{\"subject\": \"" + by.key() + "\", \"reason\": \"a lawsuit\", \"tell\": true}";
        }
        return access == CallAccess.CallerKind.STAFF
                ? "{\"reason\": \"they wrote a letter\"}"
                : BODIES.getOrDefault(path, "{\"confirm\": \"" + by.handle() + "\", \"reason\": \"enough\"}");
    }

    private static RawRequest signed(
            RawRequest message, CallAccess.CallerKind access, AttackerAccount by, SeededRandom dice) {
        return switch (access) {
            case PUBLIC -> message;
            case STAFF -> message.token(by.staff());
            case SERVICE -> message.token(SpringTestApplication.SERVICE);
            case PERSON ->
                dice.chance(75)
                        ? message.token(by.token())
                        : message.plus("Cookie: " + by.cookie()).plus("X-Exeunt-Csrf: " + by.csrf());
        };
    }

    boolean byCookie() {
        return message.headers().stream().anyMatch(h -> h.startsWith("Cookie:"));
    }

    boolean writes() {
        return message.method().equals("POST");
    }

    String path() {
        return message.target().split("\\?")[0];
    }

    String query() {
        return message.target().substring(path().length());
    }
}
