package dev.exeunt.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.archive.ArchiveName;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.s3.testkit.S3Server;
import dev.exeunt.testkit.ArchivesContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What all archives do, on a server for S3. */
class S3ArchivesTest extends ArchivesContract {

    private S3Server server;
    private S3Archives archives;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start();
        archives = S3Archives.of(server.settings());
    }

    @AfterEach
    void stop() throws Exception {
        archives.close();
        server.close();
    }

    @Override
    protected Archives archives() {
        return archives;
    }

    @Override
    protected List<String> lying() {
        return server.lying();
    }

    /** A first part of more. */
    @Override
    protected void leaveUnfinished(ArchiveName name) {
        try (S3Clients clients = S3Clients.of(server.settings())) {
            S3Client s3 = clients.client();
            String key = "shop/" + name;
            String id = s3.createMultipartUpload(r -> r.bucket(S3Server.BUCKET).key(key))
                    .uploadId();
            s3.uploadPart(
                    r -> r.bucket(S3Server.BUCKET).key(key).uploadId(id).partNumber(1),
                    RequestBody.fromBytes(bytes(5 << 20)));
        }
    }

    @Override
    protected String putForeign() {
        return put("shop/README");
    }

    private String put(String key) {
        try (S3Clients clients = S3Clients.of(server.settings())) {
            clients.client().putObject(r -> r.bucket(S3Server.BUCKET).key(key), RequestBody.fromString("put here"));
        }
        return key;
    }

    @Test
    void everythingLiesUnderThePrefix() {
        ArchiveName name = stored(bytes(10));
        assertThat(lying()).containsExactly("shop/" + name);
    }

    @Test
    void aSweepStaysInsideItsPrefix() {
        String other = put("blog/" + name());
        String deeper = put("shop/deeper/" + name());
        String above = put(name().text());
        assertThat(archives.sweep(Instant.now().plus(Duration.ofHours(1)), names -> Set.of()))
                .isEqualTo(new Archives.SweepResult(0, 0));
        assertThat(lying()).containsExactlyInAnyOrder(other, deeper, above);
    }

    @Test
    void twoInstancesSeeTheSame() throws Exception {
        try (S3Archives other = S3Archives.of(server.settings())) {
            ArchiveName name = stored(bytes(10));
            other.delete(name);
            assertThat(lying()).isEmpty();
        }
    }
}
