package dev.exeunt.spring;

import dev.exeunt.testkit.SeededRandom;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Holds a mutated request and whether it must be refused.
 *
 * @param refused whether the answer has to be a refusal. Where it need not, the request may still be one that can be answered, as
 *     it was before: by its own person, with what is theirs
 */
record MutatedRequest(String name, RawRequest message, boolean refused) {

    private static final Charset LATIN = StandardCharsets.ISO_8859_1;

    static MutatedRequest of(SpringTestApplication host, ValidRequest valid, SeededRandom dice) {
        return switch (dice.below(10)) {
            case 0, 1, 2 -> UnauthorizedRequests.of(host, valid, dice);
            case 3, 4 -> valid.writes() ? body(valid, dice) : path(valid, dice);
            case 5 -> path(valid, dice);
            case 6 -> query(valid, dice);
            case 7 -> MalformedRequests.headers(valid, dice);
            case 8 ->
                valid.writes() && dice.chance(60)
                        ? MalformedRequests.framing(valid, dice)
                        : MalformedRequests.line(valid, dice);
            default -> bytes(valid, dice);
        };
    }

    static MutatedRequest refused(String name, RawRequest message) {
        return new MutatedRequest(name, message, true);
    }

    static MutatedRequest perhaps(String name, RawRequest message) {
        return new MutatedRequest(name, message, false);
    }

    /** What is no JSON object of the fields there may be. */
    private static MutatedRequest body(ValidRequest valid, SeededRandom dice) {
        RawRequest m = valid.message();
        String good = new String(m.body(), StandardCharsets.UTF_8);
        int at = dice.below(good.length());
        String field = dice.one("confirm", "reason", "format", "acknowledge", "override");
        return switch (dice.below(9)) {
            case 0 -> refused("cut JSON", m.body(Arrays.copyOf(m.body(), Math.max(1, at))));
            case 1 -> {
                int deep = 1 + dice.below(7_000);
                yield refused(
                        "deep JSON",
                        m.body(RawRequest.utf8(
                                "{\"" + field + "\":" + "[".repeat(deep) + dice.one("", "]".repeat(deep) + "}"))));
            }
            case 2 ->
                refused(
                        "wrong value",
                        m.body(RawRequest.utf8("{\"" + field + "\":"
                                + dice.one("1e999999999", "9".repeat(5_000), "-0", "[]", "{}", "1.0e-400", "NaN")
                                + "}")));
            case 3 ->
                refused(
                        "wrong text",
                        m.body(RawRequest.utf8("{\"" + field + "\":\""
                                + dice.one("\\u0000", "x".repeat(2_001), "\\ud800\\u0000", "\n", "\\x") + "\"}")));
            case 4 ->
                refused(
                        "no JSON object",
                        m.body(RawRequest.utf8(dice.one(
                                "null,",
                                "[]",
                                good + good,
                                good + "]",
                                "\"x\"",
                                "<a/>",
                                " ",
                                "{\"a\":1,\"a\":2}",
                                "\ufeff{",
                                "{\"" + "k".repeat(60_000)))));
            case 5 -> refused("too large", m.body(RawRequest.utf8(" ".repeat(16_385 + dice.below(200_000)))));
            case 6 ->
                refused(
                        "bad UTF-8",
                        m.body(("{\"reason\":\""
                                        + dice.one(
                                                "\u00c0\u00af",
                                                "\u00ff",
                                                "\u00e2\u0082",
                                                "\u00ed\u00a0\u0080",
                                                "\u00f8\u0088\u0080\u0080\u0080")
                                        + "\"}")
                                .getBytes(LATIN)));
            case 7 ->
                refused(
                        "another type",
                        m.without("Content-Type")
                                .plus("Content-Type: "
                                        + dice.one(
                                                "text/plain",
                                                "application/xml",
                                                "multipart/form-data; boundary=x",
                                                "application/x-www-form-urlencoded",
                                                "application/jsonx",
                                                "\"",
                                                "application/json, text/plain")));
            default -> perhaps("other bytes", m.body(flipped(m.body(), dice)));
        };
    }

