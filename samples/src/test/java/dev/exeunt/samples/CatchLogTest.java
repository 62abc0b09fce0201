package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.samples.SampleCommands.CommandResult;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The catch log's rows of the acceptance table, through the commands. */
class CatchLogTest {

    private static final String LEAVER = "8d8685d5-b9fb-a13a-c65f-751077267bbc";
    private static final String BY_NAME = "username:angler-0042";
    /** report 244 was made by them, about the leaver; nothing else links the two */
    private static final String REPORTER = "610a8bdd-2102-8224-f0e8-88bdbe903023";

    @TempDir
    Path folder;

    private SamplePerson leaver(LoadedSample sample) {
        return new SamplePerson(sample, BY_NAME, folder);
    }

    private static String byHand() throws IOException {
        try (InputStream script = CatchLogTest.class.getResourceAsStream("/catch-log-by-hand.sql")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    @DisplayName("the finished map passes check, also strictly")
    void check() {
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            CommandResult check = new SampleCommands(sample).run("check", "--strict");
            assertThat(check.code()).as(check.out()).isZero();
        }
    }

    @Test
    @DisplayName("CL-01 the export has one top-level key per entity, both directions and every role, media as paths")
    void export() {
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            JsonNode bundle = leaver(sample).exported();
            assertThat(new TreeSet<>(bundle.propertyNames()))
                    .containsExactly(
                            "admin",
                            "catches",
                            "comments",
                            "follows",
                            "generated",
                            "moderation_log",
                            "notifications",
                            "profile",
                            "ratings",
                            "reactions",
                            "reports",
                            "schema",
                            "warnings");
            Map<String, Integer> rows = Map.of(
                    "profile",
                    1,
                    "admin",
                    0,
                    "catches",
                    8,
                    "comments",
                    17,
                    "ratings",
                    14,
                    "reactions",
                    10,
                    "follows",
                    18,
                    "notifications",
                    27,
                    "reports",
                    9,
                    "warnings",
                    2);
            rows.forEach((section, count) ->
                    assertThat(bundle.get(section)).as(section).hasSize(count));
            assertThat(bundle.get("moderation_log")).hasSize(5);
            assertThat(SamplePerson.column(bundle, "follows", "follower_id")).contains(LEAVER);
            assertThat(SamplePerson.column(bundle, "follows", "following_id")).contains(LEAVER);
            assertThat(SamplePerson.column(bundle, "reports", "reported_user_id"))
                    .contains(LEAVER);
            assertThat(bundle.get("catches").findValues("media_paths").toString())
                    .contains("/");
            assertThat(SamplePerson.column(bundle, "profile", "email")).containsExactly("angler-0042@catchlog.example");
        }
    }

