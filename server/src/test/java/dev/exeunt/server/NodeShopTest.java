package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.server.ServerProcess.ProcessConditions;
import dev.exeunt.testkit.TestSkip;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs the shop in Node of {@code examples/node} beside the server. */
@Timeout(240)
class NodeShopTest {

    private static final Path SHOP =
            Path.of("..", "examples", "node", "shop.mjs").toAbsolutePath().normalize();
    private static final String GATE = "the-credential-of-the-shop-in-node-0123456789";
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private LettersTestApplication letters;

    @BeforeEach
    void open() {
        TestSkip.unless(nodeIsInstalled(), "node is not installed: examples/node is not run");
        letters = new LettersTestApplication(folder);
    }

    @AfterEach
    void close() {
        if (letters != null) {
            letters.close();
        }
    }

    private static boolean nodeIsInstalled() {
        try {
            Process node = new ProcessBuilder("node", "--version").start();
            return new String(node.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                    .matches("v(1[89]|[2-9]\\d).*\\s*");
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aPersonSignsInLeavesAndIsNotLetInAgain() throws Exception {
        Path settings = letters.file(Map.of(
                "exeunt.gate.tokens",
                GATE,
                "exeunt.archive.directory",
                folder.resolve("archives").toString()));
        Files.writeString(
                folder.resolve("exeunt.yaml"), "flows: { deactivate: { grace: 1h } }\n", StandardOpenOption.APPEND);
        try (ServerProcess server =
                ServerProcess.start(ProcessConditions.usual(folder), "--config", settings.toString(), "--port", "0")) {
            Process node = shop(server.port());
            try {
                String address = "http://127.0.0.1:" + portOf(node);
                String credentials = "{\"email\": \"anna@example.org\", \"password\": \"secret\"}";
                assertThat(send("POST", address + "/login", "", credentials.replace("secret", "guess"))
                                .statusCode())
                        .isEqualTo(401);
                String token = send("POST", address + "/login", "", credentials).body();
                assertThat(send("GET", address + "/letters", token, "").body()).isEqualTo("letters of 1");
                assertThat(send("GET", address + "/letters", token + "x", "").statusCode())
                        .isEqualTo(401);

                HttpResponse<String> left = send("POST", address + "/leave", token, "");
                assertThat(left.statusCode()).as(left.body()).isEqualTo(202);
                assertThat(send("GET", address + "/letters", token, "").statusCode())
                        .isEqualTo(403);
                assertThat(send("POST", address + "/login", "", credentials).statusCode())
                        .isEqualTo(403);
            } finally {
                node.destroyForcibly();
            }
        }
    }

    private Process shop(int exeunt) throws IOException {
        ProcessBuilder node = new ProcessBuilder("node", SHOP.toString())
                .redirectErrorStream(true)
                .directory(folder.toFile());
        node.environment()
                .putAll(Map.of(
                        "EXEUNT_URL",
                        "http://127.0.0.1:" + exeunt,
                        "EXEUNT_JWT_SECRET",
                        AccountClient.SECRET,
                        "EXEUNT_GATE_TOKEN",
                        GATE,
                        "SHOP_PEOPLE",
                        "{\"anna@example.org\": {\"key\": \"1\", \"password\": \"secret\"}}"));
        return node.start();
    }

    private static String portOf(Process node) throws IOException {
        String line = node.inputReader(StandardCharsets.UTF_8).readLine();
        assertThat(line).startsWith("shop at port ");
        return line.substring("shop at port ".length());
    }

    private static HttpResponse<String> send(String method, String address, String token, String body)
            throws IOException, InterruptedException {
        return HTTP.send(
                HttpRequest.newBuilder(URI.create(address))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer " + token)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
