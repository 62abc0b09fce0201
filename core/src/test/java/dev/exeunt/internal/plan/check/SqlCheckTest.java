package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.plan.proof.MapChecker;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import dev.exeunt.testkit.TestSkip;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that the map's SQL is validated by the database before any command runs it. */
class SqlCheckTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text);
            CREATE TYPE mood AS ENUM ('up', 'down');
            CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE, kind text, n int, s varchar(5), m mood, tags text[]);
            CREATE SEQUENCE numbers;
            CREATE FUNCTION calm(int) RETURNS int IMMUTABLE LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''run''; END';
            CREATE FUNCTION touch(int) RETURNS int VOLATILE LANGUAGE sql AS 'SELECT $1';
            CREATE FUNCTION twist(int, int) RETURNS boolean VOLATILE LANGUAGE sql AS 'SELECT $1 > $2';
            CREATE FUNCTION liked(int) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM people WHERE id = $1)';
            CREATE OPERATOR <~> (LEFTARG = int, RIGHTARG = int, FUNCTION = twist);
            """;

    private static MappedDatabase world(String table) {
        return MappedDatabase.of(
                SCHEMA,
                "version: 1\nsubject: { table: people, key: id }\naccept: { unproven: { a.n: tried, a.s: tried, a.m: tried } }\n"
                        + "tables:\n  people: { erase: delete }\n  a:\n    subject: p\n" + table);
    }

    private static MappedDatabase where(String sql) {
        return world("    where: |-\n      " + sql.replace("\n", "\n      ") + "\n    erase: delete\n");
    }

    private static MappedDatabase rule(String column, String sql) {
        return world("    erase:\n      anonymize:\n        " + column + ":\n          sql: |-\n            "
                + sql.replace("\n", "\n            ") + "\n      retain: [kind, " + (column.equals("s") ? "" : "s, ")
                + "tags]\n");
    }

    private static List<Finding> errors(MappedDatabase world) {
        return world.check().errors();
    }

    private static String message(MappedDatabase world) {
        try (world) {
            List<Finding> errors = errors(world);
            assertThat(errors).extracting(Finding::code).containsExactly(FindingCode.BAD_SQL);
            return errors.get(0).message();
        }
    }

    static Stream<Arguments> conditions() {
        return Stream.of(
                Arguments.of("kind = 'x') OR (true", "at its character 11 () OR (true): the ) closes nothing"),
                Arguments.of("kind = 'x'; DELETE FROM a", "the ; would end the statement"),
                Arguments.of("kind = 'x", "the quote is never closed"),
                Arguments.of("kind = $q$x", "the quote $q$ is never closed"),
                Arguments.of("n = (1 + 2", "the ( is never closed"),
                Arguments.of("n = 1 /* why /* nested */", "the comment is never closed"),
                Arguments.of("-- nothing", "nothing in it but blanks and comments"),
                Arguments.of("n = $1", "$1 is a parameter"),
                Arguments.of("knd = 'x'", "at its character 1 (knd = 'x'): column \"knd\" does not exist"),
                Arguments.of("kind = 'x' AND\n  nn = 1", "at its character 18 (nn = 1): column \"nn\" does not exist"),
                Arguments.of("kind = 'ü😀' AND nn = 1", "at its character 17 (nn = 1)"),
                Arguments.of("n + 1", "argument of WHERE must be type boolean, not type integer"),
                Arguments.of("n = 'many'", "invalid input syntax for type integer"),
                Arguments.of("count(*) > 1", "aggregate functions are not allowed in WHERE"),
                Arguments.of("n, 1", "argument of WHERE must be type boolean"),
                Arguments.of("random() < 0.5", "calls random()"),
                Arguments.of("n < coalesce(abs(2 * floor(random())::int), 1)", "calls random()"),
                Arguments.of("id <~> n", "calls public.twist(integer,integer)"),
                Arguments.of("n <~> ANY (ARRAY[1, 2])", "calls public.twist(integer,integer)"),
                Arguments.of("n = CASE WHEN kind = 'x' THEN public.touch(1) END", "calls public.touch(integer)"),
                Arguments.of("clock_timestamp() > now()", "calls clock_timestamp()"));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void aWhereThatIsNoConditionIsAnError(String sql, String said) {
        assertThat(message(where(sql))).startsWith("the where of a.link ").contains(said);
    }

    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of("n", "kind", "column \"n\" is of type integer but expression is of type text"),
                Arguments.of("n", "lower(", "the ( is never closed"),
                Arguments.of("n", "1, m = 'up'", "is of type integer but expression is of type record"),
                Arguments.of("n", "count(*)", "aggregate functions are not allowed in UPDATE"),
                Arguments.of("n", "generate_series(1, 2)", "set-returning functions are not allowed in UPDATE"),
                Arguments.of("n", "nextval('numbers')", "calls nextval(regclass)"),
                Arguments.of("m", "'sideways'", "invalid input value for enum mood"),
                Arguments.of("s", "left(gen_random_uuid()::text, 5)", "calls gen_random_uuid()"));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aRuleWhoseSqlIsNoValueOfItsColumnIsAnError(String column, String sql, String said) {
        assertThat(message(rule(column, sql)))
                .startsWith("the sql for a." + column + " ")
                .contains(said);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kind = 'a;b)' -- it's (",
                "kind = E'it\\'s;' AND n = 1",
                "kind = E'one'\n'it\\'s;'",
                "kind = $$;)$$ /* ; ( /* ' */ */",
                "\"kind\" = 'x' AND (n IS NULL OR n <> ALL (ARRAY[1, 2]))",
                "tags ? 'x' IS NULL",
                "now() > '2020-01-01'",
                "calm(1) = 2"
            })
    void whatIsOneConditionMayStand(String sql) {
        String schema = sql.contains("?") ? sql.replace("tags ? 'x'", "'{}'::jsonb ? 'x'") : sql;
        try (MappedDatabase world = where(schema)) {
            assertThat(errors(world)).isEmpty();
        }
    }

    @Test
    void everyFaultIsToldAtOnceAndPointsAtItsText() {
        try (MappedDatabase world =
                world("    where: \"knd = 1\"\n    erase: { anonymize: { n: { sql: \"random()\" },\n"
                        + "        m: { sql: \"kind\" } }, retain: [kind, s, tags] }\n")) {
            assertThat(errors(world))
                    .extracting(f -> f.at() + " " + f.code().word() + " " + f.what())
                    .containsExactly(
                            "exeunt.yaml:8:12 bad-sql a.link",
                            "exeunt.yaml:9:37 bad-sql a.n",
                            "exeunt.yaml:10:19 bad-sql a.m");
        }
    }

    @Test
    void noCommandRunsWhatIsAtFault() {
        try (MappedDatabase world = where("touch(1) = 1")) {
            world.database().execute("INSERT INTO people VALUES (1, 'a@b'); INSERT INTO a VALUES (1, 1)");
            var before = world.database().snapshot();
            for (org.assertj.core.api.ThrowableAssert.ThrowingCallable command :
                    List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                            () -> world.exeunt().preview(world.map(), List.of("1")),
                            () -> world.erase("1"),
                            () -> world.exeunt().rehearse(world.map(), List.of("1"), 0),
                            () -> world.exeunt().verify(world.map(), List.of("1"), List.of()),
                            () -> world.exeunt()
                                    .export(
                                            world.map(),
                                            "1",
                                            new java.io.ByteArrayOutputStream(),
                                            dev.exeunt.map.ExportSettings.BundleFormat.JSON))) {
                assertThat(org.assertj.core.api.Assertions.catchThrowable(command))
                        .isInstanceOf(dev.exeunt.map.MapInvalidException.class)
                        .hasMessageContaining("bad-sql: the where of a.link calls public.touch(integer)");
            }
            assertThat(world.database().snapshot()).isEqualTo(before);
        }
    }

    /** Between two statements of an erasure such a function would answer differently, and rows would be left behind. */
    @Test
    void aFunctionThatMayReadTablesIsRefusedAsAQueryIs() {
        String why = "calls public.liked(integer), which may read tables (it is not IMMUTABLE)";
        assertThat(message(where("liked(id)"))).contains("the where of a.link " + why);
        assertThat(message(where("NOT (kind = 'x' AND public.liked(id))"))).contains(why);
        assertThat(message(rule("n", "CASE WHEN liked(id) THEN 1 END"))).contains(why);
    }

    /** {@code now()} and {@code to_char} are built in and STABLE: they read no table. */
    @Test
    void aStableFunctionThatIsBuiltInMayStand() {
        try (MappedDatabase world = where("to_char(now(), 'YYYY') > kind")) {
            assertThat(errors(world)).isEmpty();
        }
    }

    @Test
    void sqlThatNobodyTriedMakesNoPlan() {
        try (MappedDatabase world = where("kind = 'x'")) {
            assertThat(MapChecker.check(world.map(), TestSchemaReader.schema(world.database()))
                            .errors())
                    .extracting(Finding::message)
                    .containsExactly("the where of a.link has not been tried on the database.");
        }
    }

    @Test
    void aFunctionThatTheRoleMayNotCallIsMissingRights() {
        try (MappedDatabase world = where("calm(n) = 1 AND kind = 'x'")) {
            String role = restricted(world.database());
            world.database().execute("REVOKE EXECUTE ON FUNCTION calm(int) FROM public");
            assertThat(world.exeunt(role, role).check(world.map()).errors())
                    .extracting(f -> f.code().word() + " " + f.fix())
                    .containsExactly("no-rights GRANT EXECUTE ON FUNCTION public.calm(integer) TO \"" + role
                            + "\";\nor do without it");
        }
    }

    @Test
    void withoutTemporaryViewsNamesTellWhatTheyCan() {
        TestSkip.unless(!TestDatabase.hostile(), "on a hostile path each name is also one of a shadow");
        try (MappedDatabase calm = where("n > 1 AND lower(kind) = 'x'");
                MappedDatabase called = where("\"random\"() < 1");
                MappedDatabase doubtful = where("touch = 1")) {
            for (MappedDatabase world : List.of(calm, called, doubtful)) {
                world.database().execute("ALTER TABLE a ADD COLUMN touch int; DROP OPERATOR <~> (int, int)");
                world.database()
                        .execute("REVOKE TEMPORARY ON DATABASE "
                                + world.database().databaseName() + " FROM public");
            }
            assertThat(said(calm)).isEmpty();
            assertThat(said(called)).containsExactly("bad-sql a.link");
            assertThat(said(doubtful)).containsExactly("unproven a.link");
        }
    }

    @Test
    void anOperatorMadeOfAFunctionThatChangesLeavesNamesInDoubt() {
        try (MappedDatabase world = where("n > 1")) {
            world.database()
                    .execute("REVOKE TEMPORARY ON DATABASE " + world.database().databaseName() + " FROM public");
            assertThat(said(world)).containsExactly("unproven a.link");
        }
    }

    @Test
    void aReadOnlySessionTriesWhatItCan() {
        try (MappedDatabase world = where("n > 1 AND knd = 'x'");
                MappedDatabase random = where("random() < 1")) {
            for (MappedDatabase one : List.of(world, random)) {
                String role = restricted(one.database());
                one.database().execute("ALTER ROLE " + role + " SET default_transaction_read_only = on");
                assertThat(one.exeunt(role, role).check(one.map()).errors())
                        .extracting(Finding::code)
                        .containsExactly(FindingCode.BAD_SQL);
            }
        }
    }

    private static List<String> said(MappedDatabase world) {
        String role = restricted(world.database());
        return world.exeunt(role, role).check(world.map()).findings().stream()
                .filter(f -> f.what().equals("a.link"))
                .map(f -> f.code().word() + " " + f.what())
                .toList();
    }

    private static String restricted(TestDatabase database) {
        String role = database.createRole("restricted_" + database.databaseName());
        database.execute("GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + role);
        return role;
    }

    @Test
    void whatATextMakesFitsTheColumnAlsoWhereSeveralRolesWriteIt() {
        String tables = "  people: { erase: delete }\n  a:\n    links:\n"
                + "      one: { subject: p, erase: { anonymize: { kind: { sql: \"id\" } }, retain: [s, tags] } }\n"
                + "      two: { subject: q, export: none, erase: { anonymize: { kind: { sql: \"n\" } }, retain: [s, tags] } }\n";
        try (MappedDatabase world = MappedDatabase.of(
                SCHEMA + "ALTER TABLE a ADD COLUMN q bigint UNIQUE;",
                "version: 1\nsubject: { table: people, key: id }\ntables:\n" + tables)) {
            world.database()
                    .execute("INSERT INTO people VALUES (1); INSERT INTO a (id, p, q, n, kind)"
                            + " VALUES (7, 1, 2, 8, 'x'), (9, 3, 1, 10, 'y')");
            world.erase("1");
            assertThat(world.database().column("SELECT kind FROM a ORDER BY id"))
                    .containsExactly("7", "10");
        }
    }
}
