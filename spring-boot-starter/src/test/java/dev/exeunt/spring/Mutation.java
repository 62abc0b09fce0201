package dev.exeunt.spring;

import dev.exeunt.promise.made.Dice;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * What becomes of a valid request.
 *
 * @param refused whether the answer has to be a refusal. Where it need not, the request may still be one that can be answered, as
 *     it was before: by its own person, with what is theirs
 */
record Mutation(String name, Message message, boolean refused) {

    private static final Charset LATIN = StandardCharsets.ISO_8859_1;

    static Mutation of(Host host, Valid valid, Dice dice) {
        return switch (dice.below(10)) {
            case 0, 1, 2 -> signed(host, valid, dice);
            case 3, 4 -> valid.writes() ? body(valid, dice) : path(valid, dice);
            case 5 -> path(valid, dice);
            case 6 -> query(valid, dice);
            case 7 -> headers(valid, dice);
            case 8 -> valid.writes() && dice.chance(60) ? framing(valid, dice) : line(valid, dice);
            default -> bytes(valid, dice);
        };
    }

    private static Mutation refused(String name, Message message) {
        return new Mutation(name, message, true);
    }

    private static Mutation perhaps(String name, Message message) {
        return new Mutation(name, message, false);
    }

    /** Whoever has not shown who they are is refused. */
    private static Mutation signed(Host host, Valid valid, Dice dice) {
        Message m = valid.message();
        return switch (valid.door()) {
            case ANYONE -> link(host, valid, dice);
            case SERVICE ->
                refused(
                        "another's credential",
                        m.token(dice.one(
                                valid.by().token(),
                                valid.by().staff(),
                                Host.SERVICE.substring(1),
                                Host.SERVICE + Host.SERVICE,
                                Host.SERVICE.toUpperCase(java.util.Locale.ROOT),
                                "")));
            case PERSON -> valid.byCookie() ? cookie(valid, dice) : token(host, valid, dice);
            case STAFF ->
                dice.chance(20) ? refused("not staff", m.token(valid.by().token())) : token(host, valid, dice);
        };
    }

    private static Mutation token(Host host, Valid valid, Dice dice) {
        Message m = valid.message();
        boolean staff = valid.door() == dev.exeunt.spring.signin.Door.Who.STAFF;
        Forgeries forgeries = new Forgeries(host, Host.SECRET, valid.by().claims(host, staff), dice);
        String good = m.headers().stream()
                .filter(h -> h.startsWith("Authorization"))
                .findFirst()
                .orElseThrow();
        return switch (dice.below(8)) {
            case 0 -> perhaps("odd claims", m.token(forgeries.odd()));
            case 1 ->
                refused(
                        "not a token",
                        m.token(dice.one(
                                Stranger.entry(host, valid.by().key()),
                                valid.by().cookie().split("=", 2)[1],
                                valid.by().link(),
                                Host.SERVICE)));
            case 2 ->
                refused(
                        "another scheme",
                        m.without("Authorization")
                                .plus(good.replaceFirst("Bearer ", dice.one("Basic ", "", "Bearer", "Token ", "\t"))));
            case 3 -> refused("a forged one first", m.first("Authorization: Bearer " + forgeries.any()));
            default -> refused("forged", m.token(forgeries.any()));
        };
    }

    private static Mutation cookie(Valid valid, Dice dice) {
        Message bare = valid.message().without("Cookie");
        String good = valid.by().cookie();
        int sign = good.indexOf('=') + 1;
        boolean changes = !valid.message().method().equals("GET");
        String altered =
                good.substring(0, sign) + new Forgeries(null, "", Map.of(), dice).altered(good.substring(sign));
        return switch (dice.below(5)) {
            case 0 -> refused("no cookie", bare);
            case 1 -> refused("altered cookie", bare.plus("Cookie: " + altered));
            case 2 -> refused("cut cookie", bare.plus("Cookie: " + good.substring(0, dice.below(good.length()))));
            case 3 -> refused("a forged cookie first", bare.plus("Cookie: " + altered + "; " + good));
            default -> {
                Message unmeant = valid.message().without("X-Exeunt-Csrf");
                String csrf = valid.by().csrf();
                Message other = dice.chance(50)
                        ? unmeant
                        : unmeant.plus("X-Exeunt-Csrf: "
                                + dice.one("", "x", "0".repeat(64), csrf.substring(2), csrf + csrf, "é" + csrf));
                yield new Mutation("a form of another site's", other, changes);
            }
        };
    }

