package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that check finds what PostgreSQL reports only during an erasure, or never, and that the fix works. */
class LateDatabaseErrorsTest {

    private static final String PEOPLE =
            "CREATE TABLE people (t int NOT NULL DEFAULT 1, id bigint PRIMARY KEY, email text UNIQUE, UNIQUE (t, id));";
    private static final String SUBJECT =
            "version: 1\nsubject: { table: people, key: id, identifiers: [email] }\ntables:\n";
    private static final String GONE = "  people: { erase: delete }\n";
    private static final String STAYS = "  people: { erase: { anonymize: { email: null } } }\n";
    private static final String KEEP = "  a: { subject: p, erase: { keep: why } }\n";

    private static Arguments trap(String name, String sql, String tables, String... findings) {
        return Arguments.of(name, PEOPLE + sql, SUBJECT + tables, List.of(findings));
    }

    static Stream<Arguments> foreignKeys() {
        String composite = "CREATE TABLE a (id int PRIMARY KEY, t int NOT NULL, p bigint UNIQUE,"
                + " FOREIGN KEY (t, p) REFERENCES people (t, id) ON DELETE SET NULL);";
        String below = "  a: { links: { x: { through: people, role: self, on: [t, p], erase: %s } } }\n";
        return Stream.of(
                trap(
                        "SET NULL of a key of which one part is NOT NULL",
                        composite + "CREATE INDEX ON a (t);",
                        GONE + below.formatted("detach"),
                        "cannot-hold a.t"),
                trap(
                        "the same, of the part that can be",
                        composite + "CREATE INDEX ON a (t);",
                        GONE + below.formatted("{ detach: [p] }")),
                trap(
                        "SET NULL left to the database",
                        composite + "CREATE INDEX ON a (t);",
                        GONE + below.formatted("{ keep: why }"),
                        "cascades a.t, p"),
                trap(
                        "SET DEFAULT, whose row need not be there",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint DEFAULT 0 UNIQUE REFERENCES people ON DELETE SET DEFAULT);",
                        GONE + KEEP,
                        "cascades a.p"),
                trap(
                        "rows of which nobody has decided yet under a row that goes",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE REFERENCES people);",
                        GONE + "  a: { subject: p, erase: undecided }\n",
                        "undecided a.link"),
                trap(
                        "RESTRICT, which does not wait for the commit though it is deferrable",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE REFERENCES people ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED);",
                        GONE + KEEP,
                        "blocks a.p"),
                trap(
                        "a key deferred to the commit, which fails there",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE REFERENCES people DEFERRABLE INITIALLY DEFERRED);",
                        GONE + KEEP,
                        "blocks a.p"),
                trap(
                        "a key that is NOT VALID, which new rows obey",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE);"
                                + "ALTER TABLE a ADD FOREIGN KEY (p) REFERENCES people NOT VALID;",
                        GONE + KEEP,
                        "blocks a.p"),
                trap(
                        "a key whose triggers are disabled, which would leave orphans",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE REFERENCES people ON DELETE CASCADE);"
                                + "ALTER TABLE people DISABLE TRIGGER ALL;",
                        GONE + KEEP,
                        "blocks a.p"),
                trap(
                        "a row kept that refers through NOT NULL to one that goes",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint NOT NULL UNIQUE REFERENCES people);",
                        GONE + KEEP,
                        "blocks a.p"),
                trap(
                        "ON UPDATE CASCADE, which would rewrite other people's rows",
                        "CREATE TABLE a (mail text PRIMARY KEY REFERENCES people (email) ON UPDATE CASCADE);",
                        STAYS + "  a: { subject: mail, erase: detach }\n",
                        "referenced-key people.email",
                        "cannot-hold a.mail"),
                trap(
                        "a CHECK after a key became NULL",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE REFERENCES people ON DELETE SET NULL, n int,"
                                + " CHECK (p IS NOT NULL OR n > 0));",
                        GONE + "  a: { subject: p, erase: detach }\n",
                        "unproven a.a_check"));
    }

    static Stream<Arguments> columns() {
        return Stream.of(
                trap(
                        "an identity column",
                        "CREATE TABLE a (p bigint UNIQUE, n int GENERATED ALWAYS AS IDENTITY);",
                        STAYS + "  a: { subject: p, erase: { anonymize: { n: 0 } } }\n",
                        "cannot-hold a.n"),
                trap(
                        "an identity column that takes values",
                        "CREATE TABLE a (p bigint UNIQUE, n int GENERATED BY DEFAULT AS IDENTITY);",
                        STAYS + "  a: { subject: p, erase: { anonymize: { n: 0 } } }\n"),
                trap(
                        "a domain that is NOT NULL",
                        "CREATE DOMAIN label AS text NOT NULL; CREATE TABLE a (p bigint UNIQUE, n label);",
                        STAYS + "  a: { subject: p, erase: { anonymize: { n: null } } }\n",
                        "cannot-hold a.n"),
                trap(
                        "a domain over a short text",
                        "CREATE DOMAIN code AS varchar(3); CREATE TABLE a (p bigint UNIQUE, n code);",
                        STAYS + "  a: { subject: p, erase: { anonymize: { n: long } } }\n",
                        "cannot-hold a.n",
                        "unproven a.n"),
                trap(
                        "a partition key, whose new value need not have a partition",
                        "CREATE TABLE a (p bigint, k text) PARTITION BY LIST (k); CREATE INDEX ON a (p);"
                                + "CREATE TABLE a1 PARTITION OF a FOR VALUES IN ('x');",
                        STAYS + "  a: { subject: p, erase: { anonymize: { k: y } } }\n",
                        "cannot-hold a.k"));
    }

    private static final String NOTHING =
            "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';";

    static Stream<Arguments> surroundings() {
        String circle = "CREATE TABLE a (id int PRIMARY KEY, b int UNIQUE); CREATE TABLE b (id int PRIMARY KEY,"
                + " a int UNIQUE REFERENCES a, p bigint UNIQUE); ALTER TABLE a ADD FOREIGN KEY (b) REFERENCES b;";
        String circling = STAYS
                + "  b: { erase: delete, links: { mine: { subject: p }, of: { through: a, on: a, export: none } } }\n"
                + "  a: { through: b, role: [mine, of], on: b, erase: delete }\n";
        return Stream.of(
                trap(
                        "a trigger that keeps the row, without an error",
                        NOTHING + "CREATE TABLE a (p bigint UNIQUE);"
                                + "CREATE TRIGGER f BEFORE DELETE ON a FOR EACH ROW EXECUTE FUNCTION f();",
                        STAYS + "  a: { subject: p, erase: delete }\n",
                        "side-effect a"),
                trap(
                        "a trigger of one partition",
                        NOTHING + "CREATE TABLE a (p bigint) PARTITION BY LIST (p); CREATE INDEX ON a (p);"
                                + "CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1);"
                                + "CREATE TRIGGER f BEFORE DELETE ON a1 FOR EACH ROW EXECUTE FUNCTION f();",
                        STAYS + "  a: { subject: p, erase: delete }\n",
                        "side-effect a"),
                trap(
                        "a trigger that is disabled, and one that fires on something else",
                        NOTHING + "CREATE TABLE a (p bigint UNIQUE);"
                                + "CREATE TRIGGER f BEFORE DELETE ON a FOR EACH ROW EXECUTE FUNCTION f();"
                                + "CREATE TRIGGER g BEFORE UPDATE OR INSERT ON a FOR EACH ROW EXECUTE FUNCTION f();"
                                + "ALTER TABLE a DISABLE TRIGGER f;",
                        STAYS + "  a: { subject: p, erase: delete }\n"),
                trap(
                        "a rule in a circle",
                        circle
                                + "CREATE TABLE log (n int); CREATE RULE r AS ON DELETE TO a DO ALSO INSERT INTO log VALUES (1);",
                        circling,
                        "unbreakable-cycle a",
                        "side-effect a"),
                trap("a circle of two, in which nothing interferes", circle, circling),
                trap(
                        "a publication of all tables",
                        "CREATE TABLE a (p bigint); CREATE INDEX ON a (p); CREATE PUBLICATION pub FOR ALL TABLES;",
                        STAYS + "  a: { subject: p, erase: delete }\n",
                        "replica-identity a.pub.deletes"),
                trap(
                        "a publication of partitions",
                        "CREATE TABLE a (p bigint) PARTITION BY LIST (p); CREATE INDEX ON a (p);"
                                + "CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1); CREATE PUBLICATION pub FOR TABLE a;",
                        STAYS + "  a: { subject: p, erase: delete }\n",
                        "replica-identity a.pub.deletes"),
                trap(
                        "a copy of a partition",
                        "CREATE TABLE a (p bigint) PARTITION BY LIST (p); CREATE INDEX ON a (p);"
                                + "CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1);"
                                + "CREATE MATERIALIZED VIEW \"The Copy\" AS SELECT * FROM a1;",
                        STAYS + "  a: { subject: p, erase: delete }\n",
                        "copies a.public.\"The Copy\""));
    }

    /** A value that the database refuses is an error, one that it takes is none; what is not certain is a warning. */
    @ParameterizedTest(name = "{1} in {0}")
    @CsvSource(delimiter = ';', textBlock = """
            uuid; none; cannot-hold
            uuid; {a0eebc99-9c0b4ef8-bb6d6bb9-bd380a11};
            jsonb; none; cannot-hold
            jsonb; {} {}; cannot-hold
            json; [];
            date; never; cannot-hold
            date; 2023-02-29; cannot-hold
            timestamptz; 2024-02-29 10:00:00Z;
            timestamptz; infinity;
            date; 1 January 1970; unproven
            numeric(4,1); 1000; cannot-hold
            numeric(4,1); 999.9;
            numeric(4,1); 999.96; cannot-hold
            float8; 1e999; cannot-hold
            text[]; none; unproven
            text[]; {};
            inet; nowhere; unproven
            """)
    void saysOfAValueWhatTheDatabaseDoes(String type, String value, String code) {
        String sql = "CREATE TABLE people (id bigint PRIMARY KEY, v " + type + ");";
        String written = value.replace("{", "{{").replace("}", "}}");
        String map = SUBJECT.replace(", identifiers: [email]", "") + "  people: { erase: { anonymize: { v: '" + written
                + "' } } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.findings()).isEqualTo(code == null ? List.of() : List.of(code + " people.v"));
            Throwable refused = catchThrowable(() ->
                    world.database().execute("INSERT INTO people VALUES (1, CAST('" + value + "' AS " + type + "))"));
            if (code == null) {
                assertThat(refused).isNull();
            } else if (code.equals("cannot-hold")) {
                assertThat(refused).isNotNull();
            }
        }
        FixVerifier.pasted(sql, map);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"foreignKeys", "columns", "surroundings"})
    void isFoundAndGoneOnceItsFixIsPasted(String name, String sql, String map, List<String> expected) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.findings()).containsExactlyInAnyOrderElementsOf(expected);
        }
        FixVerifier.pasted(sql, map);
    }
}
