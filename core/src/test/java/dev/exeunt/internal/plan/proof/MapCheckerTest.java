package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.map.Finding;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code check} finds, and what it lets pass. */
class MapCheckerTest {

    private static final String PEOPLE =
            "CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, name varchar(10) NOT NULL);";
    private static final String SUBJECT = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
            """;
    private static final String GONE = "  people: { erase: delete }\n";
    private static final String STAYS = "  people: { erase: { anonymize: { email: null, name: x } } }\n";

    private static Arguments finds(String name, String sql, String tables, String... findings) {
        return Arguments.of(name, PEOPLE + sql, SUBJECT + tables, List.of(findings));
    }

    static Stream<Arguments> findings() {
        return Stream.of(
                finds("a table on the path", "CREATE TABLE a (p bigint REFERENCES people);", STAYS, "unmapped-table a"),
                finds(
                        "a table two steps down the path",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint REFERENCES people); CREATE TABLE b (a int REFERENCES a);",
                        STAYS + "  a: { subject: p, erase: detach }\n",
                        "unmapped-table b",
                        "unindexed a.p"),
                finds("a column that looks like the key", "CREATE TABLE a (people_id int);", STAYS, "unmapped-table a"),
                finds(
                        "a second key to the subject",
                        "CREATE TABLE a (p bigint REFERENCES people, q bigint REFERENCES people);",
                        STAYS + "  a: { subject: p, erase: detach }\n",
                        "unmapped-role a.q",
                        "third-party a.q",
                        "unindexed a.p"),
                finds(
                        "no fate and an undecided one",
                        "CREATE TABLE a (p bigint PRIMARY KEY); CREATE TABLE b (p bigint PRIMARY KEY);",
                        STAYS + "  a: { subject: p }\n  b: { subject: p, erase: undecided }\n",
                        "no-fate a.link",
                        "undecided b.link"),
                finds(
                        "a row that stays and refers to one that goes",
                        "CREATE TABLE a (p bigint PRIMARY KEY REFERENCES people);",
                        GONE + "  a: { subject: p, erase: { keep: why } }\n",
                        "blocks a.p"),
                finds(
                        "a cascade into rows the map keeps",
                        "CREATE TABLE a (p bigint PRIMARY KEY REFERENCES people ON DELETE CASCADE);",
                        GONE + "  a: { subject: p, erase: { keep: why } }\n",
                        "cascades a.p"),
                finds(
                        "other people's rows under a row that goes",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE REFERENCES people);"
                                + "CREATE TABLE b (a int PRIMARY KEY REFERENCES a ON DELETE CASCADE, p bigint UNIQUE REFERENCES people);",
                        GONE + "  a: { subject: p, erase: delete }\n  b: { subject: p, erase: delete }\n",
                        "cascades b.a"),
                finds(
                        "a link that only reaches some of the rows",
                        "CREATE TABLE a (p bigint PRIMARY KEY REFERENCES people, kind text);",
                        GONE + "  a: { subject: p, where: \"kind = 'x'\", erase: delete }\n",
                        "blocks a.p"),
                finds(
                        "a law that keeps what another role deletes",
                        "CREATE TABLE a (p bigint PRIMARY KEY REFERENCES people, q bigint UNIQUE REFERENCES people);",
                        GONE
                                + "  a: { links: { p: { subject: p, erase: delete },"
                                + " q: { subject: q, erase: { keep: { reason: r, basis: b } } } } }\n",
                        "blocks a.p",
                        "blocks a.q",
                        "third-party a.p",
                        "third-party a.q"),
                finds(
                        "NULL into NOT NULL and into a primary key",
                        "CREATE TABLE a (p bigint NOT NULL UNIQUE); CREATE TABLE b (p bigint PRIMARY KEY);",
                        STAYS + "  a: { subject: p, erase: detach }\n  b: { subject: p, erase: detach }\n",
                        "cannot-hold a.p",
                        "cannot-hold b.p"),
                finds(
                        "values that do not fit",
                        "CREATE TYPE mood AS ENUM ('up'); CREATE TABLE a (p bigint UNIQUE, m mood, n int, s varchar(3), t varchar(8) UNIQUE,"
                                + " g int GENERATED ALWAYS AS (n + 1) STORED, at timestamptz, b boolean);",
                        STAYS + "  a: { subject: p, erase: { anonymize: { m: down, n: many, s: long, t: same, g: 1,"
                                + " at: \"{key}\", b: perhaps } } }\n",
                        "cannot-hold a.m",
                        "cannot-hold a.n",
                        "cannot-hold a.s",
                        "cannot-hold a.t",
                        "cannot-hold a.g",
                        "cannot-hold a.at",
                        "cannot-hold a.b"),
                finds(
                        "rows that belong to a row that goes, and stay",
                        "CREATE TABLE files (id int PRIMARY KEY); CREATE TABLE kinds (id int PRIMARY KEY);"
                                + "CREATE TABLE a (p bigint UNIQUE, file int UNIQUE REFERENCES files, kind int REFERENCES kinds);",
                        STAYS + "  a: { subject: p, erase: delete }\n",
                        "left-behind files"),
                finds(
                        "a template with no room for another try",
                        "CREATE TABLE a (p bigint UNIQUE, s varchar(25) UNIQUE, t varchar(25));",
                        STAYS + "  a: { subject: p, erase: { anonymize: { s: \"gone{key}\", t: \"gone{key}\" } } }\n",
                        "cannot-hold a.s"),
                finds(
                        "half of a MATCH FULL key",
                        "CREATE TABLE d (x int, p bigint, PRIMARY KEY (x, p));"
                                + "CREATE TABLE a (x int, p bigint UNIQUE, FOREIGN KEY (x, p) REFERENCES d MATCH FULL);",
                        STAYS + "  a: { subject: p, erase: detach }\n",
                        "cannot-hold a.x, p"),
                finds(
                        "a column others refer to",
                        "CREATE TABLE a (p bigint UNIQUE, code text UNIQUE); CREATE TABLE c (code text REFERENCES a (code));",
                        STAYS + "  a: { subject: p, erase: { anonymize: { code: null } } }\n"
                                + "  c: { through: a, on: code, erase: detach }\n",
                        "referenced-key a.code",
                        "unindexed c.code"),
                finds(
                        "free text that outlives the erasure",
                        "CREATE TABLE a (p bigint UNIQUE, body text, at date, ip inet, city int, ok boolean);",
                        STAYS + "  a: { subject: p, erase: { anonymize: { body: null } } }\n",
                        "unnamed-column a.ip"),
                finds(
                        "a secret in the export",
                        "CREATE TABLE a (p bigint UNIQUE, \"apiTokenHash\" text, token_expires_at date);",
                        STAYS + "  a: { subject: p, erase: delete }\n",
                        "secret-exported a.apiTokenHash"),
                finds(
                        "a circle with a trigger in it",
                        "CREATE TABLE a (id int PRIMARY KEY, b int UNIQUE); CREATE TABLE b (id int PRIMARY KEY, a int UNIQUE REFERENCES a,"
                                + " p bigint UNIQUE); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;"
                                + "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END';"
                                + "CREATE TRIGGER f BEFORE DELETE ON a FOR EACH ROW EXECUTE FUNCTION f();",
                        STAYS
                                + "  b: { erase: delete, links: { mine: { subject: p }, of: { through: a, on: a } } }\n"
                                + "  a: { through: b, role: [mine, of], on: b, erase: delete }\n",
                        "unbreakable-cycle a",
                        "third-party b.p",
                        "side-effect a"),
                finds(
                        "a rule that does something else",
                        "CREATE TABLE a (p bigint UNIQUE); CREATE RULE r AS ON DELETE TO a DO INSTEAD NOTHING;",
                        STAYS + "  a: { subject: p, erase: delete }\n",
                        "side-effect a"),
                finds(
                        "names that are not there",
                        "CREATE TABLE likes (p bigint UNIQUE);",
                        STAYS + "  lykes: { subject: p, erase: delete }\n  likes: { subject: pp, erase: delete }\n",
                        "unknown-name lykes",
                        "unknown-name likes.pp"),
                finds(
                        "constraints only the database can answer for",
                        "CREATE DOMAIN mail AS text CHECK (VALUE LIKE '%@%'); CREATE TABLE a (p bigint UNIQUE, n int CHECK (n > 0),"
                                + " m mail, x int, k int CHECK (k > 0), EXCLUDE (x WITH =));",
                        STAYS
                                + "  a: { subject: p, erase: { anonymize: { n: 0, m: none, x: null, k: { sql: \"k + 1\" } } } }\n",
                        "unproven a.a_n_check",
                        "unproven a.m",
                        "unproven a.a_x_excl",
                        "unproven a.k",
                        "unproven a.a_k_check"),
                finds(
                        "a partition key that would change",
                        "CREATE TABLE a (p bigint, d date) PARTITION BY RANGE (d); CREATE INDEX ON a (p);",
                        STAYS + "  a: { subject: p, erase: { anonymize: { d: null } } }\n",
                        "cannot-hold a.d"),
                finds(
                        "publications without replica identity",
                        "CREATE TABLE a (p bigint, t text); CREATE INDEX ON a (p); CREATE TABLE b (p bigint); CREATE INDEX ON b (p);"
                                + "CREATE TABLE c (p bigint PRIMARY KEY); CREATE PUBLICATION pub FOR TABLE a, b, c;",
                        STAYS
                                + "  a: { subject: p, erase: { anonymize: { t: null } } }\n  b: { subject: p, erase: delete }\n"
                                + "  c: { subject: p, erase: delete }\n",
                        "replica-identity a.pub.updates",
                        "replica-identity b.pub.deletes"),
                finds(
                        "copies that keep what was erased",
                        "CREATE TABLE a (p bigint UNIQUE); CREATE VIEW v AS SELECT * FROM a; CREATE MATERIALIZED VIEW m AS SELECT * FROM v;",
                        STAYS + "  a: { subject: p, erase: delete }\n",
                        "copies a.public.m"),
                finds(
                        "an export that identifies another person",
                        "CREATE TABLE a (p bigint UNIQUE REFERENCES people, q bigint UNIQUE);",
                        STAYS
                                + "  a: { erase: delete, links: { p: { subject: p, export: { except: [q] } }, q: { subject: q } } }\n",
                        "third-party a.p"),
                Arguments.of(
                        "a map for another database",
                        "CREATE TABLE orders (id int)",
                        SUBJECT + GONE + "  likes: { subject: p, erase: delete }\n",
                        List.of("unknown-name people")),
                finds(
                        "a link of another type",
                        "CREATE TABLE a (p uuid UNIQUE);",
                        STAYS + "  a: { subject: p, erase: delete }\n",
                        "cannot-hold a.p"),
                finds(
                        "several roles and none named",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE, q bigint UNIQUE); CREATE TABLE b (a int UNIQUE);",
                        STAYS + "  a: { erase: delete, links: { p: { subject: p }, q: { subject: q } } }\n"
                                + "  b: { through: a, on: a, erase: delete }\n",
                        "unknown-name a",
                        "third-party a.p",
                        "third-party a.q"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("findings")
    void finds(String name, String sql, String map, List<String> expected) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.findings()).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(world.check().findings()).allSatisfy(f -> {
                assertThat(f.at().file()).isEqualTo("exeunt.yaml");
                assertThat(f.message()).isNotBlank();
                assertThat(f.fix().toString()).isNotBlank();
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("findings")
    void findsWhatIsGoneOnceItsFixIsPasted(String name, String sql, String map, List<String> expected) {
        FixVerifier.pasted(sql, map);
    }

    static Stream<Arguments> sound() {
        return Stream.of(
                finds(
                        "a key that carries the subject along",
                        "CREATE TABLE a (p bigint REFERENCES people, n int, PRIMARY KEY (p, n));"
                                + "CREATE TABLE b (p bigint, n int, PRIMARY KEY (p, n), FOREIGN KEY (p, n) REFERENCES a);",
                        GONE + "  a: { subject: p, erase: delete }\n  b: { subject: p, erase: delete }\n"),
                finds(
                        "a key to a unique column of the subject",
                        "CREATE TABLE a (mail text PRIMARY KEY REFERENCES people (email));",
                        GONE + "  a: { subject: mail, erase: delete }\n"),
                finds(
                        "a rule that lets go without the word detach",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE REFERENCES people ON DELETE SET NULL);",
                        GONE + "  a: { subject: p, erase: { anonymize: { p: null } } }\n"),
                finds(
                        "an int link to a bigint key",
                        "CREATE TABLE a (people_id int UNIQUE);",
                        GONE + "  a: { subject: people_id, erase: delete }\n"),
                finds(
                        "a table declared nobody's",
                        "CREATE TABLE a (people_id int UNIQUE);",
                        GONE + "not-personal: { a: a counter of nations }\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("sound")
    void letsPass(String name, String sql, String map, List<String> none) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().findings()).isEqualTo(none);
        }
    }

    @Test
    void ordersChildrenBeforeParentsWhateverTheMapsOrder() {
        String sql = PEOPLE + """
                CREATE TABLE z (id int PRIMARY KEY, p bigint UNIQUE REFERENCES people);
                CREATE TABLE m (id int PRIMARY KEY, z int UNIQUE REFERENCES z);
                CREATE TABLE b (id int PRIMARY KEY, m int UNIQUE REFERENCES m);
                """;
        String map = SUBJECT + GONE + """
                  b: { through: m, on: m, erase: delete }
                  z: { subject: p, erase: delete }
                  m: { through: z, on: z, erase: delete }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            Plan plan = world.check().planOrThrow();
            assertThat(plan.tables()).extracting(t -> t.name().name()).containsExactly("people", "z", "m", "b");
            assertThat(plan.steps())
                    .extracting(s ->
                            ((PlanStep.DeleteStep) s).tables().get(0).name().name())
                    .containsExactly("b", "m", "z", "people");
        }
    }

    @Test
    void acceptsAWarningTheMapGivesAReasonFor() {
        String sql = PEOPLE + "CREATE TABLE a (p bigint);";
        String map = SUBJECT + GONE
                + "  a: { subject: p, erase: delete }\naccept: { unindexed: { a.p: it is a small table } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().findings()).isEmpty();
            assertThat(world.check().accepted()).extracting(Finding::what).containsExactly("a.p");
        }
    }

    @Test
    void makesTheSamePlanOfAMapWithAnotherLayoutAndAnotherPlanOfAnotherRule() {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE, SUBJECT + STAYS);
                MappedDatabase commented = MappedDatabase.of(PEOPLE, SUBJECT + "  # a comment\n" + STAYS);
                MappedDatabase other = MappedDatabase.of(PEOPLE, SUBJECT + STAYS.replace("name: x", "name: y"))) {
            String digest = world.check().planOrThrow().digest();
            assertThat(commented.check().planOrThrow().digest()).isEqualTo(digest);
            assertThat(other.check().planOrThrow().digest()).isNotEqualTo(digest);
        }
    }

    @Test
    void namesMissingRightsWithTheGrantThatGivesThem() {
        String sql = PEOPLE + "CREATE SCHEMA app; CREATE TABLE app.a (p bigint UNIQUE);";
        String map = SUBJECT + GONE + "  app.a: { subject: p, erase: delete }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            String role = world.database().createRole("clerk");
            var clerk = world.exeunt(role, role);
            assertThat(clerk.check(world.map()).errors())
                    .extracting(f -> f.code().word())
                    .containsOnly("no-rights");
            clerk.grants(world.map(), role).forEach(world.database()::execute);
            assertThat(clerk.check(world.map()).errors()).isEmpty();
            world.database().execute("ALTER TABLE people ENABLE ROW LEVEL SECURITY");
            assertThat(clerk.check(world.map()).errors())
                    .extracting(f -> f.code().word())
                    .containsOnly("cannot-see");
        }
    }
}
