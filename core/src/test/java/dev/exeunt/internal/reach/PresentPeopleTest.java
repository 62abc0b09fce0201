package dev.exeunt.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.ledger.RecordedErasures;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which rows of the subject's table are present people. */
class PresentPeopleTest {

    private static final String TABLES = """
            CREATE TABLE people (id int PRIMARY KEY, name text, left_on date, closed_at timestamptz, active boolean);
            CREATE TABLE posts (id int PRIMARY KEY, author int REFERENCES people);
            CREATE INDEX ON posts (author);
            """;

    private static String map(String subject, String fate) {
        return """
                version: 1
                subject: { table: people, key: id %s }
                tables:
                  people: { erase: %s }
                  posts: { subject: author, erase: { reassign: 0 } }
                """.formatted(subject, fate);
    }

    private static List<String> present(MappedDatabase world) {
        Plan plan = world.check().planOrThrow();
        return present(world.database(), plan, ErasedPeople.NONE);
    }

    private static List<String> present(TestDatabase database, Plan plan, ErasedPeople erased) {
        List<SubjectKey> all = IntStream.range(0, 10)
                .mapToObj(i -> new SubjectKey(List.of(Integer.toString(i))))
                .toList();
        try (Connection connection = database.connection()) {
            return PresentPeople.of(connection, plan, erased).among(all).stream()
                    .map(SubjectKey::typed)
                    .sorted()
                    .toList();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A column that holds a moment since the row was made says nothing of an erasure, although the map writes one into it. */
    @ParameterizedTest
    @ValueSource(strings = {"closed_at timestamptz DEFAULT now()", "closed_at timestamptz"})
    void takesNoRowForErasedByAMomentThatStandsThereFromTheStart(String column) {
        String tables = "CREATE TABLE people (id int PRIMARY KEY, name text, " + column + ");\n";
        String rows = "INSERT INTO people VALUES (1, 'a', '2020-01-01Z'), (2, NULL, '2020-01-01Z');";
        String map = """
                version: 1
                subject: { table: people, key: id %s }
                tables:
                  people: { erase: { anonymize: { name: null, closed_at: "{now}" } } }
                """.formatted(column.contains("DEFAULT") ? "" : ", created: closed_at");
        try (MappedDatabase world = MappedDatabase.of(tables + rows, map)) {
            assertThat(present(world)).containsExactly("1", "2");
        }
    }

    @Test
    void leavesOutGhostsAndTheSoftDeleted() {
        String rows =
                "INSERT INTO people VALUES (0, 'ghost', NULL), (1, 'a', NULL), (2, 'b', '2020-01-01'), (3, NULL, NULL);";
        try (MappedDatabase world =
                MappedDatabase.of(TABLES + rows, map(", present: \"left_on is null -- gone\"", "delete"))) {
            assertThat(world.findings()).noneMatch(f -> f.contains("present"));
            assertThat(present(world)).containsExactly("1", "3");
        }
        try (MappedDatabase world = MappedDatabase.of(TABLES + rows, map("", "delete"))) {
            assertThat(present(world)).containsExactly("1", "2", "3");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"left_on", "no_such_column is null", "random() < 0.5", "exists (select from nowhere)"})
    void refusesAConditionThatIsNoneOrMayChange(String condition) {
        try (MappedDatabase world = MappedDatabase.of(TABLES, map(", present: \"" + condition + "\"", "delete"))) {
            assertThat(world.findings()).contains("bad-sql subject.present");
        }
    }

    @Test
    void leavesOutRowsThatBearAllThatAnErasureWrites() {
        String rows = """
                INSERT INTO people VALUES (1, 'gone-1', NULL, now(), false), (2, 'gone-2', NULL, NULL, false),
                    (3, 'c', NULL, now(), false), (4, 'gone-4', '2020-01-01', now(), false), (5, 'gone-5', NULL, now(), true);
                """;
        String fate = "{ anonymize: { name: \"gone-{key}\", left_on: null, closed_at: \"{now}\", active: false } }";
        try (MappedDatabase world = MappedDatabase.of(TABLES + rows, map("", fate))) {
            assertThat(present(world)).containsExactly("2", "3", "4", "5");
        }
    }

    @Test
    void takesNoRowForErasedByWhatAnyPersonMayHave() {
        String rows = "INSERT INTO people VALUES (1, NULL, NULL, NULL, false), (2, 'x', NULL, NULL, true);";
        String fate = "{ anonymize: { name: null, active: false } }";
        try (MappedDatabase world = MappedDatabase.of(TABLES + rows, map("", fate))) {
            assertThat(present(world)).containsExactly("1", "2");
        }
    }

    @Test
    void aPersonWithAnOpenRequestIsPresentAndAnErasedOneIsNot() {
        String kept = GuildTestApplication.UNGUARDED
                .replace("identifiers: [email] }", "identifiers: [email], present: \"gone_at is null\" }")
                .replace(
                        "{ anonymize: { email: \"deleted-{key}@erased.invalid\", name: null, bio: null } }",
                        "{ keep: why, retain: [email, name, bio] }");
        try (GuildTestApplication guilds = GuildTestApplication.create()) {
            MappedDatabase world = new MappedDatabase(guilds.database(), MapReader.read(kept, "exeunt.yaml"));
            Plan plan = world.check().planOrThrow();
            ErasedPeople record = RecordedErasures.of(GuildTestApplication.KEY, SubjectKind.PERSON);
            guilds.database().execute("UPDATE people SET gone_at = now() WHERE id IN (3, 4)");
            guilds.requests(kept).submit(NewRequest.self(AccountFlow.DEACTIVATE, "3"));
            assertThat(present(guilds.database(), plan, record)).containsExactly("1", "2", "3");

            guilds.exeunt().erase(world.map(), List.of("2"), receipt -> {});
            assertThat(present(guilds.database(), plan, record)).containsExactly("1", "3");
            assertThat(present(guilds.database(), plan, ErasedPeople.NONE)).containsExactly("1", "2", "3");
        }
    }
}
