package dev.exeunt.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.MapCommand;
import dev.exeunt.testkit.LedgerReceiver;
import dev.exeunt.testkit.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Tests what the commands about the ledger show, ask and answer; who is erased again is tested in core. */
class LedgerCommandsTest extends ClubTestCase {

    private Path ledger() {
        return directory.resolve("ledger");
    }

    private ProgramRunner on(TestDatabase database) {
        return ProgramRunner.on(database)
                .with("EXEUNT_MAP", directory.resolve("exeunt.yaml").toString())
                .with(MapCommand.KEY_VARIABLE, ClubTestApplication.SECRET)
                .with("EXEUNT_LEDGER", ledger().toString());
    }

    @Test
    void afterARestoreWorkStopsUntilTheReplay() throws Exception {
        club.map(ClubTestApplication.MAP.replace("identifiers: [email] }", "identifiers: [email], created: made_at }"));
        club.database().execute("ALTER TABLE people ADD COLUMN made_at timestamptz DEFAULT '2026-01-01'");
        ProgramRunner now = on(club.database());
        done(now.run("ledger", "verify"));
        try (TestDatabase restored = club.database().copy()) {
            done(now.run("request", "delete-account", "2", "--type", "ben@x.test", "--yes"));
            restored.execute(
                    "ALTER DATABASE \"" + restored.databaseName() + "\" SET exeunt.clock = '2026-04-01 12:00+00'");
            club.setTime(ClubTestApplication.NOON.plus(Duration.ofDays(31)));
            assertThat(done(now.run("reap")).err()).doesNotContain("note:");
            assertThat(done(now.run("ledger", "verify")).out())
                    .contains("The chain is whole: 3 entries in the database, 3 of them in the copy outside it.");

            ProgramRunner after = on(restored);
            for (String[] command : new String[][] {{"reap"}, {"status", "1"}, {"ledger", "verify"}}) {
                ProgramRunner.ProgramResult refused = after.run(command);
                assertThat(refused.code()).as(refused.all()).isEqualTo(ExitCode.COULD_NOT.code());
                assertThat(refused.err()).contains("exeunt replay").doesNotContain("\tat ");
            }
            ProgramRunner.ProgramResult dry = after.run("replay", "--dry-run");
            assertThat(dry.code()).isEqualTo(ExitCode.LEFT.code());
            assertThat(dry.out())
                    .contains(
                            "The database lacks 3 entries of the ledger.", "To erase again: 1 person", "make again: 0");
            assertThat(after.typing("erase 2 people\n").run("replay").err()).contains("Nothing was changed.");
            assertThat(restored.scalar("SELECT count(*) FROM posts")).isEqualTo("3");
            ProgramRunner.ProgramResult replayed =
                    done(after.typing("erase 1 person\n").run("replay"));
            assertThat(replayed.out()).contains("Erased again: 1 person", "Requests are accepted again.");
            assertThat(restored.column("SELECT email FROM people ORDER BY id"))
                    .containsExactly("anna@x.test", "deleted-2@erased.invalid", "cem@x.test");
            assertThat(done(after.run("replay", "--yes")).out()).contains("nothing to do");
            assertThat(done(after.run("reap")).out()).contains("Nothing is due.");
        }
    }

    @Test
    void theCopyMayBeAtAnAddress() throws Exception {
        try (LedgerReceiver receiver = LedgerReceiver.start(ledger())) {
            ProgramRunner now = on(club.database())
                    .with("EXEUNT_LEDGER", receiver.address().toString())
                    .with("EXEUNT_LEDGER_TOKEN", LedgerReceiver.TOKEN);
            done(now.run("request", "delete-account", "2", "--type", "ben@x.test", "--yes"));
            assertThat(done(now.run("reap")).err())
                    .contains("The copy of the ledger is in " + receiver.address() + ".")
                    .doesNotContain(LedgerReceiver.TOKEN);
            assertThat(Files.readAllLines(ledger())).isNotEmpty();
            assertThat(done(now.run("ledger", "verify")).out()).contains("of them in the copy outside it.");
            assertThat(done(now.run("replay", "--yes")).out()).contains("nothing to do");
            ProgramRunner.ProgramResult refused =
                    now.with("EXEUNT_LEDGER_TOKEN", "another").run("ledger", "verify");
            assertThat(refused.code()).isEqualTo(ExitCode.COULD_NOT.code());
            assertThat(refused.err()).contains("401").doesNotContain("another");
        }
    }

    @Test
    void aPlaceThatCannotBeReachedFromHereIsTold() {
        ProgramRunner now = on(club.database());
        assertThat(now.with("EXEUNT_LEDGER", "s3://ledgers/club").run("reap").err())
                .contains("EXEUNT_LEDGER cannot be used.", "./exeunt");
        for (String address : new String[] {"http://ledger.example.org/", "https://a:secret@ledger.example.org/"}) {
            ProgramRunner.ProgramResult refused =
                    now.with("EXEUNT_LEDGER", address).run("reap");
            assertThat(refused.code()).isEqualTo(ExitCode.COULD_NOT.code());
            assertThat(refused.err())
                    .contains("EXEUNT_LEDGER cannot be used.", "https://")
                    .doesNotContain("secret");
        }
    }

    @Test
    void aChangedCopyIsToldAndChangesNothing() throws Exception {
        ProgramRunner now = on(club.database());
        done(now.run("request", "delete-account", "2", "--type", "ben@x.test", "--yes"));
        Files.writeString(ledger(), Files.readString(ledger()).replace("by=self", "by=staff"));
        ProgramRunner.ProgramResult refused = now.run("ledger", "verify");
        assertThat(refused.code()).isEqualTo(ExitCode.COULD_NOT.code());
        assertThat(refused.err()).contains("Entry 1 of the ledger was changed.");
    }

    @Test
    void withoutACopyItSaysWhatThatMeans() {
        assertThat(done(program.run("reap")).err()).contains("note: The ledger has no copy outside the database.");
        assertThat(done(program.run("ledger", "verify")).out()).contains("EXEUNT_LEDGER=");
        assertThat(refused(ExitCode.COULD_NOT, "", "replay").err()).contains("EXEUNT_LEDGER=");
    }
}
