package dev.exeunt.internal.plan.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.database.Database;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.TransactionWork;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectSample;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestDatabase;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that a subject key that may be NULL or is not unique is an error. */
class SubjectKeyCheckTest {

    private static final String MAP =
            "version: 1\nsubject: { table: people, key: %s, identifiers: [email] }\ntables:\n  people: { erase: delete }\n";

    private static Arguments key(String name, String sql, String key, String... findings) {
        return Arguments.of(name, sql, MAP.formatted(key), List.of(findings));
    }

    static Stream<Arguments> keys() {
        return Stream.of(
                key("a primary key", "CREATE TABLE people (id int PRIMARY KEY, email text)", "id"),
                key("a unique key without NULL", "CREATE TABLE people (id int NOT NULL UNIQUE, email text)", "id"),
                key(
                        "a unique key that may be NULL, beside a primary key",
                        "CREATE TABLE people (id int PRIMARY KEY, sub uuid UNIQUE, email text)",
                        "sub",
                        "unfit-key people.sub"),
                key(
                        "the only unique key, which may be NULL",
                        "CREATE TABLE people (sub uuid UNIQUE, email text)",
                        "sub",
                        "unfit-key people.sub"),
                key(
                        "one column of two that may be NULL",
                        "CREATE TABLE people (t int NOT NULL, id int, email text, UNIQUE (t, id))",
                        "[t, id]",
                        "unfit-key people.id"),
                key("not unique", "CREATE TABLE people (id int NOT NULL, email text)", "id", "unfit-key people.id"),
                key(
                        "neither unique nor without NULL, beside a primary key",
                        "CREATE TABLE people (id int PRIMARY KEY, sub uuid, email text)",
                        "sub",
                        "unfit-key people.sub"),
                key(
                        "unique among some rows",
                        "CREATE TABLE people (id int NOT NULL, email text);"
                                + "CREATE UNIQUE INDEX ON people (id) WHERE email IS NOT NULL",
                        "id",
                        "unfit-key people.id"),
                key(
                        "a CHECK that new rows obey and old ones need not",
                        "CREATE TABLE people (id int UNIQUE, email text); INSERT INTO people VALUES (NULL, 'a@x.test');"
                                + "ALTER TABLE people ADD CHECK (id IS NOT NULL) NOT VALID",
                        "id",
                        "unfit-key people.id"),
                key(
                        "a domain that is NOT NULL, which a subquery without a row passes by",
                        "CREATE DOMAIN number AS int NOT NULL; CREATE TABLE people (id number UNIQUE, email text);"
                                + "INSERT INTO people VALUES ((SELECT id FROM people WHERE false), 'a@x.test')",
                        "id",
                        "unfit-key people.id"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("keys")
    void isFoundAndGoneOnceItsFixIsPasted(String name, String sql, String map, List<String> expected) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.findings()).containsExactlyElementsOf(expected);
        }
        FixVerifier.pasted(sql.replaceAll("INSERT INTO people VALUES \\([^;]*;?", ""), map);
    }

    @Test
    void anIndexThatWasNotBuiltToItsEndMakesNothingUnique() {
        String sql = "CREATE TABLE people (id int NOT NULL, email text); INSERT INTO people VALUES (1, 'a'), (1, 'b')";
        try (MappedDatabase world = MappedDatabase.of(sql, MAP.formatted("id"))) {
            assertThatThrownBy(() -> world.database().execute("CREATE UNIQUE INDEX CONCURRENTLY ON people (id)"))
                    .hasMessageContaining("could not create unique index");

            assertThat(world.findings()).containsExactly("unfit-key people.id");
        }
    }

    /** PostgreSQL 18 has a NOT NULL that old rows need not obey. */
    @Test
    void aNotNullThatWasNotValidatedLetsNullStay() throws SQLException {
        String sql = "CREATE TABLE people (id int UNIQUE, email text); INSERT INTO people VALUES (NULL, 'a@x.test')";
        try (MappedDatabase world = MappedDatabase.of(sql, MAP.formatted("id"))) {
            if (version(world.database()) < 18) {
                assertThatThrownBy(() -> world.database().execute("ALTER TABLE people ADD NOT NULL id NOT VALID"))
                        .hasMessageContaining("syntax error");
                return; // there is no such constraint to be taken in by
            }
            world.database().execute("ALTER TABLE people ADD NOT NULL id NOT VALID");

            assertThat(world.findings()).containsExactly("unfit-key people.id");
        }
    }

    @Test
    void aRowThatHasLostItsKeySinceTheCheckIsNamedByItsColumn() {
        String sql = "CREATE TABLE people (id int NOT NULL UNIQUE, email text)";
        try (MappedDatabase world = MappedDatabase.of(sql, MAP.formatted("id"))) {
            Plan plan = world.check().planOrThrow();
            world.database()
                    .execute("ALTER TABLE people ALTER COLUMN id DROP NOT NULL;"
                            + "INSERT INTO people VALUES (NULL, 'anna@x.test')");

            String message = "A row of people holds NULL in its key column id";
            assertThatThrownBy(() ->
                            read(world, c -> new SubjectFinder(c, plan.subject()).find(List.of("email:anna@x.test"))))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining(message);
            assertThatThrownBy(() -> read(world, c -> SubjectSample.sample(c, plan, 1)))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining(message);
        }
    }

    private static <T> T read(MappedDatabase world, TransactionWork<T> work) {
        TestDatabase database = world.database();
        return Transaction.runAndRollBack(
                Database.at(database.jdbcUrl(), database.user(), database.password()), "reading", work);
    }

    private static int version(TestDatabase database) throws SQLException {
        try (var connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), database.password())) {
            return connection.getMetaData().getDatabaseMajorVersion();
        }
    }
}
