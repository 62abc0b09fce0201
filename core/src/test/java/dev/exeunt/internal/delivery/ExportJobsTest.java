package dev.exeunt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.export.ExportJobs.DownloadGrant;
import dev.exeunt.export.ExportJobs.NewExport;
import dev.exeunt.export.ExportRefusedException;
import dev.exeunt.export.ExportRefusedException.ExportRefusalReason;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests export jobs from request to download and expiry. */
@Timeout(120)
class ExportJobsTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @TempDir
    Path directory;

    private ExportTestApplication counter;
    private ExportJobs exports;

    @BeforeEach
    void open() {
        counter = new ExportTestApplication(directory);
        exports = counter.exports();
    }

    @AfterEach
    void close() {
        counter.close();
    }

    private ExportJob ask(String key) {
        return exports.submit(key, null, Actor.SELF, null);
    }

    private ExportJob made(String key) {
        UUID id = ask(key).id();
        assertThat(exports.runJob(id, "w")).isEmpty();
        return exports.job(key, id);
    }

    private void refused(ExportRefusalReason why, Runnable asking) {
        assertThatThrownBy(asking::run)
                .isInstanceOfSatisfying(
                        ExportRefusedException.class, e -> assertThat(e.why()).isEqualTo(why));
    }

    @Test
    void isPendingAtOnceReadyLaterAndFetchedByItsOwner() throws IOException {
        ExportJob asked = ask("1");
        assertThat(asked.state()).isEqualTo(ExportJob.State.PENDING);
        refused(ExportRefusalReason.NOT_READY, () -> exports.grantDownload("1", asked.id()));

        assertThat(exports.runJob(asked.id(), "w")).isEmpty();
        ExportJob ready = exports.job("1", asked.id());
        assertThat(ready.state()).isEqualTo(ExportJob.State.READY);
        assertThat(ready.done()).isEqualTo(ready.sections()).isPositive();
        assertThat(ready.bytes())
                .isEqualTo(Files.size(directory.resolve(counter.files().get(0))));
        DownloadGrant handover = exports.grantDownload("1", asked.id());
        assertThat(handover.attachment().fileName()).matches("data-export-1-\\d{8}-\\d{6}\\.zip");
        assertThat(counter.unpacked(handover.token()))
                .containsKeys("people.json", "posts.csv", "README.txt")
                .hasEntrySatisfying("people.json", text -> assertThat(text).contains("Anna@x.test"));
        assertThat(counter.guilds().database().column("SELECT name FROM exeunt.event ORDER BY id"))
                .containsExactly("user.data_export_requested", "user.data_export_ready", "user.data_export_fetched");
    }

    @Test
    void anExportOfSomeSectionsHoldsTheseAndSaysSo() throws IOException {
        UUID id =
                exports.submit(wish("first", List.of("posts", "data_requests"))).id();
        assertThat(exports.submit(wish("first", List.of("posts", "data_requests")))
                        .id())
                .isEqualTo(id);
        assertThatThrownBy(() -> exports.submit(wish("first", List.of("posts"))))
                .isInstanceOf(RequestRefusedException.class);
        assertThat(exports.runJob(id, "w")).isEmpty();

        ExportJob job = exports.job("1", id);
        assertThat(job.chosenSections()).containsExactly("posts", "data_requests");
        assertThat(job.sections()).isEqualTo(2);
        Map<String, String> files =
                counter.unpacked(exports.grantDownload("1", id).token());
        assertThat(files)
                .containsKeys("posts.json", "data_requests.csv")
                .doesNotContainKeys("people.json", "people.csv");
        assertThat(files.get("README.txt"))
                .contains("It holds only what was asked for: posts, data_requests.\nThe service holds more")
                .doesNotContain("- people (");
        assertThat(files.get("data/bundle.js")).contains("\"asked\":[\"posts\",\"data_requests\"]");
        assertThat(files.get("manifest.json")).contains("\"asked\":[\"posts\",\"data_requests\"]");
    }

    @Test
    void anUnknownSectionIsRefusedWithThoseThatThereAre() {
        assertThatThrownBy(() -> exports.submit(wish(null, List.of("posts", "post"))))
                .isInstanceOfSatisfying(
                        ExportRefusedException.class,
                        e -> assertThat(e.why()).isEqualTo(ExportRefusalReason.UNKNOWN_SECTION))
                .hasMessageStartingWith("The export has no section post. Did you mean posts? Valid: people, ")
                .hasMessageEndingWith(", data_requests.");
        assertThat(exports.status("1").jobs()).isEmpty();
    }

    private static NewExport wish(@Nullable String idempotencyKey, List<String> sections) {
        return new NewExport("1", null, Actor.SELF, null, idempotencyKey, sections);
    }

    @Test
    void whoAsksAgainGetsTheSameAndMayAskForTheNextWhenTheLimitSaysSoToTheSecond() {
        ExportJob first = ask("1");
        assertThat(ask("1")).isEqualTo(first);
        exports.runJob(first.id(), "w");
        Instant again = first.requestedAt().plus(Duration.ofDays(1));
        counter.guilds().clock().set(again.minus(SECOND));
        assertThatThrownBy(() -> ask("1"))
                .isInstanceOfSatisfying(
                        ExportRefusedException.class,
                        e -> assertThat(e.nextAllowedAt()).isEqualTo(again))
                .hasMessageContaining("once in 24 hours");
        assertThat(exports.status("1").nextAllowedAt()).isEqualTo(again);
        ask("2");
        ExportJob byStaff = exports.submit("1", BundleFormat.JSON, Actor.staff("kim"), "asked by mail");
        assertThat(byStaff.format()).isEqualTo(BundleFormat.JSON);
        exports.cancel("1", byStaff.id(), Actor.staff("kim"), "a mistake");
        counter.guilds().clock().set(again);
        assertThat(exports.status("1").nextAllowedAt()).isNull();
        assertThat(ask("1").id()).isNotEqualTo(first.id());
    }

    @Test
    void ofFiftyWhoAskAtTheSameMomentOneBeginsAnExport() throws Exception {
        ExecutorService crowd = Executors.newFixedThreadPool(10);
        try {
            List<Callable<UUID>> asking = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                asking.add(() -> ask("1").id());
            }
            List<UUID> got = new ArrayList<>();
            for (Future<UUID> each : crowd.invokeAll(asking)) {
                got.add(each.get());
            }
            assertThat(got).hasSize(50).containsOnly(got.get(0));
            assertThat(counter.guilds().database().column("SELECT count(*)::text FROM exeunt.job"))
                    .containsExactly("1");
        } finally {
            crowd.shutdownNow();
        }
    }

    @Test
    void somebodyElsesIsAsOneThatNeverWas() {
        ExportJob job = made("1");
        for (UUID id : List.of(job.id(), UUID.fromString("00000000-0000-4000-8000-000000000000"))) {
            refused(ExportRefusalReason.UNKNOWN, () -> exports.job("2", id));
            refused(ExportRefusalReason.UNKNOWN, () -> exports.grantDownload("2", id));
            refused(ExportRefusalReason.UNKNOWN, () -> exports.cancel("2", id, Actor.SELF, null));
        }
    }

    @Test
    void aLinkEndsWhenItsHourIsOverOrTheArchivesDayWhicheverComesFirst() throws IOException {
        ExportJob job = made("1");
        Instant ready = job.readyAt();
        DownloadGrant early = exports.grantDownload("1", job.id());
        assertThat(early.until()).isEqualTo(ready.plus(Duration.ofHours(1)));
        counter.guilds().clock().set(early.until());
        refused(ExportRefusalReason.LINK_EXPIRED, () -> exports.download(early.token()));

        counter.guilds().clock().set(job.expiresAt().minus(SECOND));
        DownloadGrant late = exports.grantDownload("1", job.id());
        assertThat(late.until()).isEqualTo(job.expiresAt());
        assertThat(counter.unpacked(late.token())).isNotEmpty();
        counter.guilds().clock().set(job.expiresAt());
        refused(ExportRefusalReason.LINK_EXPIRED, () -> exports.download(late.token()));
        refused(ExportRefusalReason.GONE, () -> exports.grantDownload("1", job.id()));
    }

    @Test
    void theCleanUpRemovesTheArchiveAndLaterTheJobWhichAnswersGoneUntilThen() throws IOException {
        ExportJob job = made("1");
        counter.guilds().clock().set(job.expiresAt());
        assertThat(exports.removeExpired()).isEqualTo(new ExportJobs.CleanupResult(1, 1, 0));
        assertThat(counter.files()).isEmpty();
        assertThat(exports.job("1", job.id()).state()).isEqualTo(ExportJob.State.EXPIRED);
        assertThat(exports.job("1", job.id()).bytes()).as("stays on record").isEqualTo(job.bytes());
        refused(ExportRefusalReason.GONE, () -> exports.grantDownload("1", job.id()));
        assertThat(exports.removeExpired()).isEqualTo(new ExportJobs.CleanupResult(0, 0, 0));

        counter.guilds().clock().set(job.expiresAt().plus(Duration.ofDays(90)).plus(SECOND));
        assertThat(exports.removeExpired()).isEqualTo(new ExportJobs.CleanupResult(0, 0, 1));
        refused(ExportRefusalReason.UNKNOWN, () -> exports.grantDownload("1", job.id()));
    }

    @Test
    void whatIsHiddenIsTheirsToHaveUntilItIsErased() throws IOException {
        counter.requests()
                .submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1").typing("anna@x.test"));
        DownloadGrant handover = exports.grantDownload("1", made("1").id());
        assertThat(counter.unpacked(handover.token()).get("people.json")).contains("Anna@x.test");
        assertThat(counter.unpacked(handover.token()).get("data_requests.csv").lines())
                .as("what they have asked for is theirs to know, too")
                .hasSize(3)
                .anyMatch(line -> line.startsWith("\"delete-account\",\"scheduled\",\"2026-03-01"))
                .anyMatch(line -> line.startsWith("\"export\",\"running\",\"2026-03-01"));
        assertThat(counter.unpacked(handover.token()).get("README.txt")).contains("data_requests (2 rows)");
    }

    @Test
    void whoIsErasedLeavesNoArchiveNoLinkAndNoNameOnAJob() throws IOException {
        Request leaving = counter.requests()
                .submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "1").typing("anna@x.test"));
        counter.guilds().clock().set(leaving.dueAt().minus(Duration.ofMinutes(10)));
        ExportJob job = made("1");
        DownloadGrant handover = exports.grantDownload("1", job.id());
        ExportJob pending = exports.submit("1", null, Actor.staff("kim"), "asked by mail");
        counter.guilds().clock().set(leaving.dueAt());
        assertThat(counter.requests().eraseDue("w").erased()).isEqualTo(1);

        refused(ExportRefusalReason.GONE, () -> exports.download(handover.token()));
        assertThat(exports.runJob(pending.id(), "w")).isEmpty();
        assertThat(counter.guilds()
                        .database()
                        .column("SELECT DISTINCT coalesce(subject::text, 'nobody') FROM exeunt.request"))
                .containsExactly("nobody");
        exports.removeExpired();
        assertThat(counter.files()).isEmpty();
    }

    @Test
    void anExportThatWasCancelledWhileItWasMadeLeavesNothing() throws Exception {
        ExportJob job = ask("1");
        Optional<Instant> again = whileHeldUp(
                () -> exports.runJob(job.id(), "w"),
                () -> assertThat(exports.cancel("1", job.id(), Actor.SELF, null).state())
                        .isEqualTo(ExportJob.State.CANCELLED));
        assertThat(again).isEmpty();
        exports.removeExpired();
        assertThat(counter.files()).isEmpty();
        refused(ExportRefusalReason.OVER, () -> exports.cancel("1", job.id(), Actor.SELF, null));
        refused(ExportRefusalReason.NOT_READY, () -> exports.grantDownload("1", job.id()));
    }

    @Test
    void whoTakesAnExportOverFinishesItAndTheFirstWorkerCannot() throws Exception {
        ExportJob job = ask("1");
        ExportJobs second = ExportTestApplication.exports(counter.guilds().exeunt(), new DirectoryArchives(directory));
        whileHeldUp(() -> exports.runJob(job.id(), "first"), () -> {
            inTheMeantime(() -> second.runJob(job.id(), "second"));
        });
        assertThat(exports.job("1", job.id()).state()).isEqualTo(ExportJob.State.READY);
        assertThat(counter.files()).hasSize(1);
        assertThat(counter.unpacked(exports.grantDownload("1", job.id()).token()))
                .isNotEmpty();
    }

    private final List<Future<?>> besides = new ArrayList<>();
    private final ExecutorService hands = Executors.newCachedThreadPool();

    private void inTheMeantime(Callable<?> work) {
        besides.add(hands.submit(work));
        awaitBlocked(2);
    }

    /** Does the first until it waits for a lock, then the second, and lets both go. */
    private <T> T whileHeldUp(Callable<T> work, Runnable then) throws Exception {
        var database = counter.guilds().database();
        try (var lock = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password());
                var statement = lock.createStatement()) {
            lock.setAutoCommit(false);
            statement.execute("LOCK TABLE posts IN ACCESS EXCLUSIVE MODE");
            Future<T> working = hands.submit(work);
            awaitBlocked(1);
            then.run();
            lock.rollback();
            T result = working.get();
            for (Future<?> each : besides) {
                each.get();
            }
            return result;
        } finally {
            hands.shutdownNow();
        }
    }

    private void awaitBlocked(int number) {
        while (!counter.guilds()
                .database()
                .scalar("SELECT count(*)::text FROM pg_locks WHERE NOT granted AND relation = 'posts'::regclass")
                .equals("" + number)) {
            assertThat(Thread.currentThread().isInterrupted())
                    .as("waited in vain")
                    .isFalse();
        }
    }

    @Test
    void anArchiveThatCannotBeWrittenIsWaitedForAndThenServed() throws IOException {
        ExportJob job = ask("1");
        Files.delete(directory);
        Files.writeString(directory, "in the way");
        Instant now = counter.guilds().clock().instant();
        assertThat(exports.runJob(job.id(), "w")).contains(now.plus(Duration.ofMinutes(1)));
        ExportJob waiting = exports.job("1", job.id());
        assertThat(waiting.state()).isEqualTo(ExportJob.State.PENDING);
        assertThat(waiting.attempts()).isEqualTo(1);
        assertThat(waiting.failure()).contains(directory.toString()).endsWith(".");
        assertThat(exports.runJob(job.id(), "w")).as("not before").contains(now.plus(Duration.ofMinutes(1)));

        Files.delete(directory);
        Files.createDirectory(directory);
        counter.guilds().clock().set(now.plus(Duration.ofMinutes(1)));
        assertThat(exports.runJob(job.id(), "w")).isEmpty();
        assertThat(exports.job("1", job.id()).state()).isEqualTo(ExportJob.State.READY);
        assertThat(exports.job("1", job.id()).failure()).isNull();
    }

    @Test
    void whatFailsForGoodIsGivenUpAndMayBeAskedForAgainAtOnce() {
        ExportJob job = ask("1");
        counter.guilds().database().execute("ALTER TABLE posts RENAME TO articles");
        Instant next = counter.guilds().clock().instant();
        for (int i = 0; i < 2; i++) {
            next = exports.runJob(job.id(), "w").orElseThrow();
            counter.guilds().clock().set(next);
        }
        assertThat(exports.runJob(job.id(), "w")).isEmpty();
        assertThat(exports.job("1", job.id()).state()).isEqualTo(ExportJob.State.FAILED);
        assertThat(exports.job("1", job.id()).failure())
                .contains("does not exist")
                .doesNotContain("x.test");
        counter.guilds().database().execute("ALTER TABLE articles RENAME TO posts");
        assertThat(made("1").state()).isEqualTo(ExportJob.State.READY);
    }

    @Test
    void whatNoJobKnowsIsSweptOnceItIsOld() throws IOException {
        made("1");
        Path stray = directory.resolve("0123456789abcdef0123456789abcdef01234567");
        Files.writeString(stray, "left behind");
        Files.setLastModifiedTime(
                stray,
                java.nio.file.attribute.FileTime.from(
                        counter.guilds().clock().instant().minus(Duration.ofDays(2))));
        assertThat(exports.removeOrphans().archives()).isEqualTo(1);
        assertThat(counter.files()).hasSize(1);
    }
}