    private static MutatedRequest path(ValidRequest valid, SeededRandom dice) {
        RawRequest m = valid.message();
        String path = valid.path();
        int slash = path.lastIndexOf('/');
        String trick = dice.one(
                "/",
                ";jsessionid=1",
                "%00",
                "%c0%af",
                "%2f",
                "%2e%2e/x",
                "%5c",
                "\\",
                "/%2e%2e",
                "%0d%0aX-Evil:%201",
                "%",
                "%zz",
                "%25%32%66");
        return switch (dice.below(6)) {
            case 0, 1 ->
                refused("path trick", m.to(path.substring(0, slash) + trick + path.substring(slash) + valid.query()));
            case 2 ->
                refused(
                        "another path",
                        m.to(dice.one(
                                "/account/nothing",
                                "/account" + path,
                                path.toUpperCase(java.util.Locale.ROOT),
                                path + "/" + "x".repeat(dice.below(20_000)),
                                "/account/export/%F0%28%8C%28",
                                "/account/download/" + "%2e".repeat(dice.below(200)),
                                "/account/export/00000000-0000-4000-8000-00000000000g",
                                "/gate/..;/account")));
            case 3 ->
                perhaps(
                        "dots",
                        m.to(path.substring(0, slash)
                                + dice.one("/.", "/x/..", "/x/../.")
                                + path.substring(slash)
                                + valid.query()));
            case 4 ->
                perhaps(
                        "encoded",
                        m.to(path.substring(0, path.length() - 1) + "%"
                                + Integer.toHexString(path.charAt(path.length() - 1)) + valid.query()));
            default ->
                perhaps(
                        "after the path",
                        m.to(path
                                + dice.one("/", ".json", "/..", "#x", " x", "%20", "%0a", "\u0001", "é", "<script>")
                                + valid.query()));
        };
    }

    static MutatedRequest query(ValidRequest valid, SeededRandom dice) {
        String name =
                dice.one("flow", "after", "size", "state", "token", "issued-at", "subject", "sub", "key", "_method");
        String value = dice.one(
                "",
                "%00",
                "%zz",
                "%",
                "1001",
                "%c0%af",
                "-1",
                "9".repeat(30),
                "%0d%0aX-Evil:%201",
                "all",
                "x".repeat(5_000),
                "%F0%9F%8E%AE",
                "[]",
                "'%20OR%201=1--",
                "+1000000000-01-01T00:00:00Z",
                "MjAyNi0wNS0wNFQwMzowMjowMVogMQ");
        String one = name + "=" + value;
        String many = dice.chance(20) ? (one + "&").repeat(1 + dice.below(40_000 / (one.length() + 1) / 6)) : one;
        String joint = valid.query().isEmpty() ? "?" : dice.one("&", "?", ";");
        return perhaps("query", valid.message().to(valid.message().target() + joint + many));
    }

    private static MutatedRequest bytes(ValidRequest valid, SeededRandom dice) {
        byte[] all = valid.message().bytes();
        return perhaps("bytes", new RawRequest("", "", "", java.util.List.of(), flipped(all, dice), true));
    }

    private static byte[] flipped(byte[] bytes, SeededRandom dice) {
        byte[] other = bytes.clone();
        for (int i = 1 + dice.below(4); i > 0 && other.length > 0; i--) {
            other[dice.below(other.length)] = (byte)
                    (dice.chance(50) ? dice.below(256) : dice.one((int) '\n', (int) ' ', 0, (int) ':', (int) '/'));
        }
        return other;
    }

    /** As it is sent: mutated bytes are all of it. */
    byte[] bytes() {
        return message.method().isEmpty() ? message.body() : message.bytes();
    }

    RawConnection.RawResponse on(RawConnection line) throws java.io.IOException {
        return line.send(bytes(), message.closes(), message.method().equals("HEAD"));
    }
}
