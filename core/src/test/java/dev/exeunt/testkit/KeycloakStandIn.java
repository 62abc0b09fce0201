package dev.exeunt.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Speaks the part of Keycloak's admin API that Exeunt calls, over real HTTP: a realm {@code shop} with users, sessions, tokens, rights of
 * the service account, and a cache of users that outlives their rows. A test against a real Keycloak holds the two together.
 */
public final class KeycloakStandIn implements AutoCloseable {

    public static final String REALM = "shop";
    public static final String CLIENT = "exeunt";
    public static final String SECRET = "the secret of the service account";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern USER = Pattern.compile("/admin/realms/shop/users/([^/]+)(/logout)?");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(run -> {
        Thread made = new Thread(run, "keycloak-stand-in");
        made.setDaemon(true);
        return made;
    });
    private final Map<String, StoredUser> rows = new ConcurrentHashMap<>();
    private final Map<String, StoredUser> cache = new ConcurrentHashMap<>();
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final Map<String, ConcurrentLinkedQueue<Fault>> faults = new ConcurrentHashMap<>();
    private final CountDownLatch end = new CountDownLatch(1);
    private volatile Set<String> roles = Set.of("manage-users", "manage-realm");
    private volatile int issued;

    /** A user as the realm stores it. */
    private static final class StoredUser {
        private volatile boolean enabled = true;
        private volatile int sessions;
        private volatile String email = "";
    }

    /** What goes wrong with one call. */
    public enum Fault {
        STATUS_403,
        STATUS_404,
        STATUS_500,
        /** it never answers */
        HANG,
        /** it acts, and the connection ends before the answer */
        LOSE_ANSWER,
        REDIRECT
    }

    public KeycloakStandIn() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::take);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Returns the settings of a system that is this Keycloak. */
    public Map<String, String> settings(String system) {
        String prefix = "exeunt.external." + system + ".";
        return Map.of(
                prefix + "keycloak.url", address(),
                prefix + "keycloak.realm", REALM,
                prefix + "keycloak.client-id", CLIENT,
                prefix + "keycloak.client-secret", SECRET,
                prefix + "private-address", "true");
    }

    public void addUser(String id) {
        StoredUser user = new StoredUser();
        user.email = id + "@home.test";
        rows.put(id, user);
    }

    /** Signs a person in as the login page does; returns false where the account is refused. */
    public boolean signIn(String id) {
        StoredUser user = cache.computeIfAbsent(id, rows::get);
        if (user == null || !user.enabled) {
            return false;
        }
        user.sessions++;
        return true;
    }

    public boolean isThere(String id) {
        return rows.containsKey(id);
    }

    public int sessions(String id) {
        return rows.get(id).sessions;
    }

    public String email(String id) {
        return rows.get(id).email;
    }

    /** Bans an account, as staff of the provider do, or lifts the ban. */
    public void setEnabled(String id, boolean enabled) {
        rows.get(id).enabled = enabled;
    }

    /** Deletes a row behind the server's back, as an erasure of its database does. */
    public void deleteRow(String id) {
        rows.remove(id);
    }

    /** Gives the service account these roles of the client {@code realm-management}. */
    public void grant(String... roles) {
        this.roles = Set.of(roles);
    }

    /** Refuses all tokens that were issued until now. */
    public void expireTokens() {
        tokens.clear();
    }

    /** Lets the next calls of a kind fail, one for each fault. */
    public void fail(String call, Fault... next) {
        faults.computeIfAbsent(call, c -> new ConcurrentLinkedQueue<>()).addAll(List.of(next));
    }

    /** Returns the calls until now, without ids: {@code token}, {@code get}, {@code put}, {@code logout}, {@code delete}, {@code clear}. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    public void forgetCalls() {
        calls.clear();
    }

    private record Answer(int status, String json) {}

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        Matcher user = USER.matcher(path);
        String call = name(exchange.getRequestMethod(), path, user);
        calls.add(call);
        ConcurrentLinkedQueue<Fault> queue = faults.get(call);
        Fault fault = queue == null ? null : queue.poll();
        if (fault == Fault.HANG) {
            awaitEnd();
            exchange.close();
            return;
        }
        if (fault == Fault.REDIRECT) {
            exchange.getResponseHeaders().set("Location", address() + "/elsewhere");
            answer(exchange, new Answer(302, ""));
            return;
        }
        if (fault != null && fault != Fault.LOSE_ANSWER) {
            answer(exchange, new Answer(Integer.parseInt(fault.name().substring("STATUS_".length())), ""));
            return;
        }
        Answer answer = call.equals("token")
                ? token(body)
                : admin(call, user, body, exchange.getRequestHeaders().getFirst("Authorization"));
        if (fault == Fault.LOSE_ANSWER) {
            exchange.close();
        } else {
            answer(exchange, answer);
        }
    }

    private static String name(String method, String path, Matcher user) {
        if (user.matches()) {
            return user.group(2) == null ? method.toLowerCase(Locale.ROOT) : "logout";
        }
        return switch (path) {
            case "/realms/shop/protocol/openid-connect/token" -> "token";
            case "/admin/realms/shop/clear-user-cache" -> "clear";
            default -> "unknown";
        };
    }

    private Answer token(String form) {
        Set<String> given = new HashSet<>(List.of(form.split("&")));
        if (!given.contains("grant_type=client_credentials")
                || !given.contains("client_id=" + CLIENT)
                || !given.contains("client_secret=" + SECRET.replace(' ', '+'))) {
            return new Answer(401, "{\"error\":\"unauthorized_client\"}");
        }
        String claims =
                JSON.writeValueAsString(Map.of("resource_access", Map.of("realm-management", Map.of("roles", roles))));
        String token = "e30."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + "."
                + issued++;
        tokens.add(token);
        return new Answer(200, "{\"access_token\":\"" + token + "\",\"expires_in\":300}");
    }

    private Answer admin(String call, Matcher user, String body, String bearer) {
        if (bearer == null || !tokens.contains(bearer.replace("Bearer ", ""))) {
            return new Answer(401, "{\"error\":\"HTTP 401 Unauthorized\"}");
        }
        if (call.equals("clear")) {
            if (!roles.contains("manage-realm")) {
                return new Answer(403, "");
            }
            cache.clear();
            return new Answer(204, "");
        }
        boolean mayManage = roles.contains("manage-users");
        if (!user.matches() || !mayManage && !(call.equals("get") && roles.contains("view-users"))) {
            return new Answer(403, "");
        }
        return account(call, user.group(1), body);
    }

    private Answer account(String call, String id, String body) {
        StoredUser stored = cache.containsKey(id) ? cache.get(id) : rows.get(id);
        if (stored == null) {
            return new Answer(404, "{\"error\":\"User not found\"}");
        }
        switch (call) {
            case "get" -> {
                return new Answer(
                        200,
                        JSON.writeValueAsString(Map.of("id", id, "enabled", stored.enabled, "email", stored.email)));
            }
            case "put" -> {
                JsonNode json = JSON.readTree(body);
                stored.enabled = json.path("enabled").asBoolean(stored.enabled);
                stored.email = json.path("email").asString(stored.email);
            }
            case "logout" -> stored.sessions = 0;
            case "delete" -> {
                cache.remove(id);
                if (rows.remove(id) == null) {
                    return new Answer(400, "{\"errorMessage\":\"User couldn't be deleted\"}");
                }
            }
            default -> throw new IllegalStateException(call);
        }
        return new Answer(204, "");
    }

    private static void answer(HttpExchange exchange, Answer answer) throws IOException {
        byte[] bytes = answer.json().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private void awaitEnd() {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
