package dev.exeunt.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.database.Database;
import dev.exeunt.testkit.ArchivingPostgres;
import dev.exeunt.testkit.PostgresTools;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSkip;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database of 2,500 people is restored as operators do it, after 1,000 people were erased, and the ledger is replayed. */
class RestoreByToolsTest {

    @TempDir
    Path directory;

    private static void requireTime() {
        TestSkip.unless(
                Boolean.getBoolean("exeunt.field") || Boolean.getBoolean("exeunt.long"),
                "The drill with PostgreSQL's own tools is done with ./test --field");
    }

    private static Database at(String url) {
        return Database.at(url, "postgres", "postgres");
    }

    @Test
    void afterAPointInTimeRecovery() throws Exception {
        requireTime();
        Path ledger = directory.resolve("ledger");
        try (ArchivingPostgres lost = ArchivingPostgres.start(directory);
                DrillApplication application = DrillApplication.create(at(lost.jdbcUrl()), ledger)) {
            lost.backUp();
            application.liveBeforeTheBackup();
            lost.mark("before");
            application.liveOn();
            String open = application.open();
            application.close();
            try (ArchivingPostgres restored = lost.recover("before");
                    DrillApplication again = application.restored(at(restored.jdbcUrl()), ledger)) {
                assertThat(restored.run("SELECT count(*) FROM person")).isEqualTo("2400");
                again.registerBeforeTheReplay();
                again.replayAndCheck(open);
            }
        }
    }

    @Test
    void afterADumpAndItsRestore() throws Exception {
        requireTime();
        Optional<PostgresTools> tools = PostgresTools.find(TestDatabase.serverVersion());
        TestSkip.unless(
                tools.isPresent(),
                "pg_dump and pg_restore of the version of the test's PostgreSQL, or a newer one, are not installed");
        Path ledger = directory.resolve("ledger");
        Path dump = directory.resolve("dump");
        try (TestDatabase lost = TestDatabase.create();
                TestDatabase restored = TestDatabase.create();
                DrillApplication application = DrillApplication.create(at(lost.jdbcUrl()), ledger)) {
            application.liveBeforeTheBackup();
            tools.get().dump(lost, dump);
            application.liveOn();
            String open = application.open();
            tools.get().restore(dump, restored);
            assertThat(Files.size(dump)).isPositive();
            try (DrillApplication again = application.restored(at(restored.jdbcUrl()), ledger)) {
                assertThat(restored.scalar("SELECT count(*) FROM person")).isEqualTo("2400");
                again.registerBeforeTheReplay();
                again.replayAndCheck(open);
            }
        }
    }
}
