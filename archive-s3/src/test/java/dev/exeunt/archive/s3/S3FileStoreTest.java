package dev.exeunt.archive.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.s3.testkit.S3Server;
import dev.exeunt.map.DataMap.FileState;
import dev.exeunt.map.DataMap.StoredFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;

/** Tests files that rows name in a bucket, on a server for S3. */
class S3FileStoreTest {

    private S3Server server;
    private S3FileStore store;

    @BeforeEach
    void start() throws Exception {
        server = S3Server.start();
        for (String key : new String[] {"up/a b.png", "up/7/c.png", "other/d.png"}) {
            try (S3Clients clients = S3Clients.of(server.settings())) {
                clients.client().putObject(r -> r.bucket(S3Server.BUCKET).key(key), RequestBody.fromString(key));
            }
        }
        store = store("s3://" + S3Server.BUCKET + "/up");
    }

    private S3FileStore store(String location) {
        return S3FileStore.at(location, server.settings().place(), S3Server.CREDENTIALS);
    }

    @AfterEach
    void stop() throws Exception {
        store.close();
        server.close();
    }

    private String read(String name) throws IOException {
        try (StoredFile file = store.open(name)) {
            String content = new String(file.content().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(file.bytes()).isEqualTo(content.length());
            return file.state() == FileState.PRESENT ? content : file.state().name();
        }
    }

    @Test
    void filesAreReadAndDeletedBelowThePrefix() throws IOException {
        assertThat(read("a b.png")).isEqualTo("up/a b.png");
        assertThat(read("7/c.png")).isEqualTo("up/7/c.png");
        assertThat(read("d.png")).isEqualTo("MISSING");
        assertThat(store.delete("7/c.png")).isEqualTo(FileState.PRESENT);
        assertThat(store.delete("7/c.png")).isEqualTo(FileState.MISSING);
        assertThat(server.lying()).containsExactlyInAnyOrder("up/a b.png", "other/d.png");
        assertThat(store.faults()).isEmpty();
    }

    @Test
    void aBucketThatIsNotThereIsAFaultAndNoMissingFile() {
        try (S3FileStore none = store("s3://nothing-here/up/")) {
            assertThat(none.faults()).singleElement().asString().contains("nothing-here");
            assertThatThrownBy(() -> none.open("7/c.png")).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> none.delete("7/c.png")).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aStoreThatIsDownFailsWithoutTheNameOfTheFile() throws Exception {
        server.close();
        assertThatThrownBy(() -> store.open("7/c.png"))
                .isInstanceOf(IOException.class)
                .hasNoCause()
                .message()
                .doesNotContain("c.png");
        assertThatThrownBy(() -> store.delete("7/c.png")).isInstanceOf(IOException.class);
    }

    @Test
    void aLocationNamesABucket() {
        assertThat(S3FileStore.isLocation("/var/uploads")).isFalse();
        assertThatThrownBy(() -> store("s3://"))
                .isInstanceOf(ExeuntException.class)
                .hasMessage("'s3://' is no location of a bucket. One is s3://uploads/avatars/");
    }
}
