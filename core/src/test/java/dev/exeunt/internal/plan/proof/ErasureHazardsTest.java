package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests errors for maps whose erasure would fail on a key or would change which rows a role reaches. */
class ErasureHazardsTest {

    private static final String PEOPLE =
            "CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, name varchar(10) NOT NULL);";
    private static final String SUBJECT =
            "version: 1\nsubject: { table: people, key: id, identifiers: [email] }\ntables:\n";
    private static final String GONE = "  people: { erase: delete }\n";
    private static final String STAYS = "  people: { erase: { anonymize: { email: null, name: x } } }\n";

    private static Arguments unique(String name, String columns, String erase, String... errors) {
        String sql = PEOPLE + "CREATE TABLE a (id int PRIMARY KEY, p bigint REFERENCES people, " + columns + ");";
        return Arguments.of(
                name, sql, SUBJECT + STAYS + "  a: { subject: p, erase: " + erase + " }\n", List.of(errors));
    }

    private static Arguments roles(String name, String roles, String... errors) {
        String sql = PEOPLE + "CREATE TABLE a (id int PRIMARY KEY, p bigint, q bigint, kind text, n int);";
        return Arguments.of(name, sql, SUBJECT + STAYS + "  a: { links: {\n" + roles + " } }\n", List.of(errors));
    }

    private static Arguments other(String name, String sql, String tables, String... errors) {
        return Arguments.of(name, PEOPLE + sql, SUBJECT + tables, List.of(errors));
    }

    static Stream<Arguments> collisions() {
        return Stream.of(
                unique("a constant in a composite key", "s text, UNIQUE (p, s)", "{ anonymize: { s: x } }", "a.s"),
                unique("beside the primary key", "s text, UNIQUE (id, s)", "{ anonymize: { s: x } }"),
                unique("the key, of many rows", "s text UNIQUE", "{ anonymize: { s: \"x{key}\" } }", "a.s"),
                unique("the key, of one row each", "s text UNIQUE, UNIQUE (p)", "{ anonymize: { s: \"x{key}\" } }"),
                unique("something random", "s text UNIQUE, UNIQUE (p, s)", "{ anonymize: { s: \"{random}\" } }"),
                unique("NULL", "s text UNIQUE, UNIQUE (p, s)", "{ anonymize: { s: null } }"),
                unique("a ghost", "UNIQUE (p)", "{ reassign: 3 }", "a.p"),
                unique("a ghost in a composite key", "s int, UNIQUE (p, s)", "{ reassign: 3, retain: [s] }", "a.p"),
                unique(
                        "NULLS NOT DISTINCT",
                        "s int, UNIQUE NULLS NOT DISTINCT (p, s)",
                        "{ detach: true, retain: [s] }",
                        "a.p"),
                unique(
                        "a generated column",
                        "s text, u text GENERATED ALWAYS AS (upper(s)) STORED UNIQUE",
                        "{ anonymize: { s: x }, retain: [u] }",
                        "a.s"));
    }

    static Stream<Arguments> expressions() {
        String index = "CREATE TABLE a (id int PRIMARY KEY, p bigint, s text, gone timestamptz, off boolean);"
                + "CREATE UNIQUE INDEX ON a (%s);";
        String where = index.formatted("s) WHERE (%s");
        String map = STAYS + "  a: { subject: p, erase: { anonymize: { %s }, retain: [s] } }\n";
        String both = STAYS + "  a: { subject: p, erase: { anonymize: { %s } } }\n";
        return Stream.of(
                other("a constant in an expression", index.formatted("lower(s)"), both.formatted("s: x"), "a.s"),
                other("NULL in an expression", index.formatted("lower(s)"), both.formatted("s: null")),
                other("NULL made a value", index.formatted("coalesce(s, '')"), both.formatted("s: null"), "a.s"),
                other("out of a partial index", where.formatted("gone IS NULL"), map.formatted("gone: \"{now}\"")),
                other("out of one by a boolean", where.formatted("NOT off"), map.formatted("off: true")),
                other("into a partial index", where.formatted("off"), map.formatted("off: true"), "a.off"),
                other(
                        "perhaps into one",
                        where.formatted("off OR gone IS NULL"),
                        map.formatted("gone: \"{now}\""),
                        "a.gone"));
    }

