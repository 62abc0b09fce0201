package dev.exeunt.spring;

import static dev.exeunt.spring.MutatedRequest.perhaps;
import static dev.exeunt.spring.MutatedRequest.refused;

import dev.exeunt.testkit.SeededRandom;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Makes requests with malformed request lines, headers or bodies. */
final class MalformedRequests {

    private static final Charset LATIN = StandardCharsets.ISO_8859_1;

    private MalformedRequests() {}

    static MutatedRequest headers(ValidRequest valid, SeededRandom dice) {
        RawRequest m = valid.message().alone();
        return switch (dice.below(4)) {
            case 0 -> {
                RawRequest more = m;
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
                                "Idempotency-Key: " + MutatedRequestsTest.THEIRS,
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
    static MutatedRequest framing(ValidRequest valid, SeededRandom dice) {
        RawRequest m = valid.message().alone();
        RawRequest bare = m.without("Content-Length");
        RawRequest chunked = bare.plus("Transfer-Encoding: chunked");
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

    private static RawRequest with(RawRequest head, String body) {
        return new RawRequest(head.method(), head.target(), head.version(), head.headers(), body.getBytes(LATIN), true);
    }

    static MutatedRequest line(ValidRequest valid, SeededRandom dice) {
        RawRequest m = valid.message().alone();
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
}
