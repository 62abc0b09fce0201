package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.database.Database;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.trial.MapSql;
import dev.exeunt.internal.schema.trial.SqlValidator;
import dev.exeunt.internal.schema.trial.SqlVerdict;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the checks of guards, warnings and locator queries. */
class GuardCheckTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text);
            CREATE TABLE tenants (t int, id uuid, PRIMARY KEY (t, id));
            CREATE TABLE orgs (id int PRIMARY KEY, slug text, name text);
            CREATE TABLE memberships (org_id int, user_id bigint, role text);
            CREATE VIEW owners AS SELECT * FROM memberships WHERE role = 'owner';
            CREATE VIEW owned AS SELECT o.* FROM orgs o JOIN owners m ON m.org_id = o.id;
            CREATE MATERIALIZED VIEW counts AS SELECT count(*) FROM memberships;
            CREATE FUNCTION owns(bigint) RETURNS boolean STABLE LANGUAGE sql AS 'SELECT EXISTS (SELECT FROM memberships WHERE user_id = $1)';
            CREATE FUNCTION plain(bigint) RETURNS bigint IMMUTABLE LANGUAGE sql AS 'SELECT $1';
            CREATE VIEW asking AS SELECT owns(1) AS yes;
            """;

    private static final String SOLE_OWNER = """
            select o.slug, o.name from orgs o join memberships m on m.org_id = o.id where m.user_id = :subject
              and not exists (select 1 from owners x where x.org_id = o.id and x.user_id <> :subject
              and x.user_id <> all (:leaving))""";

    private static String guards(String sql, String message) {
        return "guards:\n  sole-owner:\n    flows: [delete-account]\n    sql: |-\n      "
                + sql.replace("\n", "\n      ") + "\n    message: \"" + message + "\"\n";
    }

    private static MappedDatabase world(String more) {
        return MappedDatabase.of(
                SCHEMA,
                "version: 1\nsubject: { table: people, key: id }\nflows: { delete-account: { grace: 30d } }\n"
                        + "tables:\n  people: { erase: delete }\nnot-personal: { memberships: a test }\n" + more);
    }

    private static List<Finding> found(String more) {
        try (MappedDatabase world = world(more)) {
            return world.check().findings();
        }
    }

    @Test
    void aGuardThatIsAQueryAboutThePersonHasNoFinding() {
        assertThat(found(guards(SOLE_OWNER, "Hand {name} over at {{slug}} {slug}.")))
                .isEmpty();
    }

    static Stream<Arguments> bad() {
        return Stream.of(
                Arguments.of("select 1; select 2", "the ; would end the statement"),
                Arguments.of(
                        "select nam from orgs where :leaving is null",
                        "at its character 8 (nam from orgs where :lea…): column \"nam\""),
                Arguments.of(
                        "select 1 a from memberships where user_id = :subject and user_id <> all (:leaving) and x",
                        "at its character 88 (x): column \"x\" does not exist"),
                Arguments.of("delete from orgs returning 1", "syntax error"),
                Arguments.of("with d as (delete from orgs returning 1) select * from d", "must be at the top level"),
                Arguments.of("select 1 into t from orgs", "is not allowed"),
                Arguments.of("select slug from orgs for update", "locks rows"),
                Arguments.of(
                        "select 1 a from memberships where user_id = :user",
                        "there is no :user, only :subject and :leaving"),
                Arguments.of("select 1 a from memberships where user_id = $1", "$1 is a parameter"),
                Arguments.of(
                        "select 1 a from memberships where role = :subject", "operator does not exist: text = bigint"));
    }

    @ParameterizedTest
    @MethodSource("bad")
    void whatIsNoQueryThatOnlyReadsIsAnError(String sql, String said) {
        TestSkip.unless(
                !TestDatabase.hostile() || !said.contains("operator does not exist"),
                "on a hostile path there is such an operator");
        assertThat(found(guards(sql, "Sorry.")))
                .filteredOn(Finding::isError)
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.code()).isEqualTo(FindingCode.BAD_SQL);
                    assertThat(f.at().toString()).isEqualTo("exeunt.yaml:10:10");
                    assertThat(f.message())
                            .startsWith("the sql of guard sole-owner ")
                            .contains(said);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select ':user' a, ':leaving' b from memberships /* :user */ where user_id <> all (:leaving) -- :user",
                "select '1'::text a, (array[1,2])[1:org_id] b from memberships where user_id <> all (:leaving)",
                "select role::text from memberships where user_id = :subject::bigint and user_id <> all(:leaving)"
            })
    void onlyWhatIsAPlaceholderIsOne(String sql) {
        assertThat(found(guards(sql, "Sorry."))).isEmpty();
    }

    @Test
    void warningsAndLocatorsAreTriedAsWell() {
        assertThat(found("""
                        warnings:
                          w: { flows: [delete-account], sql: "select nme from orgs", message: "{name}" }
                        external:
                          e: { locators: "select 1; select 2" }
                        """))
                .extracting(f -> f.code().word() + " " + f.what())
                .containsExactly("bad-sql warnings.w", "bad-sql external.e");
    }

    @Test
    void aMessageNamesColumnsThatTheQueryReturns() {
        assertThat(found(guards(SOLE_OWNER, "Hand {nme} over.") + "    link: /o/{id}\n"))
                .extracting(f -> f.at() + " " + f.code().word() + " " + f.message() + " " + f.fix())
                .containsExactly(
                        "exeunt.yaml:14:14 unknown-name {nme} is no column of the query of guards.sole-owner. Did you mean name? one of: slug, name",
                        "exeunt.yaml:15:11 unknown-name {id} is no column of the query of guards.sole-owner. one of: slug, name");
    }

    @Test
    void aGuardThatForgetsWhoIsLeavingIsBlind() {
        assertThat(found(guards("select slug from owned where id = :subject", "{slug}")))
                .extracting(f -> f.code().word() + " " + f.what() + " " + f.isError())
                .containsExactly("guard-blind guards.sole-owner false");
    }

    @ParameterizedTest
    @ValueSource(strings = {"owns(:subject)", "exists (select from asking where yes)", "exists (select from counts)"})
    void aGuardWhoseTablesAreHiddenIsBlind(String condition) {
        assertThat(found(guards("select 1 as a where plain(:subject) <> all (:leaving) and " + condition, "No.")))
                .extracting(
                        f -> f.code().word() + " " + f.message().replaceAll(".*reads by (public\\.)?(\\w+).*", "$2"))
                .containsExactly("guard-blind " + (condition.contains("counts") ? "counts" : "owns"));
    }

    @Test
    void theTablesToLockAreThoseBelowTheViews() {
        assertThat(insides(List.of("int8"), "select slug from owned where id = :subject and id <> all (:leaving)"))
                .satisfies(i -> {
                    assertThat(i.tables())
                            .containsExactly(new TableName("public", "memberships"), new TableName("public", "orgs"));
                    assertThat(i.columns()).containsExactly("slug");
                });
    }

    @Test
    void aKeyOfSeveralColumnsIsARowAndRows() {
        List<String> key = List.of("int4", "uuid");
        String sql =
                "select t from tenants where (t, id) = :subject and (t, id) <> all (:leaving) and (t, id) not in (:leaving)";
        assertThat(insides(key, sql).columns()).containsExactly("t");
        SqlVerdict.SqlTextError fault = verdict(key, sql + " and nn").fault();
        assertThat(fault).isNotNull();
        assertThat(fault.place()).hasValue(sql.length() + 5);
    }

    private static SqlVerdict.SqlDependencies insides(List<String> key, String sql) {
        SqlVerdict verdict = verdict(key, sql);
        assertThat(verdict.fault()).isNull();
        return verdict.insides();
    }

    private static SqlVerdict verdict(List<String> key, String sql) {
        MapSql query =
                new MapSql.SubjectQuery(key.stream().map(t -> "pg_catalog." + t).toList(), sql);
        try (MappedDatabase world = world("")) {
            return Transaction.runAndRollBack(
                            Database.at(
                                    world.database().jdbcUrl(),
                                    world.database().user(),
                                    world.database().password()),
                            "trying",
                            connection -> SqlValidator.validate(connection, List.of(query)))
                    .of(query)
                    .orElseThrow();
        }
    }
}