    static Stream<Arguments> interferences() {
        return Stream.of(
                roles(
                        "a rule that moves rows into another role",
                        "x: { subject: p, where: \"kind = 'x'\", erase: delete },"
                                + " y: { subject: p, where: \"kind = 'y'\", erase: { anonymize: { kind: x } } }",
                        "a.kind"),
                roles(
                        "a rule about the role's own where",
                        "x: { subject: p, where: \"kind = 'x'\", erase: { detach: true, anonymize: { kind: null } } },"
                                + " y: { subject: q, erase: { detach: true, retain: [kind] } }"),
                roles(
                        "a link severed that a law keeps rows by",
                        "x: { subject: p, erase: delete }, y: { subject: q, erase: { detach: true, retain: [kind] } },"
                                + " z: { subject: q, erase: { keep: { reason: r, basis: b }, retain: [kind] } }",
                        "a.q"),
                roles(
                        "a where that reads other rows",
                        "x: { subject: p, where: \"EXISTS (SELECT FROM people)\", erase: delete }",
                        "a.x"),
                roles("a where that only says so", "x: { subject: p, where: \"kind = 'select'\", erase: delete }"));
    }

    static Stream<Arguments> references() {
        String team = "CREATE TABLE team (t int, p bigint REFERENCES people, PRIMARY KEY (t, p));"
                + "CREATE TABLE a (t int, p bigint REFERENCES people, FOREIGN KEY (t, p) REFERENCES team);";
        return Stream.of(
                other(
                        "a ghost in one column of a key of two",
                        team,
                        GONE + "  team: { subject: p, erase: delete }\n  a: { subject: p, erase: { reassign: 3 } }\n",
                        "a.p"),
                other(
                        "a template in a foreign key",
                        "CREATE TABLE a (p bigint, mail text REFERENCES people (email));",
                        GONE + "  a: { links: { p: { subject: p, erase: { anonymize: { mail: \"x{key}\" } } },"
                                + " m: { subject: mail, erase: detach } } }\n",
                        "a.mail",
                        "a.mail"),
                other(
                        "integers out of range",
                        "CREATE TABLE a (p bigint, n smallint, m int, b bigint);",
                        STAYS
                                + "  a: { subject: p, erase: { anonymize: { n: 32768, m: 1.5, b: 9223372036854775807 } } }\n",
                        "a.n",
                        "a.m"),
                below("rows below those of a wider role", "role: x"),
                below("rows below those of a narrower role", "role: y", "b.a"),
                below("rows below those of both", "role: [x, y]"),
                other(
                        "rows below in a table that inherits",
                        "CREATE TABLE a (id int PRIMARY KEY, p bigint); CREATE TABLE a2 (PRIMARY KEY (id)) INHERITS (a);"
                                + "CREATE TABLE b (a int REFERENCES a2);",
                        STAYS + "  a: { subject: p, erase: delete }\nnot-personal: { a2: x, b: y }\n",
                        "b.a"));
    }

    /** Rows of y are among those of x. */
    private static Arguments below(String name, String role, String... errors) {
        return other(
                name,
                "CREATE TABLE a (id int PRIMARY KEY, p bigint REFERENCES people, kind text);"
                        + "CREATE TABLE b (a int REFERENCES a);",
                STAYS + "  a: { links: { x: { subject: p, erase: delete },"
                        + " y: { through: people, role: self, on: p, where: \"kind = 'y'\", erase: delete } } }\n"
                        + "  b: { through: a, " + role + ", on: a, erase: delete }\n",
                errors);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"collisions", "expressions", "interferences", "references"})
    void finds(String name, String sql, String map, List<String> errors) {
        TestSkip.unless(
                !sql.contains("NULLS NOT DISTINCT") || TestDatabase.serverVersion() >= 150000,
                name + ": NULLS NOT DISTINCT came with PostgreSQL 15");
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().errors()).extracting(Finding::what).containsExactlyInAnyOrderElementsOf(errors);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"collisions", "expressions", "interferences", "references"})
    void findsWhatIsGoneOnceItsFixIsPasted(String name, String sql, String map, List<String> errors) {
        TestSkip.unless(
                !sql.contains("NULLS NOT DISTINCT") || TestDatabase.serverVersion() >= 150000,
                name + ": NULLS NOT DISTINCT came with PostgreSQL 15");
        FixVerifier.pasted(sql, map);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void refusesAKeyWithoutLimitInAColumnThatHasOne(String type, int errors) {
        String sql = "CREATE TABLE people (id " + type + " PRIMARY KEY, email varchar(60));";
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n"
                + "  people: { erase: { anonymize: { email: \"deleted-{key}\" } } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().errors()).hasSize(errors);
        }
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                Arguments.of("uuid", 0),
                Arguments.of("bigint", 0),
                Arguments.of("varchar(50)", 0),
                Arguments.of("text", 1));
    }
}
