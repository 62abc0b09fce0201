package dev.exeunt.internal.rehearse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.RehearsalResult.InvolvedTrigger;
import dev.exeunt.erase.RehearsalResult.RehearsalFailure;
import dev.exeunt.erase.RehearsalResult.RehearsedSubject;
import dev.exeunt.erase.RehearsalResult.SideEffectRows;
import dev.exeunt.erase.RehearsalResult.StatementKind;
import dev.exeunt.erase.RehearsalResult.StatementResult;
import dev.exeunt.testkit.MappedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Tests what a rehearsal finds, and that it changes nothing. */
class ErasureRehearsalTest {

    private static final String PEOPLE = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, name text);
            INSERT INTO people VALUES (7010007001, 'anna@x.org', 'Anna'), (7010007002, 'ben@x.org', 'Ben'), (7010007003, 'cleo@x.org', 'Cleo');
            CREATE TABLE posts (id int PRIMARY KEY, author bigint NOT NULL REFERENCES people, body text);
            CREATE INDEX ON posts (author);
            INSERT INTO posts VALUES (1, 7010007001, 'secret of 7010007001'), (2, 7010007001, 'more'), (3, 7010007002, 'his');
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { erase: { anonymize: { email: "gone-{key}@erased.invalid", name: null } } }
              posts: { subject: author, erase: delete }
            """;

    private static final String RAISING = """
            CREATE FUNCTION raising() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN RAISE EXCEPTION 'not % of %', OLD.body, OLD.author; END $$;
            """;

    /** Rehearses, sees that the database is as it was, and that nothing of a person is told. */
    private static RehearsalResult rehearsed(MappedDatabase world, String... keys) {
        Map<String, List<String>> before = world.database().snapshot();
        RehearsalResult report = world.exeunt().rehearse(world.map(), List.of(keys), keys.length == 0 ? 3 : 0);
        assertThat(world.database().snapshot()).isEqualTo(before);
        assertThat(report.toString())
                .doesNotContain("7010007001", "7010007002", "7010007003", "x.org", "Anna", "secret");
        return report;
    }

    private static RehearsalFailure failure(RehearsalResult report, int number) {
        return Objects.requireNonNull(report.subjects().get(number - 1).failure());
    }

    @Test
    void tellsRowsAndTimeOfEachStatementAndRollsBackWhatSucceeded() {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, MAP)) {
            RehearsalResult report = rehearsed(world, "email:Anna@x.org");

            assertThat(report.failed()).isZero();
            RehearsedSubject anna = report.subjects().get(0);
            assertThat(anna.parts())
                    .extracting(p -> p.kind() + " " + p.what() + " " + p.rows())
                    .containsExactly(
                            "FIND finding people.self 1",
                            "UPDATE changing people 1",
                            "DELETE deleting from posts 2",
                            "DEFERRED checking deferred constraints 0",
                            "VERIFY looking for links once more 0");
            assertThat(anna.parts()).extracting(StatementResult::time).allMatch(t -> t.compareTo(Duration.ZERO) > 0);
            assertThat(anna.time()).isGreaterThan(anna.time(StatementKind.FIND));
            assertThat(anna.aside()).isEmpty();
            assertThat(report.triggers()).isEmpty();
            assertThat(report.slowest()).isNotNull();
        }
    }

    @Test
    void findsACheckThatAnAnonymisingRuleViolates() {
        String check = "ALTER TABLE people ADD CONSTRAINT named CHECK (name IS NOT NULL OR email LIKE '%@x.org');";
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + check, MAP)) {
            RehearsalFailure failure = failure(rehearsed(world, "7010007001"), 1);

            assertThat(failure.sqlState()).isEqualTo("23514");
            assertThat(failure.table()).isEqualTo("people");
            assertThat(failure.constraint()).isEqualTo("named");
            assertThat(failure.sentence())
                    .isEqualTo("A CHECK would be violated on table people, constraint named, while changing people"
                            + " (SQLSTATE 23514).");
        }
    }

    @Test
    void oneThatFailsDoesNotHideTheOthers() {
        String check = "ALTER TABLE people ADD CONSTRAINT barred CHECK (email <> 'gone-7010007002@erased.invalid');";
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + check, MAP)) {
            RehearsalResult report = rehearsed(world, "7010007003", "7010007002", "email:anna@x.org");

            assertThat(report.subjects()).extracting(s -> s.failure() == null).containsExactly(true, false, true);
            assertThat(failure(report, 2).sqlState()).isEqualTo("23514");
            assertThat(failure(report, 2).constraint()).isEqualTo("barred");
            assertThat(report.subjects())
                    .extracting(s -> s.rows(StatementKind.UPDATE))
                    .containsExactly(1L, 0L, 1L);
            assertThat(report.subjects()).extracting(RehearsedSubject::number).containsExactly(1, 2, 3);
        }
    }

    @Test
    void seesWhatPostgresWouldSayOnlyAtTheCommit() {
        String deferred = RAISING + """
                CREATE CONSTRAINT TRIGGER late AFTER DELETE ON posts DEFERRABLE INITIALLY DEFERRED
                  FOR EACH ROW EXECUTE FUNCTION raising();
                """;
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + deferred, MAP)) {
            RehearsalResult report = rehearsed(world, "7010007001");

            assertThat(failure(report, 1).sqlState()).isEqualTo("P0001");
            assertThat(failure(report, 1).sentence()).contains("while checking deferred constraints");
            assertThat(report.subjects().get(0).parts())
                    .last()
                    .extracting(StatementResult::kind)
                    .isEqualTo(StatementKind.DEFERRED);
            assertThat(report.triggers()).containsExactly(new InvolvedTrigger("posts", "late", "after", "delete"));
        }
    }

    @Test
    void namesTheTriggersWhereOneRaises() {
        String trigger = RAISING + """
                CREATE TRIGGER keep_posts BEFORE DELETE ON posts FOR EACH ROW EXECUTE FUNCTION raising();
                CREATE TRIGGER other BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION raising();
                CREATE TRIGGER off BEFORE DELETE ON posts FOR EACH ROW EXECUTE FUNCTION raising();
                ALTER TABLE posts DISABLE TRIGGER off;
                """;
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + trigger, MAP)) {
            RehearsalResult report = rehearsed(world, "7010007001");

            assertThat(failure(report, 1).table()).isEqualTo("posts");
            assertThat(failure(report, 1).sentence())
                    .isEqualTo("A trigger or function of the database raised an error, while deleting from posts"
                            + " (SQLSTATE P0001).");
            assertThat(report.triggers())
                    .containsExactly(new InvolvedTrigger("posts", "keep_posts", "before", "delete"));
        }
    }

    @Test
    void seesTheLinkThatATriggerKeeps() {
        String trigger = """
                CREATE FUNCTION nothing() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
                CREATE TRIGGER keep BEFORE DELETE ON posts FOR EACH ROW EXECUTE FUNCTION nothing();
                """;
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + trigger, MAP)) {
            RehearsalResult report = rehearsed(world, "7010007001");
            RehearsalFailure failure = failure(report, 1);

            assertThat(failure.sqlState()).isNull();
            assertThat(report.triggers()).containsExactly(new InvolvedTrigger("posts", "keep", "before", "delete"));
            assertThat(failure.sentence()).contains("still linked to the person in posts.link");
        }
    }

    @Test
    void countsWhatTriggersWriteElsewhereForEachPerson() {
        String audit = """
                CREATE TABLE log (what text); CREATE SEQUENCE times;
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS $$
                BEGIN INSERT INTO log VALUES ('a post went'); PERFORM nextval('times'); RETURN OLD; END $$;
                CREATE TRIGGER audit AFTER DELETE ON posts FOR EACH ROW EXECUTE FUNCTION note();
                """;
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + audit, MAP)) {
            RehearsalResult report = rehearsed(world, "7010007001", "7010007002", "7010007003");

            assertThat(report.subjects())
                    .extracting(RehearsedSubject::aside)
                    .containsExactly(
                            List.of(new SideEffectRows("log", 2, 0, 0)),
                            List.of(new SideEffectRows("log", 1, 0, 0)),
                            List.of());
            assertThat(report.failed()).isZero();
        }
    }

    @Test
    void rowsOfPartitionsAreTheirTables() {
        String sql = PEOPLE + """
                CREATE TABLE notes (who bigint REFERENCES people, state text, body text) PARTITION BY LIST (state);
                CREATE TABLE notes_open PARTITION OF notes FOR VALUES IN ('open');
                CREATE TABLE notes_shut PARTITION OF notes FOR VALUES IN ('shut');
                CREATE INDEX ON notes (who);
                INSERT INTO notes VALUES (7010007001, 'open', 'a'), (7010007001, 'shut', 'b'), (7010007002, 'open', 'c');
                """;
        try (MappedDatabase world = MappedDatabase.of(
                sql, MAP + "  notes: { subject: who, erase: { anonymize: { body: gone }, retain: [state] } }\n")) {
            RehearsedSubject anna = rehearsed(world, "7010007001").subjects().get(0);

            assertThat(anna.failure()).isNull();
            assertThat(anna.parts()).anyMatch(p -> p.what().equals("changing notes") && p.rows() == 2);
            assertThat(anna.aside()).isEmpty();
        }
    }

    @Test
    void aStatementThatTakesTooLongFailsItsPersonAlone() {
        String slow = """
                CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_catalog.pg_sleep(20); RETURN OLD; END $$;
                CREATE TRIGGER slow BEFORE DELETE ON posts FOR EACH ROW WHEN (OLD.author = 7010007001) EXECUTE FUNCTION slow();
                """;
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + slow, MAP)) {
            RehearsalResult report = world.exeunt()
                    .rehearse(world.map(), List.of("7010007001", "7010007002"), 0, Duration.ofMillis(300));

            assertThat(failure(report, 1).sqlState()).isEqualTo("57014");
            assertThat(report.subjects().get(1).failure()).isNull();
            assertThat(Objects.requireNonNull(report.slowest()).part().what()).isEqualTo("deleting from posts");
        }
    }

    @Test
    void saysWhoHoldsTheLockItWaitedFor() throws SQLException {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, MAP);
                Connection other = world.database().connection();
                Statement holding = other.createStatement()) {
            other.setAutoCommit(false);
            holding.execute("SELECT FROM people WHERE id = 7010007001 FOR UPDATE");

            RehearsalResult report = rehearsed(world, "7010007001", "7010007002");

            assertThat(failure(report, 1).sqlState()).isEqualTo("55P03");
            assertThat(failure(report, 1).sentence()).contains("In the way: process ");
            assertThat(report.subjects().get(1).failure()).isNull();
        }
    }

    @Test
    void cannotRunOnAStandbyNorWithNobody() {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, MAP)) {
            world.database()
                    .execute("ALTER ROLE postgres IN DATABASE "
                            + world.database().databaseName() + " SET default_transaction_read_only = on");
            assertThatThrownBy(() -> world.exeunt().rehearse(world.map(), List.of("7010007001"), 0))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("read-only");
        }
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + "DELETE FROM posts; DELETE FROM people;", MAP)) {
            assertThatThrownBy(() -> world.exeunt().rehearse(world.map(), List.of(), 3))
                    .hasMessage("There is no person in people to rehearse with.");
            assertThatThrownBy(() -> world.exeunt().rehearse(world.map(), List.of("7010007001", "7010007002"), 0))
                    .hasMessageContaining("key number 1 of those given")
                    .hasMessageNotContaining("7010007001");
        }
    }
}
