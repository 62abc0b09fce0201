package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.testkit.TestDatabase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests {@code exeunt check --data} on the catch-log sample with tables that its map does not know. */
class CheckDataCommandTest {

    private TestDatabase database;
    private ProgramRunner program;

    @BeforeEach
    void open() {
        database = CatchLogSample.database();
        database.execute("""
                CREATE TABLE audit_log AS SELECT id AS actor, email AS contact, inet '203.0.113.1' AS seen_from FROM profiles;
                CREATE TABLE closed AS SELECT id AS actor FROM profiles;
                """);
        program = ProgramRunner.on(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ProgramRunner.ProgramResult check(String... more) {
        String[] args = new String[more.length + 1];
        args[0] = "check";
        System.arraycopy(more, 0, args, 1, more.length);
        ProgramRunner.ProgramResult run = program.run(args);
        CatchLogSample.personal(database).forEach(value -> assertThat(run.all()).doesNotContain(value));
        assertThat(database.column("SELECT id FROM profiles"))
                .allSatisfy(key -> assertThat(run.all()).doesNotContain(key));
        return run;
    }

    @Test
    void rowsAreReadOnlyOnRequest() {
        for (ProgramRunner.ProgramResult run : new ProgramRunner.ProgramResult[] {check(), check("--no-data")}) {
            assertThat(run.code()).as(run.all()).isZero();
            assertThat(run.all()).doesNotContain("undeclared-link", "unnamed-content", "audit_log.contact");
        }
    }

    @Test
    void whatTheRowsTellIsAWarning() {
        ProgramRunner.ProgramResult run = check("--data");

        assertThat(run.code()).as(run.all()).isZero();
        assertThat(run.out())
                .contains("warning: undeclared-link", "audit_log.actor holds keys of profiles (")
                .contains("audit_log.contact holds values of profiles.email (")
                .contains("audit_log: { subject: actor, erase: delete }");
        assertThat(check("--data", "--strict").code()).isEqualTo(ExitCode.LEFT.code());
    }

    @Test
    void whatCouldNotBeSampledIsSaidInTextAndInJson() {
        database.createRole("reader");
        database.execute(
                "GRANT SELECT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO reader; REVOKE ALL ON closed FROM reader");
        program.with("EXEUNT_DB_USER", "reader").with("EXEUNT_DB_PASSWORD", "reader");
        JsonNode json = check("--data", "--format", "json", "--timeout", "30s").json();

        assertThat(check("--data").out()).contains("closed could not be sampled: the role may not read it.");
        assertThat(json.get("notes").toString()).contains("closed could not be sampled");
        assertThat(json.get("findings").findValuesAsString("code")).contains("undeclared-link");
    }
}
