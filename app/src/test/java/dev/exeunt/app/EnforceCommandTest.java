package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the command that makes the map hold in the database itself. */
class EnforceCommandTest {

    private static final String POLICIES = "SELECT policyname FROM pg_policies ORDER BY 1";

    private final TestDatabase database = TestDatabase.create();
    private final ProgramRunner program = ProgramRunner.on(database);
    private String map;

    @BeforeEach
    void prepare(@TempDir Path directory) throws IOException {
        String role = database.createRole("clerk_" + database.databaseName());
        database.execute("CREATE TABLE person (id bigint PRIMARY KEY); INSERT INTO person VALUES (1), (2);"
                + "CREATE TABLE note (id bigint PRIMARY KEY, person bigint REFERENCES person); CREATE INDEX ON note (person);"
                + "GRANT SELECT, INSERT ON person, note TO " + role);
        Path file = directory.resolve("exeunt.yaml");
        Files.writeString(file, """
                version: 1
                subject: { table: person, key: id }
                flows: { deactivate: { grace: 30d } }
                tables:
                  person: { erase: delete }
                  note: { subject: person, new-rows: refuse, erase: delete }
                roles: { application: [ROLE] }
                """.replace("ROLE", role));
        map = file.toString();
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private ProgramRunner.ProgramResult enforce(String... options) {
        List<String> all = new java.util.ArrayList<>(List.of("enforce", "--map", map));
        all.addAll(List.of(options));
        return program.run(all.toArray(String[]::new));
    }

    @Test
    void appliesSaysTheStatusAndRemoves() {
        assertThat(enforce("--apply").err()).contains("exeunt migrate");
        program.run("migrate");
        ProgramRunner.ProgramResult before = enforce("--status");
        assertThat(before.code()).isEqualTo(1);
        assertThat(before.out()).contains("Nothing is enforced. Run exeunt enforce --apply.");
        assertThat(enforce("--apply").code()).isZero();
        assertThat(database.column(POLICIES)).hasSize(4);
        ProgramRunner.ProgramResult status = enforce("--status");
        assertThat(status.code()).as(status.all()).isZero();
        assertThat(status.out())
                .contains("The database enforces the map.", "Policy of note: scan.")
                .contains("sees every row: it is a superuser");
        assertThat(enforce("--status", "--format", "json").out())
                .contains("\"differences\" : [ ]", "\"exposures\" : [", "\"policies\" : [");
        assertThat(enforce("--remove").out()).contains("what was before is back");
        assertThat(database.column(POLICIES)).isEmpty();
        assertThat(enforce("--remove").out()).contains("Nothing was enforced.");
    }

    @Test
    void printsWhatOthersMustRunAndHowItIsUndone() {
        program.run("migrate");
        String script = enforce("--print").out();
        assertThat(database.column(POLICIES)).isEmpty();
        assertThat(script).startsWith("-- Policy of note: scan. A query reads once who is hidden.\n");
        database.execute(script);
        assertThat(database.column(POLICIES)).hasSize(4);
        assertThat(enforce("--status").code()).isZero();
        database.execute(enforce("--print", "--undo").out());
        assertThat(database.column(POLICIES)).isEmpty();
        assertThat(enforce("--print", "--undo").out()).isEmpty();
    }

    @Test
    void refusesWithTheWayOutAndChangesNothing() {
        program.run("migrate");
        String other = database.createRole("other_" + database.databaseName());
        database.execute("GRANT SELECT ON note TO " + other);
        ProgramRunner.ProgramResult refused = enforce("--apply");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err())
                .contains(
                        "Role " + other + " may use public.note and is in neither list",
                        "roles: application or exempt");
        assertThat(database.column(POLICIES)).isEmpty();
        assertThat(enforce().code()).as("one of the four is given").isEqualTo(2);
    }
}
