package dev.exeunt.spring;

import dev.exeunt.spring.signin.Door;
import dev.exeunt.testkit.Dice;
import java.util.Map;

/** A request that is as it should be, of a call that the server has, by somebody who may make it. */
record Valid(String call, Door.Who door, Stranger by, Message message) {

    private static final Map<String, String> BODIES = Map.of(
            "/account/export", "{\"format\": \"zip\"}",
            "/account/cancellation", "{\"reason\": \"why not\"}",
            "/account/reactivation", "{\"reason\": \"why not\"}");

    static Valid of(Host host, String method, String path, Door.Who door, Stranger by, Dice dice) {
        String target = path.replace("{id}", path.contains("/admin/") ? by.staffExport() : by.export())
                .replace("{token}", by.link())
                .replace("{secret}", by.receipt())
                .replace("{subject}", by.key())
                .replace("{flow}", "deactivation")
                .replace("{back}", dice.one("cancellation", "reactivation"));
        if (target.contains("{")) {
            throw new AssertionError("the test does not know what to write in " + path);
        }
        String query = method.equals("GET") ? query(host, path, by) : "";
        Message message = Message.of(method, target + query, method.equals("POST") ? body(host, path, door, by) : null);
        Stranger who = method.equals("DELETE") && path.endsWith("/session") ? by.again(host) : by;
        return new Valid(method + " " + path, door, who, signed(message, door, who, dice));
    }

    private static String query(Host host, String path, Stranger by) {
        if (path.endsWith("/enter")) {
            return "?token=" + Stranger.entry(host, by.key());
        } else if (path.endsWith("/gate")) {
            return "?subject=" + by.key();
        }
        return path.endsWith("/preview") ? "?flow=delete-data" : path.endsWith("/requests") ? "?size=3" : "";
    }

    private static String body(Host host, String path, Door.Who door, Stranger by) {
        if (path.endsWith("/enter")) {
            return "{\"token\": \"" + Stranger.entry(host, by.key()) + "\"}";
        }
        return door == Door.Who.STAFF
                ? "{\"reason\": \"they wrote a letter\"}"
                : BODIES.getOrDefault(path, "{\"confirm\": \"" + by.handle() + "\", \"reason\": \"enough\"}");
    }

    private static Message signed(Message message, Door.Who door, Stranger by, Dice dice) {
        return switch (door) {
            case ANYONE -> message;
            case STAFF -> message.token(by.staff());
            case SERVICE -> message.token(Host.SERVICE);
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
