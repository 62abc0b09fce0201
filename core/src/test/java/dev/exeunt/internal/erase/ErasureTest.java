package dev.exeunt.internal.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.database.OutcomeUnknownException;
import dev.exeunt.erase.Receipt;
import dev.exeunt.internal.schema.catalog.CatalogComparison;
import dev.exeunt.testkit.MappedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What an erasure does to a real database, the rows of everybody else included. */
class ErasureTest {

    private static final String PEOPLE = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, name text);
            INSERT INTO people VALUES (1, 'Anna@x.org', 'Anna'), (2, 'ben@x.org', 'Ben'), (3, 'cleo@x.org', 'Cleo');
            """;

    private static final String SUBJECT = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            """;

    private static List<String> erased(MappedDatabase world, String... keys) {
        Map<String, List<String>> before = world.database().snapshot();
        world.erase(keys);
        return MappedDatabase.changes(before, world.database().snapshot());
    }

    @Test
    void deletesARowsTreeInOneStatementAndLeavesOtherTrees() {
        String sql = PEOPLE + """
                CREATE TABLE folders (id int PRIMARY KEY, owner bigint REFERENCES people, up int NOT NULL REFERENCES folders);
                INSERT INTO folders VALUES (1, 1, 1), (2, NULL, 1), (3, NULL, 2), (4, NULL, 3), (10, 2, 10), (11, NULL, 10);
                CREATE INDEX ON folders (owner); CREATE INDEX ON folders (up);
                """;
        String map = SUBJECT + """
                tables:
                  people: { erase: delete }
                  folders:
                    erase: delete
                    links:
                      mine: { subject: owner }
                      below: { through: folders, role: [mine, below], on: up }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().errors()).isEmpty();
            assertThat(erased(world, "1"))
                    .extracting(c -> c.substring(0, 10))
                    .containsExactlyInAnyOrder("- folders ", "- folders ", "- folders ", "- folders ", "- people {");
            assertThat(world.database().column("SELECT id::text FROM folders ORDER BY id"))
                    .containsExactly("10", "11");
        }
    }

    @Test
    void deletesThreeTablesThatReferToEachOtherInACircleOfRestrictAndNotNull() {
        String sql = PEOPLE + """
                CREATE TABLE a (id int PRIMARY KEY, person bigint NOT NULL REFERENCES people ON DELETE RESTRICT, b int NOT NULL);
                CREATE TABLE b (id int PRIMARY KEY, person bigint NOT NULL REFERENCES people, c int NOT NULL);
                CREATE TABLE c (id int PRIMARY KEY, person bigint NOT NULL REFERENCES people, a int NOT NULL
                  REFERENCES a ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED);
                BEGIN;
                INSERT INTO c VALUES (1, 1, 1), (2, 2, 2); INSERT INTO b VALUES (1, 1, 1), (2, 2, 2);
                INSERT INTO a VALUES (1, 1, 1), (2, 2, 2);
                COMMIT;
                ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b ON DELETE RESTRICT;
                ALTER TABLE b ADD FOREIGN KEY (c) REFERENCES c;
                """;
        String circle =
                "{ erase: delete, links: { mine: { subject: person }, of: { through: %s, role: [mine, of], on: %s } } }";
        String map = SUBJECT
                + "tables:\n  people: { erase: delete }\n"
                + "  a: " + circle.formatted("b", "b") + "\n"
                + "  b: " + circle.formatted("c", "c") + "\n"
                + "  c: " + circle.formatted("a", "a") + "\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().errors()).isEmpty();
            assertThat(erased(world, "1")).hasSize(4);
            assertThat(world.database().scalar("SELECT count(*) FROM a, b, c")).isEqualTo("1");
        }
    }

    @Test
    void findsByValueAndThroughWhatItHasAlreadyOverwrittenOrDeleted() {
        String sql = PEOPLE + """
                CREATE TABLE waitlist (email text, note text);
                INSERT INTO waitlist VALUES ('ANNA@X.ORG', 'hers'), ('anna@x.org.uk', 'not hers'), ('ben@x.org', 'his');
                CREATE TABLE posts (id int PRIMARY KEY, author bigint NOT NULL REFERENCES people);
                CREATE TABLE likes (post int NOT NULL REFERENCES posts, who bigint);
                CREATE TABLE reads (post int NOT NULL, times int);
                INSERT INTO posts VALUES (1, 1), (2, 2);
                INSERT INTO likes VALUES (1, 2), (1, 3), (2, 3);
                INSERT INTO reads VALUES (1, 100), (2, 200);
                """;
        String map = SUBJECT + """
                tables:
                  people: { erase: { anonymize: { email: "gone-{key}@erased.invalid", name: null } } }
                  waitlist: { matches: email, on: email, shared: ask, erase: delete }
                  posts: { subject: author, erase: delete }
                  likes: { through: posts, on: post, erase: delete }
                  reads: { through: posts, on: post, erase: delete }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().errors()).isEmpty();
            world.erase("email:anna@X.org");
            assertThat(world.database().column("SELECT note FROM waitlist ORDER BY 1"))
                    .containsExactly("his", "not hers");
            assertThat(world.database().column("SELECT post || '/' || who FROM likes"))
                    .containsExactly("2/3");
            assertThat(world.database().column("SELECT times::text FROM reads")).containsExactly("200");
            assertThat(world.database().column("SELECT email FROM people ORDER BY id"))
                    .containsExactly("gone-1@erased.invalid", "ben@x.org", "cleo@x.org");
        }
    }

    @Test
    void appliesTheStrongestRoleWhereRolesDisagree() {
        String sql = PEOPLE + """
                CREATE TABLE notes (id int PRIMARY KEY, author bigint REFERENCES people, about bigint REFERENCES people,
                  kind text, body text);
                INSERT INTO notes VALUES (1, 1, 2, 'x', 'by 1'), (2, 2, 1, 'x', 'about 1'), (3, 1, 1, 'x', 'both'),
                  (4, 2, 3, 'x', 'others');
                """;
        String map = SUBJECT + """
                tables:
                  people: { erase: { anonymize: { email: null, name: null } } }
                  notes:
                    links:
                      author: { subject: author, erase: { detach: true, anonymize: { body: "[gone]", kind: null } } }
                      about:
                        subject: about
                        where: "kind = 'x'"
                        erase: { keep: { reason: evidence, basis: legal-claims }, retain: [body, kind] }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().errors()).isEmpty();
            world.erase("1");
            // the law keeps the text of 3, but the link of its author goes all the same
            assertThat(world.database()
                            .column("SELECT concat_ws('/', id, author, about, kind, body) FROM notes ORDER BY id"))
                    .containsExactly("1/2/[gone]", "2/2/1/x/about 1", "3/1/x/both", "4/2/3/x/others");
        }
    }

    @Test
    void fillsEachPersonsKeyIntoTemplatesAlsoThroughAnotherTable() {
        String sql = PEOPLE + """
                CREATE TABLE posts (id int PRIMARY KEY, author bigint NOT NULL REFERENCES people);
                CREATE TABLE parts (post int REFERENCES posts, n int, body varchar(30) NOT NULL, at timestamptz, tag uuid,
                  CONSTRAINT parts_key UNIQUE (post, n));
                INSERT INTO posts VALUES (1, 1), (2, 2), (3, 3);
                INSERT INTO parts SELECT p, n, 'text', '2020-01-01', NULL FROM generate_series(1, 3) p, generate_series(1, 2) n;
                """;
        String map = SUBJECT + """
                tables:
                  people: { erase: { anonymize: { email: "x{key}", name: "{{{key}}}" } } }
                  posts: { subject: author, erase: { keep: it is a public record } }
                  parts:
                    through: posts
                    on: post
                    erase: { anonymize: { body: "of {key}", at: "{now}", tag: "{random}" } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().errors()).isEmpty();
            Receipt receipt = world.erase("1", "3");
            assertThat(receipt.subjects()).isEqualTo(2);
            assertThat(
                            world.database()
                                    .column(
                                            "SELECT concat_ws('/', post, body, at = '2026-05-04 03:02:01Z') FROM parts ORDER BY post, n"))
                    .containsExactly("1/of 1/t", "1/of 1/t", "2/text/f", "2/text/f", "3/of 3/t", "3/of 3/t");
            assertThat(world.database().scalar("SELECT count(DISTINCT tag) FROM parts"))
                    .isEqualTo("4");
            assertThat(world.database().column("SELECT email || name FROM people ORDER BY id"))
                    .containsExactly("x1{1}", "ben@x.orgBen", "x3{3}");
        }
    }

    @Test
    void makesAValueAnewWhereSomebodyElseHasChosenItAlready() {
        String map = SUBJECT
                + "tables:\n  people: { erase: { anonymize: { email: \"gone-{key}@x.invalid\", name: null } } }\n";
        try (MappedDatabase world =
                MappedDatabase.of(PEOPLE + "UPDATE people SET email = 'gone-1@x.invalid' WHERE id = 2;", map)) {
            assertThat(world.check().errors()).isEmpty();
            world.erase("1", "3");
            assertThat(world.database().column("SELECT email FROM people ORDER BY id"))
                    .satisfiesExactly(
                            salted -> assertThat(salted).matches("gone-1-[0-9a-f]{8}@x\\.invalid"),
                            theirs -> assertThat(theirs).isEqualTo("gone-1@x.invalid"),
                            salted -> assertThat(salted).matches("gone-3-[0-9a-f]{8}@x\\.invalid"));
        }
    }

    @Test
    void worksOnNamesThatNeedQuotesCompositeKeysAndPartitions() {
        String sql = """
                CREATE SCHEMA "Sch.ema";
                CREATE TYPE "Sch.ema"."Mood" AS ENUM ('up', 'down');
                CREATE TABLE "Sch.ema"."User" ("tenant Id" uuid, "select" varchar(8), PRIMARY KEY ("tenant Id", "select"));
                INSERT INTO "Sch.ema"."User" SELECT md5(t::text)::uuid, u FROM generate_series(1, 2) t, unnest('{a''b,"q\\"?"}'::text[]) u;
                CREATE TABLE "order" ("tenant Id" uuid, "from" varchar(8), "Mood" "Sch.ema"."Mood" NOT NULL, at date NOT NULL,
                  FOREIGN KEY ("tenant Id", "from") REFERENCES "Sch.ema"."User" ON DELETE SET NULL) PARTITION BY RANGE (at);
                CREATE TABLE order_1 PARTITION OF "order" FOR VALUES FROM ('2020-01-01') TO ('2021-01-01');
                CREATE TABLE order_2 PARTITION OF "order" DEFAULT;
                INSERT INTO "order" SELECT "tenant Id", "select", 'up', d FROM "Sch.ema"."User", unnest('{2020-05-05,2030-05-05}'::date[]) d;
                """;
        String map = """
                version: 1
                subject: { table: '"Sch.ema"."User"', key: ["tenant Id", select] }
                tables:
                  '"Sch.ema"."User"': { erase: delete }
                  order:
                    subject: ["tenant Id", from]
                    erase: { detach: [from], anonymize: { Mood: down } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().errors()).isEmpty();
            String tenant = world.database().scalar("SELECT md5('1')::uuid");
            assertThat(erased(world, tenant + ",q\"?")).hasSize(5);
            assertThat(world.database().column("SELECT concat_ws('/', \"from\", \"Mood\") FROM \"order\" ORDER BY 1"))
                    .containsExactly("a'b/up", "a'b/up", "a'b/up", "a'b/up", "down", "down", "q\"?/up", "q\"?/up");
        }
    }

    @Test
    void takesTheMapsOwnQuestionMarksForWhatTheyAre() {
        String sql = PEOPLE + """
                CREATE TABLE events (person bigint, data jsonb, note text);
                INSERT INTO events VALUES (1, '{"user": 1}', 'a?'), (1, '{"bot": 1}', 'b?');
                """;
        String map = SUBJECT + """
                tables:
                  people: { erase: { anonymize: { email: null, name: { sql: "upper(name) || '?'" } } } }
                  events: { subject: person, where: "data ? 'user' AND note LIKE '%?' -- not the bots?", erase: delete }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("1");
            assertThat(world.database().column("SELECT note FROM events")).containsExactly("b?");
            assertThat(world.database().scalar("SELECT name FROM people WHERE id = 1"))
                    .isEqualTo("ANNA?");
        }
    }

    @Test
    void reassignsToAStandingGhost() {
        String sql = PEOPLE + """
                CREATE TABLE files (id int, owner bigint NOT NULL REFERENCES people);
                INSERT INTO files VALUES (1, 1), (2, 2);
                """;
        String map =
                SUBJECT + "tables:\n  people: { erase: delete }\n  files: { subject: owner, erase: { reassign: 3 } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("1");
            assertThat(world.database().column("SELECT owner::text FROM files ORDER BY id"))
                    .containsExactly("3", "2");
        }
    }

    @Test
    void rollsBackWhenATriggerKeepsWhatShouldGo() {
        String sql = PEOPLE + """
                CREATE TABLE likes (person bigint);
                INSERT INTO likes VALUES (1), (2);
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                CREATE TRIGGER keep BEFORE DELETE ON likes FOR EACH ROW EXECUTE FUNCTION keep();
                """;
        String map = SUBJECT + "tables:\n  people: { erase: delete }\n  likes: { subject: person, erase: delete }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.findings()).contains("side-effect likes");
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("1"))
                    .isInstanceOf(RemainingLinkCheck.RemainingLinkException.class)
                    .hasMessageContaining("likes.link");
            assertThat(world.database().snapshot()).isEqualTo(before);
        }
    }

    @Test
    void rollsBackWhenATriggerKeepsRowsAsTheyAre() {
        String sql = PEOPLE + """
                CREATE TABLE likes (person bigint, note text);
                INSERT INTO likes VALUES (1, 'mine'), (2, 'theirs');
                CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                CREATE TRIGGER keep BEFORE UPDATE ON likes FOR EACH ROW EXECUTE FUNCTION keep();
                """;
        String map = SUBJECT + "tables:\n  people: { erase: delete }\n"
                + "  likes: { subject: person, erase: { anonymize: { note: null } } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.findings()).contains("side-effect likes");
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("1"))
                    .isInstanceOf(ErasureSteps.RowsKeptBackException.class)
                    .hasMessageContaining("likes");
            assertThat(world.database().snapshot()).isEqualTo(before);
            world.database().execute("ALTER TABLE likes DISABLE TRIGGER keep");
            assertThat(world.erase("1").tables()).isNotEmpty();
        }
    }

    @Test
    void rollsBackWhenTheReceiptCannotBeKept() {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, SUBJECT + "tables:\n  people: { erase: delete }\n")) {
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.exeunt().erase(world.map(), List.of("1"), receipt -> {
                        throw new ExeuntException("disk full");
                    }))
                    .hasMessage("disk full");
            assertThat(world.database().snapshot()).isEqualTo(before);
        }
    }

    @Test
    void saysThatItDoesNotKnowWhenTheConnectionIsLostWhileItCommits() {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, SUBJECT + "tables:\n  people: { erase: delete }\n")) {
            String others = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
                    + " WHERE application_name = 'exeunt' AND datname = current_database()";
            assertThatThrownBy(() -> world.exeunt()
                            .erase(
                                    world.map(),
                                    List.of("1"),
                                    receipt -> world.database().scalar(others)))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("not known whether it took effect");
            assertThat(world.database().scalar("SELECT count(*) FROM people")).isEqualTo("3");
        }
    }

    @Test
    void refusesAPlanTheCatalogueHasOutrun() {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, SUBJECT + "tables:\n  people: { erase: delete }\n")) {
            var plan = world.check().planOrThrow();
            world.database().execute("CREATE TABLE likes (person bigint REFERENCES people ON DELETE CASCADE)");
            assertThatThrownBy(() -> world.exeunt().erase(plan, List.of("1"), receipt -> {}))
                    .isInstanceOf(CatalogComparison.CatalogueChangedException.class);
            assertThat(world.database().scalar("SELECT count(*) FROM people")).isEqualTo("3");
        }
    }

    @Test
    void namesConstraintAndTableButNoValueWhenTheDatabaseRefuses() {
        String map = SUBJECT + "tables:\n  people: { erase: { anonymize: { email: \"ben{random}\", name: null } } }\n";
        String sql = PEOPLE
                + "ALTER TABLE people ADD CONSTRAINT polite CHECK (email NOT LIKE 'ben_%' OR email = 'ben@x.org');";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("1"))
                    .isInstanceOfSatisfying(DatabaseException.class, e -> {
                        assertThat(e.constraint()).isEqualTo("polite");
                        assertThat(e.table()).isEqualTo("people");
                    })
                    .hasMessageNotContainingAny("Anna", "x.org", "ben")
                    .hasNoCause();
            assertThat(world.database().snapshot()).isEqualTo(before);
        }
    }

    @Test
    void waitsOnlySoLongForALockAndSaysWhoHoldsIt() throws SQLException {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, SUBJECT + "tables:\n  people: { erase: delete }\n");
                Connection other = world.database().connection();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SET application_name = 'the nightly report'");
            statement.execute("SELECT * FROM people WHERE id = 1 FOR UPDATE");
            assertThatThrownBy(() -> world.erase("1"))
                    .isInstanceOf(DatabaseException.class)
                    .hasMessageContaining("55P03")
                    .hasMessageContaining("the nightly report");
            other.rollback();
            assertThat(world.database().scalar("SELECT count(*) FROM people")).isEqualTo("3");
        }
    }

    @Test
    void makesAConcurrentInsertUnderThePersonFailOnItsOwnSide() throws Exception {
        String sql = PEOPLE + "CREATE TABLE likes (person bigint NOT NULL REFERENCES people);";
        String map = SUBJECT + "tables:\n  people: { erase: delete }\n  likes: { subject: person, erase: delete }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            CompletableFuture<Boolean> refused = new CompletableFuture<>();
            world.exeunt().erase(world.map(), List.of("1"), receipt -> {
                // the insert waits for the commit that follows this
                new Thread(() -> refused.complete(insertFails(world))).start();
                while (!waiting(world)) {
                    Thread.onSpinWait();
                }
            });
            assertThat(refused.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(world.database().scalar("SELECT count(*) FROM likes")).isEqualTo("0");
        }
    }

    private static boolean insertFails(MappedDatabase world) {
        try {
            world.database().execute("INSERT INTO likes VALUES (1)");
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    private static boolean waiting(MappedDatabase world) {
        return !world.database()
                .scalar("SELECT count(*) FROM pg_locks WHERE NOT granted")
                .equals("0");
    }
}