    private static Mutation link(Host host, Valid valid, Dice dice) {
        Message m = valid.message();
        if (m.target().contains("/download/")) {
            String good = valid.by().link();
            String other = dice.one(
                    new Forgeries(host, "", Map.of(), dice).altered(good + "A").substring(0, good.length()),
                    good.substring(0, dice.below(good.length())),
                    good + good,
                    good.substring(1) + good.charAt(0));
            return new Mutation("altered link", m.to(m.target().replace(good, other)), !other.equals(good));
        }
        if (m.target().contains("/enter")) {
            Map<String, Object> claims = new java.util.TreeMap<>(valid.by().claims(host, false));
            claims.put("exp", (long) claims.get("iat") + 300);
            boolean ours = dice.chance(80);
            if (ours) {
                claims.put("aud", "exeunt-enter");
            }
            Forgeries forgeries = new Forgeries(host, Host.HAND_OFF, claims, dice);
            String other =
                    ours ? forgeries.any() : Forgeries.sign("{\"alg\":\"HS256\"}", claims, "HmacSHA256", Host.HAND_OFF);
            return refused("forged link", m.to(valid.path() + "?token=" + other.replace(' ', '+')));
        }
        return query(valid, dice);
    }

    /** What is no JSON object of the fields there may be. */
    private static Mutation body(Valid valid, Dice dice) {
        Message m = valid.message();
        String good = new String(m.body(), StandardCharsets.UTF_8);
        int at = dice.below(good.length());
        String field = dice.one("confirm", "reason", "format", "acknowledge", "override");
        return switch (dice.below(9)) {
            case 0 -> refused("cut JSON", m.body(Arrays.copyOf(m.body(), Math.max(1, at))));
            case 1 -> {
                int deep = 1 + dice.below(7_000);
                yield refused(
                        "deep JSON",
                        m.body(Message.utf8(
                                "{\"" + field + "\":" + "[".repeat(deep) + dice.one("", "]".repeat(deep) + "}"))));
            }
            case 2 ->
                refused(
                        "wrong value",
                        m.body(Message.utf8("{\"" + field + "\":"
                                + dice.one("1e999999999", "9".repeat(5_000), "-0", "[]", "{}", "1.0e-400", "NaN")
                                + "}")));
            case 3 ->
                refused(
                        "wrong text",
                        m.body(Message.utf8("{\"" + field + "\":\""
                                + dice.one("\\u0000", "x".repeat(2_001), "\\ud800\\u0000", "\n", "\\x") + "\"}")));
            case 4 ->
                refused(
                        "no JSON object",
                        m.body(Message.utf8(dice.one(
                                "null",
                                "[]",
                                good + good,
                                good + "]",
                                "\"x\"",
                                "<a/>",
                                " ",
                                "{\"a\":1,\"a\":2}",
                                "\ufeff{",
                                "{\"" + "k".repeat(60_000)))));
            case 5 -> refused("too large", m.body(Message.utf8(" ".repeat(16_385 + dice.below(200_000)))));
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

    private static Mutation path(Valid valid, Dice dice) {
        Message m = valid.message();
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

    private static Mutation query(Valid valid, Dice dice) {
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

    private static Mutation headers(Valid valid, Dice dice) {
        Message m = valid.message().alone();
        return switch (dice.below(4)) {
            case 0 -> {
                Message more = m;
                for (int i = 0; i < 120; i++) {
                    more = more.plus("X-More-" + i + ": x");
                }
                yield refused("many headers", more);
            }
            case 1 -> refused("a huge header", m.plus("X-More: " + "x".repeat(8_200 + dice.below(100_000))));
            case 2 ->
                perhaps(
                        "a line that is no header",
                        m.plus(dice.one(
                                "X Y: 1",
                                "X-Y : 1",
                                ": 1",
                                "X-Y",
                                "X-Y: a\u0000b",
                                "X-Y: a\rX-Evil: 1",
                                " folded",
                                "X-Y: \u00e9\u0080",
                                "\u0000: 1",
                                "X(Y): 1")));
            default ->
                perhaps(
                        "another header",
                        m.plus(dice.one(
                                "X-HTTP-Method-Override: DELETE",
                                "X-Original-URL: /account/admin/requests",
                                "X-Forwarded-Prefix: /\\evil",
                                "X-Forwarded-Host: evil.test",
                                "Range: bytes=0-0,2-3,9999999999999999999999-",
                                "Range: bytes=-0",
                                "Range: bytes=5-1",
                                "If-Range: \"x\"",
                                "Idempotency-Key: " + "x".repeat(300),
                                "Expect: nonsense",
                                "Accept: application/xml",
                                "Accept: " + "*/*,".repeat(500),
                                "Accept: \u0001;q=\"",
                                "Accept-Encoding: " + "gzip;q=9".repeat(50),
                                "Accept-Language: \u00ff\u00fe",
                                "Cookie: exeunt_session=" + "x".repeat(3_000),
                                "Cookie: exeunt_session=\"\\\"; sid=\u00e9; ;;=;",
                                "Origin: null",
                                "Access-Control-Request-Method: POST",
                                "Upgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__\r\nConnection: Upgrade, HTTP2-Settings",
                                "Content-Type: \u0000",
                                "Content-Type: multipart/form-data",
                                "Date: yesterday")));
        };
    }

    /** Where a body ends, which the next request on the connection begins after. */
    private static Mutation framing(Valid valid, Dice dice) {
        Message m = valid.message().alone();
        Message bare = m.without("Content-Length");
        Message chunked = bare.plus("Transfer-Encoding: chunked");
        String length = Integer.toString(m.body().length);
        String good = Integer.toHexString(m.body().length) + "\r\n" + new String(m.body(), LATIN) + "\r\n0\r\n\r\n";
        return switch (dice.below(6)) {
            case 0 ->
                refused(
                        "no length",
                        bare.plus("Content-Length: "
                                + dice.one(
                                        "-1",
                                        "abc",
                                        "",
                                        "0x10",
                                        "99999999999999999999",
                                        length + "," + length + "1",
                                        "1 0")));
            case 1 -> refused("two lengths", m.plus("Content-Length: " + (1 + dice.below(m.body().length - 1))));
            case 2 ->
                refused(
                        "less than was said",
                        bare.plus("Content-Length: " + (m.body().length + 1 + dice.below(1_000))));
            case 3 ->
                refused(
                        "bad chunks",
                        with(
                                chunked,
                                dice.one(
                                        "zz\r\nx\r\n0\r\n\r\n",
                                        "-1\r\n{}\r\n0\r\n\r\n",
                                        "FFFFFFFFFFFFFFFF\r\n{}",
                                        "2\r\n{}0\r\n\r\n",
                                        good.substring(0, good.length() / 2),
                                        "5;" + "x".repeat(9_000) + "\r\n{}   \r\n0\r\n\r\n")));
            case 4 ->
                perhaps(
                        "chunks",
                        with(
                                chunked,
                                dice.one(
                                        good,
                                        good.replace("0\r\n\r\n", "0\r\nX-Evil: 1\r\n\r\n"),
                                        good.replaceFirst("\r\n", ";a=b\r\n"))));
            default ->
                perhaps(
                        "two ways to end",
                        with(
                                m.plus("Transfer-Encoding: "
                                        + dice.one(
                                                "chunked",
                                                "identity",
                                                "xchunked",
                                                "gzip, chunked",
                                                " chunked",
                                                "chunked, chunked")),
                                good));
        };
    }

    private static Message with(Message head, String body) {
        return new Message(head.method(), head.target(), head.version(), head.headers(), body.getBytes(LATIN), true);
    }

    private static Mutation line(Valid valid, Dice dice) {
        Message m = valid.message().alone();
        return switch (dice.below(5)) {
            case 0 ->
                refused(
                        "another method",
                        m.by(dice.one(
                                "PUT",
                                "PATCH",
                                "TRACE",
                                "CONNECT",
                                "PROPFIND",
                                "get",
                                "G\u0000T",
                                "X".repeat(5_000),
                                "<")));
            case 1 ->
                refused(
                        "another version",
                        m.in(dice.one("HTTP/9.9", "HTTP/1.1.1", "HTTP/", "http/1.1", "ICY", "HTTP/1.\u00e9")));
            case 2 ->
                refused(
                        "hosts",
                        dice.one(
                                m.without("Host"),
                                m.plus("Host: other"),
                                m.without("Host").plus("Host: a b")));
            case 3 ->
                perhaps(
                        "whole address",
                        m.to(dice.one(
                                        "http://127.0.0.1",
                                        "http://evil.test",
                                        "HTTP://u:p@evil.test:1",
                                        "ftp://x",
                                        "//evil.test",
                                        "*",
                                        "?")
                                + m.target()));
            default -> perhaps("asks otherwise", dice.one(m.by("HEAD"), m.by("OPTIONS"), m.by("GET")));
        };
    }

    private static Mutation bytes(Valid valid, Dice dice) {
        byte[] all = valid.message().bytes();
        return perhaps("bytes", new Message("", "", "", java.util.List.of(), flipped(all, dice), true));
    }

    private static byte[] flipped(byte[] bytes, Dice dice) {
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

    Line.Heard on(Line line) throws java.io.IOException {
        return line.send(bytes(), message.closes(), message.method().equals("HEAD"));
    }
}
