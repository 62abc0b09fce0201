package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.server.ServerProcess.ProcessConditions;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tests that a server with little memory stores and delivers a large bundle. */
@Timeout(240)
class LargeDownloadTest {

    /** 50,000 letters of 4 kB. */
    private static final String LETTERS = """
            INSERT INTO letter SELECT 100 + n, 1, repeat(md5(n::text), 128) FROM generate_series(1, 50000) n
            """;

    @Test
    @DisplayName(
            "CL-10 two hundred megabytes are stored and handed over by a signed link, by a server that has ninety-six")
    void flat(@TempDir Path folder) throws Exception {
        try (LettersTestApplication shop = new LettersTestApplication(folder)) {
            shop.database().execute(LETTERS);
            Path settings = shop.file(
                    Map.of("exeunt.archive.directory", folder.resolve("exports").toString()));
            ProcessConditions small =
                    new ProcessConditions(folder, Map.of(), List.of("-Xmx96m", "-XX:+ExitOnOutOfMemoryError"));
            try (ServerProcess server = ServerProcess.start(small, "--config", settings.toString(), "--port", "0")) {
                AccountClient person = AccountClient.of("1", server.port(), Instant.now());
                JsonNode job = person.exported();
                assertThat(job.get("bytes").asLong()).isGreaterThan(195L << 20);
                String link = person.get(job.get("download").asString())
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();
                assertThat(fetched(URI.create("http://127.0.0.1:" + person.port() + link)))
                        .isEqualTo(job.get("bytes").asLong());
                assertThat(person.get("/account").statusCode()).isEqualTo(200);
            }
        }
    }

    private static long fetched(URI address) throws Exception {
        HttpResponse<InputStream> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        long bytes = 0;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = response.body()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
            }
        }
        return bytes;
    }
}