    @Test
    @DisplayName("CL-02 a report about the person does not tell them who reported it, nor in whose words")
    void reporterIsNotTold() {
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            JsonNode bundle = leaver(sample).exported();
            assertThat(bundle.get("reports").toString())
                    .doesNotContain(REPORTER)
                    .doesNotContain(
                            "It is me, angler-0099", "Signed, angler-0099", "The fish lay on gravel. angler-0017");
            assertThat(sample.database().scalar("SELECT reporter_id::text FROM reports WHERE id = 244"))
                    .isEqualTo(REPORTER);
            assertThat(SamplePerson.column(bundle, "reports", "reporter_id")).contains(LEAVER);
        }
    }

    @Test
    @DisplayName("CL-04 CL-05 CL-06 the whole database is what the same erasure written by hand leaves")
    void remains() throws IOException {
        try (LoadedSample erased = LoadedSample.load("catch-log");
                LoadedSample expected = LoadedSample.load("catch-log")) {
            leaver(erased).erased();
            expected.database().execute(byHand());
            // the program's clock is the wall's: its one moment is the only thing that may differ
            String moment =
                    erased.database().scalar("SELECT deleted_at::text FROM profiles WHERE id = '" + LEAVER + "'");
            for (String table : List.of("profiles", "catches")) {
                expected.database()
                        .execute("UPDATE " + table + " SET deleted_at = '" + moment
                                + "' WHERE deleted_at = '2026-05-04 03:02:01Z'");
            }
            Map<String, List<String>> after = erased.database().snapshot();
            Map<String, List<String>> wanted = expected.database().snapshot();
            wanted.forEach(
                    (table, rows) -> assertThat(after.get(table)).as(table).isEqualTo(rows));
            assertThat(after.keySet()).isEqualTo(wanted.keySet());
        }
    }

    @Test
    @DisplayName(
            "CL-04 the profile is anonymised and marked, moderation fields stay, catches are private and attributed to it")
    void profile() {
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            leaver(sample).erased();
            assertThat(sample.database()
                            .scalar(
                                    "SELECT concat_ws('/', display_name, moderation_status, is_deleted, deleted_at IS NOT NULL,"
                                            + " warn_count, moderation_note IS NOT NULL, bio, phone) FROM profiles WHERE id = '"
                                            + LEAVER + "'"))
                    .isEqualTo("Deleted user/deleted/t/t/2/t");
            assertThat(sample.database()
                            .scalar(
                                    "SELECT string_agg(DISTINCT concat_ws('/', visibility, c.is_deleted, display_name), ',')"
                                            + " || count(*) FROM catches c JOIN profiles p ON p.id = user_id WHERE user_id = '"
                                            + LEAVER
                                            + "'"))
                    .isEqualTo("private/t/Deleted user8");
        }
    }

    @Test
    @DisplayName(
            "CL-05 comments keep thread and times; ratings, reactions, follows and the inbox go; others' notifications stay")
    void content() {
        String thread =
                "SELECT string_agg(concat_ws('/', id, catch_id, parent_id, created_at, edited_at), ',' ORDER BY id)"
                        + " FROM catch_comments";
        String inboxes = "SELECT count(*) FROM notifications WHERE user_id <> '" + LEAVER + "'";
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            String threadBefore = sample.database().scalar(thread);
            String inboxesBefore = sample.database().scalar(inboxes);
            leaver(sample).erased();
            assertThat(sample.database().scalar(thread)).isEqualTo(threadBefore);
            assertThat(sample.database().scalar(inboxes)).isEqualTo(inboxesBefore);
            assertThat(sample.database()
                            .scalar("SELECT string_agg(DISTINCT body, ',') FROM catch_comments WHERE user_id = '"
                                    + LEAVER + "'"))
                    .isEqualTo("[deleted]");
            for (String gone : List.of(
                    "catch_ratings WHERE user_id",
                    "catch_reactions WHERE user_id",
                    "profile_follows WHERE follower_id",
                    "profile_follows WHERE following_id",
                    "notifications WHERE user_id",
                    "notifications WHERE actor_id")) {
                assertThat(sample.database().scalar("SELECT count(*) FROM " + gone + " = '" + LEAVER + "'"))
                        .as(gone)
                        .isEqualTo("0");
            }
        }
    }

    @Test
    @DisplayName("CL-06 reports, warnings and the moderation log stay; the reporter goes, the target stays")
    void evidence() {
        String counts = "SELECT (SELECT count(*) FROM reports) || '/' || (SELECT count(*) FROM user_warnings) || '/'"
                + " || (SELECT count(*) FROM moderation_log)";
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            String before = sample.database().scalar(counts);
            leaver(sample).erased();
            assertThat(sample.database().scalar(counts)).isEqualTo(before);
            assertThat(sample.database().scalar("SELECT count(*) FROM reports WHERE reporter_id = '" + LEAVER + "'"))
                    .isEqualTo("0");
            assertThat(sample.database()
                            .scalar("SELECT count(*) FROM reports WHERE reported_user_id = '" + LEAVER + "'"))
                    .isEqualTo("5");
        }
    }

    @Test
    @DisplayName("the plan, the receipt and the verification say what was done and what is left, and name nobody")
    void receiptAndVerification() throws IOException {
        try (LoadedSample sample = LoadedSample.load("catch-log")) {
            Map<String, List<String>> before = sample.database().snapshot();
            CommandResult plan = new SampleCommands(sample).run("plan", BY_NAME, "--sql");
            assertThat(plan.code()).isZero();
            assertThat(sample.database().snapshot()).isEqualTo(before);
            leaver(sample).erased();
            String receipt = leaver(sample).receipt();
            assertThat(receipt).contains("legal-claims").doesNotContain(LEAVER, "angler-0042");
            Path values =
                    Files.writeString(folder.resolve("values.txt"), "angler-0042@catchlog.example\nangler-0042\n");
            CommandResult verify =
                    new SampleCommands(sample).run("verify", LEAVER, "--values", values.toString(), "--format", "json");
            JsonNode places = JsonMapper.shared().readTree(verify.out()).get("places");
            // somebody else's comment names them: it is told, and the exit code is not zero
            assertThat(places.valueStream().filter(p -> p.get("kept").isNull()))
                    .singleElement()
                    .satisfies(p -> assertThat(p.get("table").asString() + "."
                                    + p.get("column").asString())
                            .isEqualTo("catch_comments.body"));
            assertThat(verify.code()).isEqualTo(1);
        }
    }
}
