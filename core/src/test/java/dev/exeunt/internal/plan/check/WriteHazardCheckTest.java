package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests findings about inheriting tables, rules on referring tables, and publications. */
class WriteHazardCheckTest {

    private static final String PEOPLE = "CREATE TABLE people (id bigint PRIMARY KEY, name text);";
    private static final String TABLES = "version: 1\nsubject: { table: people, key: id }\ntables:\n";
    private static final String STAYS = "  people: { erase: { anonymize: { name: null } } }\n";
    private static final String GONE = "  people: { erase: delete }\n";

    private static Arguments inheriting(String name, String below, String tables, String... errors) {
        String sql = PEOPLE + "CREATE TABLE a (id int PRIMARY KEY, p bigint REFERENCES people, s text);"
                + "CREATE TABLE a2 (q bigint REFERENCES people) INHERITS (a);" + below;
        return Arguments.of(name, sql, TABLES + STAYS + tables, List.of(errors));
    }

    static Stream<Arguments> inheritance() {
        String written = "  a: { subject: p, erase: { anonymize: { s: %s } } }\n";
        String alone = written.formatted("x") + "not-personal: { a2: x }\n";
        return Stream.of(
                inheriting("nothing of their own", "", alone),
                inheriting("a unique index", "CREATE UNIQUE INDEX ON a2 (s);", alone, "cannot-hold a2.s"),
                inheriting(
                        "NOT NULL",
                        "ALTER TABLE a2 ALTER s SET NOT NULL;",
                        written.formatted("null") + "not-personal: { a2: x }\n",
                        "cannot-hold a2.s"),
                inheriting(
                        "a foreign key",
                        "ALTER TABLE people ADD UNIQUE (name); ALTER TABLE a2 ADD FOREIGN KEY (s) REFERENCES people (name);",
                        written.formatted("\"x{random}\"")
                                + "  a2: { links: { q: { subject: q, erase: { keep: r, retain: [s] } },"
                                + " s: { subject: s, erase: { keep: r } } } }\n",
                        "cannot-hold a2.s",
                        "referenced-key people.name"),
                inheriting(
                        "another rule for the same column",
                        "",
                        written.formatted("x") + "  a2: { subject: q, erase: { anonymize: { s: y } } }\n",
                        "cascades a2"),
                inheriting(
                        "the same rule for the same column",
                        "",
                        written.formatted("x") + "  a2: { subject: q, erase: { anonymize: { s: x } } }\n"),
                inheriting(
                        "a link severed that rows are found by",
                        "",
                        "  a: { subject: p, erase: { detach: true, retain: [s] } }\n"
                                + "  a2: { links: { p: { subject: p, erase: { anonymize: { s: x } } },"
                                + " q: { subject: q, erase: { keep: r, retain: [s] } } } }\n",
                        "cascades a2"),
                inheriting(
                        "rows deleted there that are kept by law here",
                        "",
                        "  a: { subject: p, erase: delete }\n"
                                + "  a2: { subject: q, erase: { keep: { reason: r, basis: b }, retain: [s] } }\n",
                        "cascades a2"),
                inheriting(
                        "deleted both here and there",
                        "",
                        "  a: { subject: p, erase: delete }\n  a2: { subject: q, erase: delete }\n"));
    }

    private static Arguments ruled(String name, String action, String event, String... errors) {
        return ruled(name, action, event, "", errors);
    }

    private static Arguments ruled(String name, String action, String event, String besides, String[] errors) {
        String sql = PEOPLE + "CREATE TABLE a (id int PRIMARY KEY, p bigint REFERENCES people ON DELETE " + action
                + ");" + "CREATE RULE r AS ON " + event + " TO a DO INSTEAD NOTHING;" + besides;
        String erase = event.equals("DELETE") ? "detach" : "delete";
        return Arguments.of(name, sql, TABLES + GONE + "  a: { subject: p, erase: " + erase + " }\n", List.of(errors));
    }

