package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.export.ExportJobs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests exports of the prediction market that fail, and how their archives leave the directory. */
class PredictionMarketExportsHttpTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("prediction-market");

    /** Puts a view in the place of a table, so that reading it fails with the person's address and key in the error. */
    private static final String FAIL = """
            ALTER TABLE user_profiles RENAME TO kept_profiles;
            CREATE FUNCTION fail(person bigint) RETURNS text LANGUAGE plpgsql AS
              $$ BEGIN RAISE EXCEPTION 'refused for Ada@market.example, key %', person; END $$;
            CREATE VIEW user_profiles AS SELECT p.*, fail(user_id) FROM kept_profiles p WHERE fail(user_id) <> '';
            """;

    private static final String MEND = "DROP VIEW user_profiles; ALTER TABLE kept_profiles RENAME TO user_profiles";

    @AfterAll
    static void close() {
        HOST.close();
    }

    @Test
    @DisplayName(
            "PM-02 an export that cannot be made ends as failed, in fixed words without data, and may be asked again")
    void failed() {
        String ada = HOST.token("1", Map.of(), Duration.ofDays(1));
        HOST.database().execute(FAIL);
        String self = HOST.post("/account/export", ada, "{}").header("Location");
        HttpAnswer failed = PollingLoop.until(
                () -> {
                    HOST.clock().advance(Duration.ofMinutes(2)); // the pause between two attempts
                    return HOST.get(self, ada);
                },
                answer -> "failed".equals(answer.at("state")));
        assertThat(failed.at("failure")).isEqualTo("It could not be made. Ask for it again.");
        assertThat(failed.at("download")).isNull();
        assertThat(HOST.get(self + "/download", ada).problem()).isEqualTo("not-ready");
        String toldToStaff = HOST.get("/account/admin/1" + self.substring("/account".length()), HOST.admin("2"))
                .at("failure");
        assertThat(toldToStaff).contains("P0001");
        assertThat(List.of(
                        failed.text(),
                        toldToStaff,
                        HOST.get("/account/export", ada).text()))
                .noneMatch(text -> text.contains("Ada@") || text.contains("refused for"));
        assertThat(HOST.database().column("SELECT e::text FROM exeunt.export e"))
                .noneMatch(row -> row.contains("Ada@") || row.contains("refused for"));
        HOST.database().execute(MEND);
        HttpAnswer again = HOST.post("/account/export", ada, "{}");
        assertThat(again.status()).as(again.text()).isEqualTo(202);
        assertThat(Duration.between(
                        Instant.parse(failed.at("requestedAt")), HOST.clock().instant()))
                .as("within the window of the limit: what failed does not count")
                .isLessThan(Duration.ofHours(24));
        PollingLoop.until(() -> HOST.get(again.header("Location"), ada), answer -> "ready".equals(answer.at("state")));
    }

    @Test
    @DisplayName("PM-04 the file lies there until the clean-up, also when its time is over, and is gone after it")
    void removed() {
        Set<String> before = archives(HOST);
        String self = made(HOST, "2");
        Set<String> stored = archives(HOST);
        stored.removeAll(before);
        assertThat(stored).hasSize(1);
        HOST.clock().advance(Duration.ofHours(24));
        assertThat(HOST.get(self + "/download", HOST.token("2")).problem()).isEqualTo("gone");
        assertThat(archives(HOST)).containsAll(stored);
        assertThat(HOST.bean(ExportJobs.class).removeExpired().archives()).isPositive();
        assertThat(archives(HOST)).doesNotContainAnyElementsOf(stored);
    }

    @Test
    @DisplayName("PM-04 the schedule removes first the file and later the job, without a call")
    void removedBySchedule() {
        try (SpringTestApplication host = SpringTestApplication.cleaning("prediction-market", Duration.ofMillis(100))) {
            String self = made(host, "1");
            Instant ready = host.clock().instant();
            assertThat(archives(host)).hasSize(1);
            host.clock().set(ready.plus(Duration.ofHours(24)));
            PollingLoop.until(() -> archives(host), Set::isEmpty);
            assertThat(host.get(self, host.token("1")).at("state")).isEqualTo("expired");
            host.clock().set(ready.plus(Duration.ofDays(100)));
            String jobs = "SELECT count(*) FROM exeunt.request WHERE kind = 'export'";
            PollingLoop.until(() -> host.database().scalar(jobs), "0"::equals);
            assertThat(host.get(self, host.token("1")).problem()).isEqualTo("not-found");
        }
    }

    private static Set<String> archives(SpringTestApplication host) {
        try (Stream<Path> files = Files.list(host.archives())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its location, once it is ready. */
    private static String made(SpringTestApplication host, String person) {
        String self = host.post("/account/export", host.token(person), "{}").header("Location");
        PollingLoop.until(() -> host.get(self, host.token(person)), answer -> "ready".equals(answer.at("state")));
        return self;
    }
}
