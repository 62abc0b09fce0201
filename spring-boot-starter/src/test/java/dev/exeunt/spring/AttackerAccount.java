package dev.exeunt.spring;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Holds an account of an attacker with its tokens, links and session.
 *
 * @param export one of theirs that is ready
 * @param link what {@code /download/} takes
 * @param receipt what {@code /receipt/} takes
 * @param cookie of a session of theirs, by which only pages that know {@code csrf} can change something
 */
record AttackerAccount(
        String key,
        String handle,
        String token,
        String export,
        String link,
        String receipt,
        String cookie,
        String csrf,
        String staff,
        String staffExport) {

    static final Map<String, Object> ENTER = Map.of("aud", "exeunt-enter");

    private static final Duration GOOD = Duration.ofHours(1);

    /** Signs up, and asks for their data. */
    static AttackerAccount on(SpringTestApplication host, int number) {
        String key = "90000000000" + number;
        String handle = "mallory" + number;
        host.database()
                .execute("INSERT INTO users (id, email, handle) VALUES (" + key + ", '" + handle + "@x.test', '"
                        + handle + "'); INSERT INTO profiles (user_id, display_name) VALUES (" + key + ", 'M')");
        String token = host.token(key);
        String export = ready(host, token);
        String location =
                host.get("/account/export/" + export + "/download", token).header("Location");
        String cookie = cookie(host, key);
        return new AttackerAccount(
                key,
                handle,
                token,
                export,
                last(location),
                receipt(host, token, handle),
                cookie,
                csrf(host, cookie),
                host.admin(key),
                staffExport(host, key));
    }

    /** One that they have asked for, being staff as well. */
    private static String staffExport(SpringTestApplication host, String key) {
        String exports = "/account/admin/" + key + "/export";
        String id = host.post(exports, host.admin(key), "{\"reason\": \"a letter\"}")
                .at("id");
        PollingLoop.until(() -> host.get(exports + "/" + id, host.admin(key)).at("state"), "ready"::equals);
        return id;
    }

    private static String cookie(SpringTestApplication host, String key) {
        return host.get("/account/enter?token=" + entry(host, key), null)
                .header("Set-Cookie")
                .split(";")[0];
    }

    private static String csrf(SpringTestApplication host, String cookie) {
        return host.send("GET", "/account/session", null, null, "Cookie", cookie)
                .at("csrf");
    }

    /** The same in a session of its own, which may be ended. */
    AttackerAccount again(SpringTestApplication host) {
        String fresh = cookie(host, key);
        return new AttackerAccount(
                key, handle, token, export, link, receipt, fresh, csrf(host, fresh), staff, staffExport);
    }

    private static String last(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** Of a request that is taken back. */
    private static String receipt(SpringTestApplication host, String token, String handle) {
        HttpAnswer asked = host.post("/account/data-deletion", token, "{\"confirm\": \"" + handle + "\"}");
        host.post("/account/cancellation", token, "{}");
        return last(asked.at("receipt"));
    }

    /** An export of whoever has the token, once it can be fetched. */
    static String ready(SpringTestApplication host, String token) {
        String id = host.post("/account/export", token, "{}").at("id");
        PollingLoop.until(() -> host.get("/account/export/" + id, token).at("state"), "ready"::equals);
        return id;
    }

    static String entry(SpringTestApplication host, String key) {
        return SpringTestApplication.signed(
                SpringTestApplication.HAND_OFF, key, ENTER, host.clock().instant(), Duration.ofMinutes(5));
    }

    /** As tokens have it that the application signs. */
    Map<String, Object> claims(SpringTestApplication host, boolean asStaff) {
        long now = host.clock().instant().getEpochSecond();
        return asStaff
                ? Map.of("sub", key, "iat", now, "exp", now + GOOD.toSeconds(), "roles", List.of("admin"))
                : Map.of("sub", key, "iat", now, "exp", now + GOOD.toSeconds());
    }
}