    static Stream<Arguments> rules() {
        return Stream.of(
                ruled("SET NULL, and a rule on updates", "SET NULL", "UPDATE", "side-effect a"),
                ruled("CASCADE, and a rule on deletes", "CASCADE", "DELETE", "side-effect a"),
                ruled("CASCADE, and a rule on updates", "CASCADE", "UPDATE"),
                ruled("NO ACTION", "NO ACTION", "UPDATE"),
                ruled(
                        "CASCADE, and a rule on deletes, where the triggers that check new rows are disabled",
                        "CASCADE",
                        "DELETE",
                        "ALTER TABLE a DISABLE TRIGGER ALL;",
                        new String[] {"side-effect a"}));
    }

    private static Arguments acting(String action, String publish, String erase, String... errors) {
        String sql = PEOPLE + "CREATE TABLE a (id int, p bigint REFERENCES people ON DELETE " + action + ");"
                + "CREATE PUBLICATION pub FOR TABLE a WITH (publish = '" + publish + "');";
        return Arguments.of(
                "ON DELETE " + action + ", publishes " + publish,
                sql,
                TABLES + GONE + "  a: { subject: p, erase: " + erase + " }\n",
                List.of(errors));
    }

    /** What a foreign key does to a table, it does where no row is left to do it to. */
    static Stream<Arguments> actions() {
        return Stream.of(
                acting("CASCADE", "delete", "detach", "replica-identity a.pub.deletes"),
                acting("CASCADE", "update", "delete"),
                acting("SET NULL", "update", "delete", "replica-identity a.pub.updates"),
                acting("SET NULL", "delete", "detach"),
                acting("SET DEFAULT", "update", "delete", "replica-identity a.pub.updates"),
                acting("NO ACTION", "update", "delete"),
                acting("NO ACTION", "delete", "detach"));
    }

    /** Of a table no role of which could be bound nothing more is said. */
    @Test
    void aPublishedTableWhoseLinkIsMisspelledIsSaidOnce() {
        String sql = PEOPLE + "CREATE TABLE a (id int, p bigint REFERENCES people ON DELETE CASCADE);"
                + "CREATE PUBLICATION pub FOR TABLE a;";
        try (MappedDatabase world = MappedDatabase.of(sql, TABLES + GONE + "  a: { subject: pp, erase: delete }\n")) {
            assertThat(world.check().errors()).extracting(Finding::code).containsExactly(FindingCode.UNKNOWN_NAME);
        }
    }

    private static Arguments published(String name, String part, String identity, String erase, String... errors) {
        String sql = PEOPLE + "CREATE TABLE a (id int PRIMARY KEY, p bigint, s text, k int NOT NULL UNIQUE);"
                + "CREATE PUBLICATION pub FOR TABLE a " + part + ";" + identity;
        return Arguments.of(name, sql, TABLES + STAYS + "  a: { subject: p, erase: " + erase + " }\n", List.of(errors));
    }

