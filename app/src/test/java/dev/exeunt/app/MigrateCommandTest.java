package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the command that creates or updates Exeunt's tables. */
class MigrateCommandTest {

    private final TestDatabase database = TestDatabase.create();
    private final ProgramRunner program = ProgramRunner.on(database);

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void makesTheTablesAndSaysHowToUndoIt() {
        ProgramRunner.ProgramResult first = program.run("migrate");
        assertThat(first.code()).as(first.all()).isZero();
        assertThat(first.out()).contains("schema exeunt: 1 requests").contains("DROP SCHEMA exeunt CASCADE");
        assertThat(database.column("SELECT tablename FROM pg_tables WHERE schemaname = 'exeunt'"))
                .contains("request", "cancellation", "event");

        assertThat(program.run("migrate").out())
                .startsWith("Exeunt's own tables are up to date.")
                .contains("exeunt.gate was not made");
    }

    @Test
    void makesTheGatesFunctionOfAMapThatHolds(@TempDir Path directory) throws IOException {
        database.execute("CREATE TABLE person (id bigint PRIMARY KEY); INSERT INTO person VALUES (1)");
        Path map = directory.resolve("exeunt.yaml");
        Files.writeString(
                map, "version: 1\nsubject: { table: person, key: id }\ntables: { person: { erase: delete } }\n");
        ProgramRunner.ProgramResult run = program.run("migrate", "--map", map.toString());
        assertThat(run.out()).contains("Made the SQL function exeunt.gate");
        assertThat(database.column("SELECT state FROM exeunt.gate(1) UNION ALL SELECT state FROM exeunt.gate(2)"))
                .containsExactly("allowed", "erased");
        database.execute("DROP SCHEMA exeunt CASCADE");
        database.execute(
                program.run("migrate", "--print", "--map", map.toString()).out());
        assertThat(database.column("SELECT state FROM exeunt.gate(1)")).containsExactly("allowed");
    }

    @Test
    void makesAndPrintsTheFunctionsThatAMapOffersInSql(@TempDir Path directory) throws IOException {
        String caller = database.createRole("caller_" + database.databaseName());
        database.execute("ALTER ROLE " + caller + " NOLOGIN;"
                + "CREATE TABLE person (id bigint PRIMARY KEY); INSERT INTO person VALUES (1)");
        Path map = directory.resolve("exeunt.yaml");
        String offering = "version: 1\nsubject: { table: person, key: id }\ntables: { person: { erase: delete } }\n"
                + "flows: { delete-account: { grace: 1d } }\n";
        Files.writeString(map, offering + "sql: { callers: [" + caller + "] }\n");
        String status =
                "SELECT set_config('request.jwt.claims', '{\"sub\": \"1\"}', false), exeunt.status() -> 'gate' ->> 'state'";
        assertThat(program.run("migrate", "--map", map.toString()).out()).contains("Made the functions in SQL");
        assertThat(database.rows(status).get(0)).containsValue("allowed");
        database.execute("DROP SCHEMA exeunt CASCADE");
        database.execute(
                program.run("migrate", "--print", "--map", map.toString()).out());
        assertThat(database.rows(status).get(0)).containsValue("allowed");
        assertThat(database.scalar("SELECT has_function_privilege('" + caller + "', 'exeunt.cancel()', 'EXECUTE')"))
                .isEqualTo("t");
        database.execute(
                "SET request.jwt.claims = '{\"sub\": \"1\"}'; SELECT exeunt.request_deletion('delete-account')");
        assertThat(program.with("EXEUNT_KEY", "ab".repeat(32))
                        .run("reap", "--map", map.toString())
                        .code())
                .isZero();
        assertThat(database.column("SELECT state FROM exeunt.request")).containsExactly("scheduled");
        Files.writeString(map, offering);
        assertThat(program.run("migrate", "--map", map.toString()).out()).doesNotContain("functions in SQL");
        assertThat(database.column("SELECT proname::text FROM pg_proc WHERE proname = 'request_deletion'"))
                .isEmpty();
    }

    @Test
    void printsWhatOthersMustRunAndWritesNothing() {
        ProgramRunner.ProgramResult printed = program.run("migrate", "--print");
        assertThat(printed.code()).as(printed.all()).isZero();
        assertThat(database.column("SELECT nspname FROM pg_namespace")).doesNotContain("exeunt");

        database.execute(printed.out());
        ProgramRunner.ProgramResult again = program.run("migrate", "--print");
        assertThat(again.out()).isEmpty();
        assertThat(again.err()).contains("up to date");
    }

    @Test
    void warnsOfRolesThatCanPutCodeIntoTheSearchPath() {
        assertThat(program.run("migrate").err()).doesNotContain("unsafe-path");
        database.execute("GRANT CREATE ON SCHEMA public TO PUBLIC");
        assertThat(program.run("migrate").err())
                .contains("warning: unsafe-path: every role may create functions in the schema public");
    }

    @Test
    void aRoleThatMayNotIsToldSo() {
        String role = database.createRole("may_not_migrate");
        ProgramRunner.ProgramResult run = new ProgramRunner()
                .with("EXEUNT_DB", database.jdbcUrl())
                .with("EXEUNT_DB_USER", role)
                .with("EXEUNT_DB_PASSWORD", role)
                .run("migrate");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("GRANT CREATE ON DATABASE").doesNotContain("\tat ");
    }
}
