package dev.exeunt.internal.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.database.Database;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    private final TestDatabase database = TestDatabase.create();
    private final Migrations migrations = new Migrations(server(database));

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void makesTheTablesOnce() {
        assertThat(migrations.apply()).hasSize(MigrationScript.LATEST);
        assertThat(migrations.apply()).isEmpty();
        require();
    }

    @Test
    void theScriptMakesTheSameTables() {
        String script = migrations.script();
        try (TestDatabase byHand = TestDatabase.create()) {
            byHand.execute(script);
            migrations.apply();
            assertThat(catalogue(byHand)).isEqualTo(catalogue(database));
            Migrations there = new Migrations(server(byHand));
            assertThat(there.apply()).as("left to do after the script").isEmpty();
            assertThat(there.script()).isEmpty();
        }
    }

    @Test
    void severalInstancesMayStartAtOnce() throws Exception {
        int instances = 4;
        CyclicBarrier together = new CyclicBarrier(instances);
        ExecutorService threads = Executors.newFixedThreadPool(instances);
        try {
            List<Future<List<String>>> starts = new ArrayList<>();
            for (int i = 0; i < instances; i++) {
                starts.add(threads.submit(() -> {
                    together.await();
                    return new Migrations(server(database)).apply();
                }));
            }
            int applied = 0;
            for (Future<List<String>> start : starts) {
                applied += start.get().size();
            }
            assertThat(applied).isEqualTo(MigrationScript.LATEST);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void anOlderProgramStopsBeforeNewerTables() {
        migrations.apply();
        database.execute("""
                INSERT INTO exeunt.schema_history
                    (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
                VALUES (99, '99', 'later', 'SQL', 'V99__later.sql', 1, 'somebody', 0, true)
                """);
        assertThatThrownBy(migrations::apply)
                .isInstanceOf(Migrations.NewerTablesException.class)
                .hasMessageContaining("at version 99; this program knows them up to version " + MigrationScript.LATEST);
        assertThatThrownBy(migrations::script).isInstanceOf(Migrations.NewerTablesException.class);
        assertThatThrownBy(this::require).isInstanceOf(Migrations.NewerTablesException.class);
    }

    @Test
    void whoNeedsTheTablesIsToldHowToMakeThem() {
        assertThatThrownBy(this::require).isInstanceOf(ExeuntException.class).hasMessageContaining("exeunt migrate");
    }

    @Test
    void aHistoryChangedByHandStopsTheMigration() {
        migrations.apply();
        database.execute("UPDATE exeunt.schema_history SET checksum = 7 WHERE version = '1'");
        assertThatThrownBy(migrations::apply)
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("are not as its migrations left them");
    }

    @Test
    void theAuditLogOnlyGrows() {
        migrations.apply();
        database.execute("INSERT INTO exeunt.event (at, name, actor) VALUES (exeunt.clock(), 'user.tested', 'exeunt')");
        for (String change : List.of(
                "UPDATE exeunt.event SET actor = 'nobody'", "DELETE FROM exeunt.event", "TRUNCATE exeunt.event")) {
            assertThatThrownBy(() -> database.execute(change)).hasMessageContaining("rows are only ever added");
        }
    }

    @Test
    void theClockCanBeSetForOneTransaction() {
        migrations.apply();
        String told = Transaction.runAndRollBack(server(database), "testing", connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("SET LOCAL exeunt.clock = '2026-03-29 02:30:00+01'");
                try (var result = statement.executeQuery("SELECT exeunt.clock() AT TIME ZONE 'UTC'")) {
                    result.next();
                    return result.getString(1);
                }
            }
        });
        assertThat(told).isEqualTo("2026-03-29 01:30:00");
        assertThat(database.rows("SELECT abs(extract(epoch FROM exeunt.clock() - clock_timestamp())) < 60 AS near"))
                .first()
                .satisfies(row -> assertThat(row.get("near")).isEqualTo(true));
    }

    private static final String OPEN =
            "INSERT INTO exeunt.request (kind, state, subject, requested_at, requested_by, due_at%s)"
                    + " VALUES ('deactivate', 'scheduled', '{7}', exeunt.clock(), 'self', exeunt.clock()%s)";

    @Test
    void everySubjectIsAPersonUnlessTheRowSaysOtherwise() {
        migrations.apply();
        database.execute(OPEN.formatted("", ""));
        database.execute("INSERT INTO exeunt.erased VALUES ('\\x00', 'key', exeunt.clock(), true)");
        database.execute("INSERT INTO exeunt.event (at, name, actor) VALUES (exeunt.clock(), 'user.tested', 'exeunt')");
        for (String table : List.of("request", "erased", "event")) {
            assertThat(database.scalar("SELECT subject_kind FROM exeunt." + table))
                    .as(table)
                    .isEqualTo("person");
        }
    }

    @Test
    void oneKeyMayBeASubjectOfEachKind() {
        migrations.apply();
        database.execute(OPEN.formatted("", ""));
        String company = OPEN.formatted(", subject_kind", ", 'company'");
        database.execute(company);
        assertThatThrownBy(() -> database.execute(OPEN.formatted("", ""))).hasMessageContaining("request_open");
        assertThatThrownBy(() -> database.execute(company)).hasMessageContaining("request_open");
    }

    @Test
    void aKindIsAShortWord() {
        migrations.apply();
        for (String kind : List.of("", "Person", "2nd", "a b", "a\n", "a".repeat(64))) {
            assertThatThrownBy(() -> database.execute(OPEN.formatted(", subject_kind", ", '" + kind + "'")))
                    .as(kind)
                    .hasMessageContaining("request_subject_kind");
        }
        assertThatThrownBy(() -> database.execute(OPEN.formatted(", subject_kind", ", NULL")))
                .hasMessageContaining("subject_kind");
    }

    private static Database server(TestDatabase database) {
        return Database.at(database.jdbcUrl(), database.user(), database.password());
    }

    private void require() {
        Transaction.runAndRollBack(server(database), "testing", connection -> {
            Migrations.require(connection);
            return null;
        });
    }

    /** Everything in the schema that a definition can differ in. */
    private static List<?> catalogue(TestDatabase in) {
        return in.rows("""
                SELECT c.relname, c.relkind, a.attname, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull,
                       pg_get_expr(d.adbin, d.adrelid) AS def
                FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = 'exeunt'
                LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
                LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
                UNION ALL
                SELECT conname, contype, pg_get_constraintdef(k.oid), '', NULL, ''
                FROM pg_constraint k JOIN pg_namespace n ON n.oid = k.connamespace AND n.nspname = 'exeunt'
                UNION ALL
                SELECT proname, prokind, prosrc, pg_get_functiondef(p.oid), NULL, ''
                FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace AND n.nspname = 'exeunt'
                ORDER BY 1, 2, 3
                """);
    }
}