    static Stream<Arguments> publications() {
        String full = "ALTER TABLE a REPLICA IDENTITY FULL;";
        String byIndex = "ALTER TABLE a REPLICA IDENTITY USING INDEX a_k_key;";
        String generated = "ALTER TABLE a ADD g text GENERATED ALWAYS AS (s || '!') STORED;";
        boolean refused =
                TestDatabase.serverVersion() >= 180000; // before, nothing generated was published, and that was all
        String[] deletes = refused ? new String[] {"replica-identity a.pub.deletes"} : new String[0];
        String[] updates = refused ? new String[] {"replica-identity a.pub.updates"} : new String[0];
        String both = refused ? "WITH (publish_generated_columns = stored)" : "";
        return Stream.of(
                published("a generated column in the whole row, deletes", "", generated + full, "delete", deletes),
                published(
                        "a generated column in the whole row, updates",
                        "",
                        generated + full,
                        "{ anonymize: { s: null }, retain: [k] }",
                        updates),
                published("a generated column beside the identity", "", generated, "delete"),
                published("a generated column that is published", both, generated + full, "delete"),
                published("columns with the key", "(id, s)", "", "delete"),
                published("columns without it", "(p, s)", "", "delete", "replica-identity a.pub.deletes"),
                published(
                        "columns, and the whole row for identity",
                        "(id, s)",
                        full,
                        "delete",
                        "replica-identity a.pub.deletes"),
                published(
                        "columns without the index's", "(id, s)", byIndex, "delete", "replica-identity a.pub.deletes"),
                published("rows by the key", "WHERE (id > 3)", "", "delete"),
                published(
                        "rows by another column",
                        "WHERE (s = 'x')",
                        "",
                        "{ anonymize: { s: null } }",
                        "replica-identity a.pub.updates"),
                published("rows by another column, with the whole row", "WHERE (s = 'x')", full, "delete"),
                published(
                        "rows by another column, inserts only",
                        "WHERE (s = 'x') WITH (publish = insert)",
                        "",
                        "delete"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"inheritance", "rules", "publications", "actions"})
    void refuses(String name, String sql, String map, List<String> errors) {
        TestSkip.unless(
                !sql.contains("PUBLICATION") || TestDatabase.serverVersion() >= 150000,
                name + ": publications in part came with PostgreSQL 15");
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().errors())
                    .extracting(f -> f.code().word() + " " + f.what())
                    .containsExactlyInAnyOrderElementsOf(errors);
        }
    }

    /** Rows of w are rows of g, too: s is below g and w below s, and neither is above both. */
    @Test
    void tablesThatAreAboveEachOtherAreProposedOnceEach() {
        String sql = PEOPLE + """
                CREATE TABLE g (id int PRIMARY KEY, p bigint REFERENCES people);
                CREATE TABLE w (s int, PRIMARY KEY (id)) INHERITS (g);
                CREATE TABLE s (id int PRIMARY KEY, w int REFERENCES w);
                ALTER TABLE w ADD FOREIGN KEY (s) REFERENCES s;
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, TABLES + STAYS + "  g: { subject: p, erase: delete }\n")) {
            List<Finding> unmapped = world.check().errors().stream()
                    .filter(f -> f.code() == FindingCode.UNMAPPED_TABLE)
                    .toList();
            assertThat(unmapped).extracting(Finding::what).containsExactlyInAnyOrder("s", "w");
            assertThat(unmapped)
                    .extracting(f -> ((SuggestedFix.MapEntries) f.fix().paste()).text())
                    .allSatisfy(
                            yaml -> assertThat(yaml).containsOnlyOnce("s: {").containsOnlyOnce("w: {"));
        }
    }

    /** The database itself says so: otherwise the findings above would only prove what this project thinks. */
    @ParameterizedTest(name = "{0}")
    @MethodSource({"rules", "publications", "actions"})
    void andTheDatabaseWouldToo(String name, String sql, String map, List<String> errors) {
        TestSkip.unless(
                !sql.contains("PUBLICATION") || TestDatabase.serverVersion() >= 150000,
                name + ": publications in part came with PostgreSQL 15");
        boolean updates = map.contains("  a: { subject: p, erase: { anonymize");
        String write = sql.contains("REFERENCES people")
                ? "DELETE FROM people"
                : updates ? "UPDATE a SET s = NULL" : "DELETE FROM a";
        try (TestDatabase database = TestDatabase.createFrom(sql)) {
            database.execute("INSERT INTO people VALUES (1, 'n')");
            String[] columns = sql.contains("k int") ? new String[] {"1, 1, 'x', 1"} : new String[] {"1, NULL"};
            Arrays.stream(columns).forEach(c -> database.execute("INSERT INTO a VALUES (" + c + ")"));
            assertThat(refused(database, write)).isEqualTo(!errors.isEmpty());
        }
    }

    private static boolean refused(TestDatabase database, String write) {
        try {
            database.execute(write);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }
}
