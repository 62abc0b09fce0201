package dev.exeunt.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.exeunt.archive.ArchiveException;
import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives.Attachment;
import dev.exeunt.archive.s3.testkit.S3Server;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests downloads by pre-signed addresses of the object store, as a browser follows them. */
class PresignedDownloadTest {

    private static final Attachment ATTACHMENT = new Attachment("Jürgens Daten.zip", "application/zip");
    private static final HttpClient BROWSER = HttpClient.newHttpClient();

    private static S3Server server;
    private static S3Archives archives;

    @BeforeAll
    static void start() throws Exception {
        server = S3Server.start();
        archives = S3Archives.of(server.settings());
    }

    @AfterAll
    static void stop() throws Exception {
        archives.close();
        server.close();
    }

    private static ArchiveName stored(String content) {
        ArchiveName name = ArchiveName.random(new SecureRandom());
        archives.put(name, out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
        return name;
    }

    private static HttpResponse<String> get(String address, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        return BROWSER.send(
                (headers.length == 0 ? request : request.headers(headers)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static String address(ArchiveName name, Duration left) {
        return archives.handOver(name, ATTACHMENT, left).orElseThrow().toString();
    }

    @Test
    void theStoreHandsItOverAsAFileThatNobodyKeeps() throws Exception {
        HttpResponse<String> answer = get(address(stored("their data"), Duration.ofHours(1)));
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("their data");
        assertThat(answer.headers().firstValue("content-disposition")).contains(ATTACHMENT.contentDisposition());
        assertThat(answer.headers().firstValue("content-type")).contains("application/zip");
        assertThat(answer.headers().firstValue("cache-control")).contains("private, no-store");
    }

    @Test
    void aDownloadMayBeResumed() throws Exception {
        HttpResponse<String> answer = get(address(stored("their data"), Duration.ofHours(1)), "Range", "bytes=6-");
        assertThat(answer.statusCode()).isEqualTo(206);
        assertThat(answer.body()).isEqualTo("data");
    }

    @Test
    void itIsGoodForWhatIsLeftAndNotLonger() {
        ArchiveName name = stored("x");
        assertThat(address(name, Duration.ofMillis(90_999))).contains("X-Amz-Expires=90&");
        assertThat(address(name, Duration.ofDays(30))).contains("X-Amz-Expires=604800&");
        for (Duration none : new Duration[] {Duration.ofMillis(999), Duration.ZERO, Duration.ofHours(-1)}) {
            assertThat(catchThrowableOfType(ArchiveException.class, () -> address(name, none))
                            .why())
                    .isEqualTo(ArchiveException.ArchiveFailureReason.EXPIRED);
        }
    }

    @Test
    void anAddressThatWasChangedIsRefused() throws Exception {
        ArchiveName mine = stored("mine");
        ArchiveName yours = stored("yours");
        String address = address(mine, Duration.ofMinutes(1));
        assertThat(get(address).statusCode()).isEqualTo(200);
        assertThat(get(address.replace(mine.text(), yours.text())).statusCode()).isEqualTo(403);
        assertThat(get(address.replace("X-Amz-Expires=60", "X-Amz-Expires=6000"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(get(address.replace("Daten", "Taten")).statusCode()).isEqualTo(403);
        assertThat(get(address.substring(0, address.indexOf('?'))).statusCode()).isEqualTo(403);
    }

    /** The store's clock is the machine's: this asks until the second is over. */
    @Test
    void anAddressThatHasExpiredIsRefused() throws Exception {
        String address = address(stored("x"), Duration.ofSeconds(1));
        long give = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        int status = get(address).statusCode();
        while (status == 200 && System.nanoTime() < give) {
            status = get(address).statusCode();
        }
        assertThat(status).isEqualTo(403);
    }

    @Test
    void whoDownloadsMayReachTheStoreElsewhere() throws Exception {
        ArchiveName name = stored("x");
        S3Settings inside = server.settings();
        S3Settings.S3Location place = new S3Settings.S3Location(
                inside.place().endpoint(), URI.create("https://downloads.example.org"), "eu-central-1", true);
        S3Settings outside = new S3Settings(
                inside.bucket(), inside.prefix(), place, inside.encryption(), inside.credentials(), inside.timeouts());
        try (S3Archives elsewhere = S3Archives.of(outside)) {
            assertThat(elsewhere
                            .handOver(name, ATTACHMENT, Duration.ofHours(1))
                            .orElseThrow()
                            .toString())
                    .startsWith("https://downloads.example.org/exports/shop/" + name + "?")
                    .contains("eu-central-1");
        }
    }

    @Test
    void whatIsDeletedIsNotHandedOverAnyMore() throws Exception {
        ArchiveName name = stored("x");
        String address = address(name, Duration.ofHours(1));
        archives.delete(name);
        assertThat(get(address).statusCode()).isEqualTo(404);
    }
}
