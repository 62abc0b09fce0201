package dev.exeunt.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Has each of many people ask {@code exeunt serve} for their data by HTTP, and measures the time from the first request until the last
 * archive lies in its directory. Each round has a database and a server of its own.
 */
public final class SmallExportsBenchmark {

    private static final String SECRET = "a-secret-of-thirty-two-characters-at-least";
    private static final String LOG = "server.log";
    private static final int CLIENTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final long PAUSE_MILLIS = 50;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { section: profile, erase: delete }
              addresses: { subject: person_id, erase: delete }
              orders: { subject: person_id, erase: delete }
              order_lines: { through: orders, on: order_id, erase: delete }
              messages: { subject: person_id, erase: delete }
              settings: { subject: person_id, erase: delete }
            """;

    private final BenchmarkServer postgres;
    private final String classPath;
    private final int people;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private SmallExportsBenchmark(BenchmarkServer postgres, String classPath, int people) {
        this.postgres = postgres;
        this.classPath = classPath;
        this.people = people;
    }

    /** @param args the class path of the server, how many people ask (1,000), and how many rounds there are (3) */
    public static void main(String[] args) throws Exception {
        int people = args.length > 1 ? Integer.parseInt(args[1]) : 1_000;
        int rounds = args.length > 2 ? Integer.parseInt(args[2]) : 3;
        try (BenchmarkServer postgres = BenchmarkServer.start()) {
            SmallExportsBenchmark benchmark = new SmallExportsBenchmark(postgres, args[0], people);
            List<Double> perSecond = new ArrayList<>();
            for (int round = 1; round <= rounds; round++) {
                perSecond.add(benchmark.round(round));
            }
            say("median    %.1f exports a second", MedianTime.of(perSecond));
        }
    }

    private double round(int round) throws Exception {
        String database = "small" + round;
        postgres.execute("postgres", "CREATE DATABASE " + database);
        postgres.execute(
                database, BenchmarkFiles.text("small-exports.sql").replace(":people", Integer.toString(people)));
        postgres.execute(database, "VACUUM ANALYZE");
        Path folder = Files.createTempDirectory("exeunt-small");
        Files.writeString(folder.resolve("exeunt.yaml"), MAP);
        int port = freePort();
        Process server = start(folder, database, port);
        try {
            awaitAnswer(server, port);
            return measure(round, database, folder, server, port);
        } catch (IOException e) {
            System.out.print(Files.readString(folder.resolve(LOG)));
            throw e;
        } finally {
            server.destroy();
            server.waitFor();
            delete(folder);
        }
    }

    private double measure(int round, String database, Path folder, Process server, int port) throws Exception {
        Duration before = server.info().totalCpuDuration().orElse(Duration.ZERO);
        long begin = System.nanoTime();
        askForAll(port);
        double asked = (System.nanoTime() - begin) / 1e9;
        awaitReady(server, database);
        double seconds = (System.nanoTime() - begin) / 1e9;
        Duration after = server.info().totalCpuDuration().orElse(Duration.ZERO);
        long archives;
        try (Stream<Path> files = Files.list(folder.resolve("exports"))) {
            archives = files.count();
        }
        if (archives != people) {
            throw new IOException(archives + " archives of " + people + " people");
        }
        say(
                "round %d   %d exports in %.1f s, all asked for after %.1f s   %.1f exports a second   %.1f s of the server's processor",
                round,
                people,
                seconds,
                asked,
                people / seconds,
                after.minus(before).toMillis() / 1e3);
        return people / seconds;
    }

    private Process start(Path folder, String database, int port) throws IOException {
        ProcessBuilder server = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-cp",
                        classPath,
                        "dev.exeunt.server.ServerMain")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(LOG).toFile());
        server.environment()
                .putAll(Map.of(
                        "SERVER_PORT",
                        Integer.toString(port),
                        "EXEUNT_MAP",
                        folder.resolve("exeunt.yaml").toString(),
                        "EXEUNT_KEY",
                        "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff",
                        "EXEUNT_ARCHIVE_DIRECTORY",
                        folder.resolve("exports").toString(),
                        "EXEUNT_JWT_SECRET",
                        SECRET,
                        "EXEUNT_DATABASE_URL",
                        postgres.url(database),
                        "EXEUNT_DATABASE_USER",
                        BenchmarkServer.USER,
                        "EXEUNT_DATABASE_PASSWORD",
                        BenchmarkServer.USER));
        return server.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void awaitAnswer(Process server, int port) throws IOException, InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            requireAlive(server, end);
            try {
                http.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/account"))
                                .build(),
                        HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException notYet) {
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private void awaitReady(Process server, String database) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        String all = Integer.toString(people);
        while (!all.equals(postgres.scalar(database, "SELECT count(*) FROM exeunt.request WHERE state = 'ready'"))) {
            requireAlive(server, end);
            Thread.sleep(PAUSE_MILLIS);
        }
    }

    private static void requireAlive(Process server, long end) throws IOException {
        if (!server.isAlive() || System.nanoTime() > end) {
            throw new IOException("the server ended, or was not ready after " + PATIENCE.toMinutes() + " minutes");
        }
    }

    private void askForAll(int port) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<?>> asking = new ArrayList<>();
            for (int client = 1; client <= CLIENTS; client++) {
                int first = client;
                asking.add(clients.submit(() -> {
                    for (int person = first; person <= people; person += CLIENTS) {
                        ask(port, person);
                    }
                    return null;
                }));
            }
            for (Future<?> client : asking) {
                client.get();
            }
        } finally {
            clients.shutdownNow();
        }
    }

    private void ask(int port, int person) throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/account/export"))
                        .header("Authorization", "Bearer " + token(person))
                        .POST(HttpRequest.BodyPublishers.ofString(""))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 202) {
            throw new IOException("asked for an export, and got " + answer.statusCode() + ": " + answer.body());
        }
    }

    private static String token(int person) throws Exception {
        long now = Instant.now().getEpochSecond();
        String content = base64("{\"alg\":\"HS256\",\"typ\":\"JWT\"}") + "."
                + base64("{\"sub\":\"" + person + "\",\"iat\":" + now + ",\"exp\":" + (now + 3600) + "}");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        return content + "." + base64(mac.doFinal(content.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String base64(String text) {
        return base64(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
