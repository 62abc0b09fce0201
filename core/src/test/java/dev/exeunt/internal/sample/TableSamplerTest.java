package dev.exeunt.internal.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.Finding;
import dev.exeunt.testkit.MappedDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that sampling is bounded, only reads, and says what it could not sample. */
class TableSamplerTest {

    private static final String NOTES = "CREATE TABLE notes AS SELECT id AS x FROM users;";

    @Test
    void aTableThatTakesTooLongGetsANoteAndTheNextIsSampled() {
        String sql = SampledWorld.UUIDS + NOTES + """
                CREATE TABLE busy AS SELECT id AS x, '{}'::jsonb AS data FROM users;
                INSERT INTO busy SELECT NULL, jsonb_agg(jsonb_build_object('a', repeat('x', 2000), 'b', jsonb_build_array(i, i, i)))
                    FROM generate_series(1, 90) i, generate_series(1, 300) j GROUP BY j;
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, SampledWorld.MAP)) {
            CheckResult checked = world.exeunt().check(world.map(), new DataSampling(Duration.ofMillis(150)));

            assertThat(checked.notes())
                    .containsExactly(
                            "busy could not be sampled: PostgreSQL cancelled the statement, by a time limit or by hand,"
                                    + " while sampling busy (SQLSTATE 57014).");
            assertThat(checked.findings()).extracting(Finding::what).containsExactly("notes.x");
        }
    }

    @Test
    void aTableThatTheRoleMayNotReadGetsANote() {
        try (MappedDatabase world = MappedDatabase.of(
                SampledWorld.UUIDS + NOTES
                        + "CREATE TABLE secrets AS SELECT * FROM notes; CREATE TABLE parts AS SELECT * FROM notes;"
                        + "CREATE TABLE rows AS SELECT * FROM notes; ALTER TABLE rows ENABLE ROW LEVEL SECURITY;",
                SampledWorld.MAP)) {
            String role = world.database().createRole("sampler");
            world.database()
                    .execute("GRANT SELECT, DELETE ON users TO sampler; GRANT SELECT ON notes, rows TO sampler");
            CheckResult checked = world.exeunt("sampler", "sampler").check(world.map(), DataSampling.DEFAULT);

            assertThat(role).isNotNull();
            assertThat(checked.notes())
                    .containsExactlyInAnyOrder(
                            "parts could not be sampled: the role may not read it.",
                            "rows could not be sampled: row security hides rows from the role.",
                            "secrets could not be sampled: the role may not read it.");
            assertThat(SampledWorld.ofRows(checked)).extracting(Finding::what).containsExactly("notes.x");
        }
    }

    @Test
    void aDocumentThatJsonbRefusesIsLeftOutAndTheOthersAreRead() {
        String sql = SampledWorld.UUIDS + """
                CREATE TABLE events (data json);
                INSERT INTO events SELECT format('{"by": "%s", "smile": "\\ud83d\\ude00", "path": "C:\\\\u0000"}', id)::json FROM users;
                INSERT INTO events VALUES ('{"a": "\\u0000"}'), ('{"a": "\\ud83d x"}'), ('{"a": "\\ude00"}');
                """;

        assertThat(SampledWorld.found(sql, SampledWorld.MAP))
                .singleElement()
                .satisfies(f -> assertThat(f.message()).contains("at $.by (40 of 40 "));
    }

    @Test
    void aLargeTableIsSampledFromAllOverInAMoment() {
        String sql = SampledWorld.UUIDS + """
                CREATE TABLE visits AS SELECT i, CASE WHEN i > 250000 THEN md5((i % 40 + 1)::text)::uuid END AS x, repeat('y', 200) AS text
                    FROM generate_series(1, 500000) i;
                ANALYZE visits;
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, SampledWorld.MAP)) {
            long begun = System.nanoTime();
            CheckResult checked = world.exeunt().check(world.map(), DataSampling.DEFAULT);
            Duration taken = Duration.ofNanos(System.nanoTime() - begun);

            assertThat(SampledWorld.ofRows(checked))
                    .singleElement()
                    .satisfies(f -> assertThat(f.message()).contains("of 40 different values"));
            assertThat(taken).isLessThan(Duration.ofSeconds(10));
            assertThat(world.exeunt().check(world.map(), DataSampling.DEFAULT).findings())
                    .isEqualTo(checked.findings());
            world.database().execute("DELETE FROM visits WHERE i < 499900 OR x IS NULL");
            assertThat(SampledWorld.ofRows(world.exeunt().check(world.map(), DataSampling.DEFAULT)))
                    .hasSize(1);
        }
    }

    @Test
    void amongManyPeopleAnIndexDecidesHowIdentifiersAreLookedFor() {
        String sql = """
                CREATE TABLE users (id bigint PRIMARY KEY, email text, username varchar(40) UNIQUE, nick text);
                INSERT INTO users SELECT i, 'Person' || i || '@example.org', 'walker' || i, 'nick-' || i FROM generate_series(1, 120000) i;
                CREATE INDEX ON users (lower(email));
                ANALYZE users;
                CREATE TABLE notes AS SELECT upper(email) AS a, username AS b, nick AS c FROM users WHERE id < 50;
                """;
        CheckResult checked =
                SampledWorld.checked(sql, SampledWorld.MAP.replace("[email, username]", "[email, username, nick]"));

        assertThat(SampledWorld.ofRows(checked)).extracting(Finding::what).containsExactly("notes.a", "notes.b");
        assertThat(checked.notes())
                .containsExactly(
                        "Values of users.nick are not looked for in the sample: there are many, and no index serves it.");
    }

    @Test
    void namesThatMayBeValuesAreMasked() {
        String sql = SampledWorld.DENSE + """
                CREATE TABLE events AS SELECT jsonb_build_object(username, jsonb_build_object('m1', 'g' || i || '@example.net'),
                    'Ann Smith', 'g' || i || '@example.net', md5(i::text), 'g' || i || '@example.net', 'plain', 'g' || i || '@example.net') AS x
                    FROM generate_series(1, 30) i, users WHERE users.id = 7;
                """;

        assertThat(SampledWorld.found(sql, SampledWorld.MAP))
                .singleElement()
                .satisfies(f -> assertThat(f.message())
                        .contains("x at $.*.m1", "x at $.*", "x at $.plain")
                        .doesNotContain("Ann", "walker"));
    }

    @Test
    void everyTableIsToldAsItIsSampledAndTheDatabaseIsUnchanged() {
        List<String> told = new ArrayList<>();
        try (MappedDatabase world = MappedDatabase.of(SampledWorld.UUIDS + NOTES, SampledWorld.MAP)) {
            var before = world.database().snapshot();
            Exeunt exeunt = Exeunt.builder(Database.at(
                            world.database().jdbcUrl(),
                            world.database().user(),
                            world.database().password()))
                    .progress((what, done, of) -> told.add(what + " " + done + " " + of))
                    .build();
            exeunt.check(world.map());
            assertThat(told).isEmpty();
            exeunt.check(world.map(), DataSampling.DEFAULT);

            assertThat(told).containsExactly("sampling notes 0 2", "sampling users 1 2");
            assertThat(world.database().snapshot()).isEqualTo(before);
        }
    }

    @Test
    void namesThatAreWrongComeFirst() {
        CheckResult checked = SampledWorld.checked(
                SampledWorld.UUIDS + NOTES, SampledWorld.MAP + "  posts: { subject: x, erase: delete }\n");

        assertThat(checked.notes()).containsExactly("No row was sampled: mend the names first.");
        assertThat(SampledWorld.ofRows(checked)).isEmpty();
    }

    @Test
    void aTimeOfNothingIsRefused() {
        assertThatThrownBy(() -> new DataSampling(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }
}
