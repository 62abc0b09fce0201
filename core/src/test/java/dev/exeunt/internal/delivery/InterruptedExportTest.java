package dev.exeunt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.database.Database;
import dev.exeunt.export.ExportJob;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.request.Actor;
import dev.exeunt.testkit.TestConnectionPool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Tests that an export broken off midway leaves no damaged connection in the pool. */
@Timeout(120)
class InterruptedExportTest {

    @TempDir
    Path directory;

    private final GuildTestApplication guilds = GuildTestApplication.create();
    private final List<TestConnectionPool> pools = new ArrayList<>();
    private Database database;
    private ExportJobs exports;

    @BeforeEach
    void open() {
        guilds.database()
                .execute("INSERT INTO posts SELECT 1000 + n, 1, repeat('word ', 200), true, NULL, '2026-01-01'"
                        + " FROM generate_series(1, 20000) n");
        database = Database.at(
                        guilds.database().jdbcUrl(),
                        guilds.database().user(),
                        guilds.database().password())
                .pooled(this::pool);
        Exeunt exeunt = Exeunt.builder(database)
                .clock(guilds.clock())
                .key(GuildTestApplication.KEY)
                .build();
        exports = ExportTestApplication.exports(exeunt, new DirectoryArchives(directory));
    }

    private DataSource pool(DataSource fresh) {
        pools.add(new TestConnectionPool(fresh));
        return pools.get(0);
    }

    @AfterEach
    void close() throws Exception {
        pools.get(0).close();
        guilds.close();
    }

    /** A reader that goes when it has had so much. */
    private static OutputStream reader(int bytes) {
        return new OutputStream() {
            private int left = bytes;

            @Override
            public void write(int one) throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the reader has gone");
                }
            }
        };
    }

    @Test
    void theNextWhoAskTheDatabaseGetTheirOwnAnswers() {
        for (int bytes : List.of(0, 1, 100, 70_000, 1_000_000)) {
            assertThatThrownBy(() -> exports.stream("1", 1_000_000, attachment -> reader(bytes)))
                    .isInstanceOf(ExeuntException.class);
            for (int question = 0; question < 5; question++) {
                String asked = "" + (bytes * 10L + question);
                String answered = Transaction.runAndRollBack(database, "asking", connection -> {
                    try (var statement = connection.prepareStatement("SELECT ?")) {
                        statement.setString(1, asked);
                        try (var row = statement.executeQuery()) {
                            row.next();
                            return row.getString(1);
                        }
                    }
                });
                assertThat(answered).isEqualTo(asked);
            }
        }
        assertThat(guilds.database().column("SELECT DISTINCT state || ' ' || failure FROM exeunt.request"))
                .as("noted, each of them, and not counted: the limit is one a day")
                .singleElement()
                .asString()
                .startsWith("failed ");
        assertThat(guilds.database().scalar("SELECT count(*) FROM exeunt.event WHERE name = 'user.data_export_failed'"))
                .isEqualTo("5");
    }

    @Test
    void whoIsToldToStopInTheMiddleHandsTheExportBack() throws Exception {
        ExportJob asked = exports.submit("1", null, Actor.SELF, null);
        Thread worker = new Thread(() -> exports.runJob(asked.id(), "w"));
        try (Connection connection = guilds.database().connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE posts IN ACCESS EXCLUSIVE MODE");
            worker.start();
            while (!guilds.database()
                    .scalar("SELECT count(*) FROM pg_locks WHERE NOT granted")
                    .equals("1")) {
                Thread.onSpinWait();
            }
            worker.interrupt();
            connection.rollback();
        }
        worker.join(30_000);
        ExportJob left = exports.job("1", asked.id());
        assertThat(left.state()).isEqualTo(ExportJob.State.PENDING);
        assertThat(left.attempts()).as("it was no failure").isZero();
        assertThat(exports.runJob(asked.id(), "another")).isEmpty();
        assertThat(exports.job("1", asked.id()).state()).isEqualTo(ExportJob.State.READY);
    }
}
