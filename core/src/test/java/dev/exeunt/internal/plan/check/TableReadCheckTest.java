package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.map.Finding;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that neither a condition nor a rule depends on rows that the erasure deletes or overwrites. */
class TableReadCheckTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text);
            CREATE TABLE lands (id int PRIMARY KEY, name text);
            CREATE TABLE a (id int PRIMARY KEY, p bigint, kind text, n int);
            CREATE INDEX ON a (p);
            CREATE TABLE hearts (id int PRIMARY KEY, a int REFERENCES a, p bigint);
            CREATE INDEX ON hearts (a);
            CREATE INDEX ON hearts (p);
            CREATE VIEW all_hearts AS SELECT a.id AS of, hearts.id FROM a JOIN hearts ON hearts.a = a.id;
            CREATE FUNCTION hearted(int) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM hearts WHERE a = $1)';
            CREATE FUNCTION lying(int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS
                'BEGIN RETURN EXISTS (SELECT 1 FROM hearts h WHERE h.a = $1); END';
            CREATE FUNCTION dynamic(int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS
                'DECLARE b boolean; BEGIN EXECUTE ''SELECT count(*) > 0 FR'' || ''OM hearts'' INTO b; RETURN b; END';
            CREATE FUNCTION passing(int) RETURNS boolean IMMUTABLE LANGUAGE sql AS 'SELECT Hearted ($1)';
            CREATE FUNCTION visible(int) RETURNS boolean IMMUTABLE LANGUAGE sql
                RETURN EXISTS (SELECT FROM all_hearts h WHERE h.of = $1);
            CREATE FUNCTION visible_passing(int) RETURNS boolean IMMUTABLE LANGUAGE sql RETURN NOT hearted($1);
            CREATE FUNCTION calm(int) RETURNS boolean IMMUTABLE LANGUAGE plpgsql AS
                'BEGIN /* from hearts */ -- from hearts
                 RETURN $1 IS DISTINCT FROM 3 AND ''from'' <> trim(both from ''x'') AND extract(year from date ''2020-01-01'') > $1; END';
            CREATE FUNCTION compared(int, int) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT hearted($1)';
            CREATE OPERATOR <~> (LEFTARG = int, RIGHTARG = int, FUNCTION = compared);
            CREATE TYPE wrapped AS (inner_text text);
            CREATE FUNCTION wrapping(int) RETURNS wrapped STABLE LANGUAGE sql AS 'SELECT ROW(''x'')::wrapped FROM hearts';
            CREATE CAST (int AS wrapped) WITH FUNCTION wrapping(int);
            """;

    private static MappedDatabase where(String sql) {
        return where(sql, "");
    }

    private static MappedDatabase where(String sql, String accept) {
        return MappedDatabase.of(SCHEMA, """
                version: 1
                subject: { table: people, key: id }
                tables:
                  people: { erase: delete }
                  a:
                    links:
                      chosen: { subject: p, where: "%s", erase: delete }
                      rest: { subject: p, where: "not (%s)", erase: { anonymize: { kind: null } } }
                  hearts:
                    links:
                      given: { subject: p, erase: delete }
                      of: { through: a, role: chosen, on: a, export: none, erase: delete }
                %s
                """.formatted(sql, sql, accept.isEmpty() ? "" : "accept: { " + accept + " }"));
    }

    private static MappedDatabase rule(String sql) {
        return MappedDatabase.of(SCHEMA, """
                version: 1
                subject: { table: people, key: id }
                tables:
                  people: { erase: delete }
                  a: { subject: p, erase: { anonymize: { kind: { sql: "%s" } } } }
                  hearts: { subject: p, erase: delete }
                accept: { unproven: { a.kind: tried } }
                """.formatted(sql));
    }

    private static List<String> about(MappedDatabase world, String what) {
        return world.check().findings().stream()
                .filter(f -> f.what().equals(what))
                .map(f -> f.code().word() + " " + f.message())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    hearted(id)                                | public.hearted(integer), which may read tables
                    visible(id)                                | public.visible(integer), which reads tables
                    visible_passing(id)                        | public.hearted(integer), which may read tables
                    id <~> n                                   | public.compared(integer,integer), which may read tables
                    ((id::wrapped).inner_text) = 'x'           | public.wrapping(integer), which may read tables
                    table_to_xml('hearts', true, true, '')::text = kind | table_to_xml(regclass,boolean,boolean,text), which reads tables
                    schema_to_xml('public', true, true, '')::text = kind | schema_to_xml(name,boolean,boolean,text), which reads tables
                    pg_stat_get_live_tuples('hearts'::regclass) > 0 | pg_stat_get_live_tuples(oid), which reads tables
                    """)
    void aFunctionThatReadsIsRefusedWhereverItStands(String sql, String said) {
        try (MappedDatabase world = where(sql)) {
            assertThat(about(world, "a.chosen"))
                    .singleElement()
                    .asString()
                    .startsWith("bad-sql")
                    .contains(said, "its answer could change while rows are erased");
            Finding finding = world.check().errors().get(0);
            assertThat(finding.fix().toString())
                    .contains("link through the table")
                    .doesNotContain("IMMUTABLE");
            assertThatThrownBy(() -> world.erase("1")).isInstanceOf(dev.exeunt.map.MapInvalidException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lying(id)", "dynamic(id)", "passing(id)"})
    void aFunctionWhoseLabelMayLieIsAWarningThatMayBeAccepted(String sql) {
        try (MappedDatabase world = where(sql);
                MappedDatabase accepted = where(sql, "unproven: { a.chosen: read, a.rest: read }")) {
            assertThat(about(world, "a.chosen"))
                    .singleElement()
                    .asString()
                    .startsWith("unproven")
                    .contains("labelled IMMUTABLE, but its text looks as if it reads tables");
            assertThat(about(accepted, "a.chosen")).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calm(id)",
                "lower(kind) = 'x'",
                "kind LIKE 'from%'",
                "now() > '2020-01-01'",
                "pg_column_size(kind) > 3",
                "to_char(now(), 'YYYY') > kind"
            })
    void whatDependsOnTheRowAloneMayStand(String sql) {
        try (MappedDatabase world = where(sql)) {
            assertThat(about(world, "a.chosen")).isEmpty();
        }
    }

    /** A receipt that counts a row as deleted is a promise: the erasure ends instead of breaking it. */
    @Test
    void noReceiptCountsARowThatAFunctionHasHiddenFromTheDelete() {
        try (MappedDatabase world = where("lying(id)", "unproven: { a.chosen: read, a.rest: read }")) {
            world.database().execute("""
                    INSERT INTO people VALUES (1, 'a@b.c'), (2, 'd@e.f');
                    INSERT INTO a VALUES (10, 1, 'hm'), (11, 1, 'yub');
                    INSERT INTO hearts VALUES (20, 11, 1), (21, 10, 2);
                    DELETE FROM hearts WHERE id = 21;
                    """);
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("1"))
                    .hasMessageContaining("Nothing was erased")
                    .hasMessageContaining("a.chosen");
            assertThat(world.database().snapshot()).isEqualTo(before);
        }
    }

    @Test
    void aConditionWithAHarmlessFunctionErasesWhatItChooses() {
        try (MappedDatabase world = where("calm(id) and n = 1")) {
            world.database().execute("""
                    INSERT INTO people VALUES (1, 'a@b.c');
                    INSERT INTO a VALUES (10, 1, 'hm', 1), (11, 1, 'yub', 2), (12, 1, 'oh', 1);
                    """);
            assertThat(world.erase("1").tables())
                    .filteredOn(t -> t.table().equals("a"))
                    .allSatisfy(t -> assertThat(t.deleted()).isEqualTo(2));
            assertThat(world.database().column("SELECT id FROM a")).containsExactly("11");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    (SELECT count(*)::text FROM hearts h WHERE h.a = a.id) | reads hearts, whose rows the map deletes
                    (SELECT count(*)::text FROM all_hearts h WHERE h.of = a.id) | reads a, hearts, whose rows the map deletes
                    (SELECT max(b.kind) FROM a b)                          | reads a, whose rows the map deletes
                    (SELECT email FROM people q WHERE q.id = a.p)          | reads people, whose rows the map deletes
                    """)
    void aRuleThatReadsWhatThePlanWritesIsRefused(String sql, String said) {
        try (MappedDatabase world = rule(sql)) {
            assertThat(about(world, "a.kind"))
                    .singleElement()
                    .asString()
                    .startsWith("bad-sql")
                    .contains(said);
        }
    }

    @Test
    void aRuleThatReadsATableWhichThePlanLeavesAloneMayStand() {
        try (MappedDatabase world = rule("(SELECT l.name FROM lands l WHERE l.id = a.n)")) {
            assertThat(about(world, "a.kind")).isEmpty();
        }
    }

    /** On a standby, or without the right TEMPORARY, names alone have to do. */
    @ParameterizedTest
    @CsvSource({"hearted(id), bad-sql", "table_to_xml('hearts'; true; true; '') IS NULL, bad-sql", "lying(id), unproven"
    })
    void namesTellWhatMayReadWhereNoViewCanBeMade(String sql, String code) {
        TestSkip.unless(!TestDatabase.hostile(), "on a hostile path each name is also one of a shadow");
        try (MappedDatabase world = where(sql.replace(';', ','))) {
            world.database().execute("DROP OPERATOR <~> (int, int); DROP CAST (int AS wrapped)");
            String role =
                    world.database().createRole("reader_" + world.database().databaseName());
            world.database()
                    .execute("GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + role + ";"
                            + "ALTER ROLE " + role + " SET default_transaction_read_only = on");
            assertThat(world.exeunt(role, role).check(world.map()).findings())
                    .filteredOn(f -> f.what().equals("a.chosen"))
                    .extracting(f -> f.code().word())
                    .containsExactly(code);
        }
    }
}
