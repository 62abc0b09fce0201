package dev.exeunt.server;

import dev.exeunt.testkit.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs a Keycloak of its own on a free loopback port. {@code ./test --field} unpacks it. */
final class Keycloak implements AutoCloseable {

    /** The administrator of realm {@code master}, and the password. */
    static final String ADMIN = "admin";

    /** The realm that tests use. */
    static final String REALM = "shop";

    /** The realm, a client that people sign in at, one that the guide does not touch, a person and a member of staff. */
    static final String GUIDE_REALM = """
            { "realm": "shop", "enabled": true,
              "clients": [
                { "clientId": "shop-web", "publicClient": true, "directAccessGrantsEnabled": true, "redirectUris": ["*"] },
                { "clientId": "elsewhere", "publicClient": true, "directAccessGrantsEnabled": true, "redirectUris": ["*"] } ],
              "users": [
                { "username": "anna", "enabled": true, "emailVerified": true, "email": "anna@x.test", "firstName": "Anna",
                  "lastName": "A", "credentials": [ { "type": "password", "value": "anna's password" } ] },
                { "username": "sam", "enabled": true, "emailVerified": true, "email": "sam@x.test", "firstName": "Sam",
                  "lastName": "S", "credentials": [ { "type": "password", "value": "sam's password" } ] } ] }
            """;

    private final Path home;
    private final Path folder;
    private final int port;
    private final Process process;

    private Keycloak(Path home, Path folder, int port, Process process) {
        this.home = home;
        this.folder = folder;
        this.port = port;
        this.process = process;
    }

    /**
     * Starts one that keeps everything in memory, with the realm as the guide presumes it.
     *
     * @param folder where it may write
     */
    static Keycloak start(Path folder) throws IOException, InterruptedException {
        Keycloak keycloak = start(folder, "dev-mem", Map.of());
        Path realm = Files.writeString(folder.resolve("realm.json"), GUIDE_REALM);
        keycloak.run("kcadm.sh config credentials --server " + keycloak.address() + " --realm master --user " + ADMIN
                + "\nkcadm.sh create realms -f " + realm);
        return keycloak;
    }

    /** Starts one that keeps everything in this database, which is empty. It has the realm {@code master} alone. */
    static Keycloak startOn(TestDatabase database, Path folder) throws IOException {
        return start(
                folder,
                "postgres",
                Map.of(
                        "KC_DB_URL", database.jdbcUrl(),
                        "KC_DB_USERNAME", database.user(),
                        "KC_DB_PASSWORD", database.password()));
    }

    private static Keycloak start(Path folder, String store, Map<String, String> settings) throws IOException {
        Path home = unpacked();
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            port = socket.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(
                        "sh",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--cache=local",
                        "--db=" + store)
                .redirectErrorStream(true);
        builder.environment()
                .putAll(Map.of("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN, "KC_BOOTSTRAP_ADMIN_PASSWORD", ADMIN));
        builder.environment().putAll(settings);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Keycloak keycloak = new Keycloak(home, folder, port, process);
        keycloak.awaitStart();
        return keycloak;
    }

    private static Path unpacked() throws IOException {
        try (Stream<Path> all = Files.list(Path.of("target/keycloak"))) {
            return all.filter(p -> Files.isExecutable(p.resolve("bin/kc.sh")))
                    .findFirst()
                    .orElseThrow()
                    .toAbsolutePath();
        }
    }

    private void awaitStart() throws IOException {
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder all = new StringBuilder();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            all.append(line).append('\n');
            if (line.contains("Listening on:")) {
                Thread rest = new Thread(() -> discard(said));
                rest.setDaemon(true);
                rest.start();
                return;
            }
        }
        throw new AssertionError("Keycloak did not start: " + all);
    }

    /** Reads on, so that the server never waits for a reader. */
    private static void discard(BufferedReader said) {
        try {
            said.transferTo(Writer.nullWriter());
        } catch (IOException e) {
            // the server was stopped
        }
    }

    String address() {
        return "http://127.0.0.1:" + port;
    }

    String issuer() {
        return address() + "/realms/" + REALM;
    }

    /** Runs commands of Keycloak's {@code kcadm.sh} in one shell, stops at the first that fails, and returns what they say. */
    String run(String commands) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-euo", "pipefail", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.put("PATH", home.resolve("bin") + ":" + environment.get("PATH"));
        environment.put("KC_OPTS", "-Duser.home=" + folder);
        environment.put("KC_CLI_PASSWORD", ADMIN);
        Process shell = builder.start();
        shell.getOutputStream().close();
        String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (shell.waitFor() != 0) {
            throw new AssertionError(commands + "\n" + said);
        }
        return said;
    }

    /** The id that Keycloak has given a user, which tokens have as {@code sub}. */
    String id(String user) throws IOException, InterruptedException {
        List<String> lines = run("kcadm.sh get users -r shop -q username=" + user
                        + " --fields id --format csv --noquotes")
                .lines()
                .toList();
        return lines.get(lines.size() - 1);
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
