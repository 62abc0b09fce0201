package dev.exeunt.internal.files.deletion;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedFile;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells which files rows still name, while no other transaction can write to their tables. Waits for the lock and holds it for half a
 * second each at most, so that the application waits for about a second.
 */
final class FileUsage {

    /** How long the lock is held at most. */
    static final Duration HOLD = Duration.ofMillis(500);

    /** Lock not available; deadlock. */
    private static final Set<String> BUSY = Set.of("55P03", "40P01");

    /** Query cancelled: here by its time limit. */
    private static final String CANCELLED = "57014";

    private static final String LOCK = """
            SET LOCAL lock_timeout = '500ms';
            LOCK TABLE {tables} IN SHARE MODE""";

    private final Connection connection;
    private final Plan plan;
    private final Duration hold;

    FileUsage(Connection connection, Plan plan, Duration hold) {
        this.connection = connection;
        this.plan = plan;
        this.hold = hold;
    }

    /** Does something with the names that are in use. */
    interface UsageWork {
        void run(Set<String> used, TableLock lock) throws SQLException;
    }

    /**
     * Looks which of the names are in use and hands them to the work under the lock. Where the search takes too long, the lock is let
     * go: the work then runs without it, after a search that took all the time it needed.
     *
     * @return false where a transaction on the tables goes on for longer than half a second; the work has then not run
     */
    boolean of(String store, List<String> names, UsageWork work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        if (!waitForWriters(store)) {
            connection.rollback(before);
            return false;
        }
        TableLock lock = new TableLock(connection, before, hold);
        Set<String> used;
        try {
            SqlRunner.call(
                    connection,
                    SqlTemplate.of("SELECT pg_catalog.set_config('statement_timeout', :limit, true)")
                            .bind("limit", hold.toMillis() + "ms")
                            .toFragment());
            used = used(store, names);
        } catch (SQLException e) {
            if (!CANCELLED.equals(e.getSQLState())) {
                throw e;
            }
            lock.release();
            used = used(store, names);
        }
        work.run(used, lock);
        lock.release();
        return true;
    }

    /** @return false where a transaction on the tables goes on for longer than half a second; the transaction must then go back */
    private boolean waitForWriters(String store) throws SQLException {
        List<SqlFragment> tables = new ArrayList<>();
        for (PlannedTable table : naming(store)) {
            boolean lockable = table.table().kind() != Table.RelationKind.FOREIGN
                    && SqlRunner.isTrue(
                            connection,
                            SqlTemplate.of("""
                                            SELECT pg_catalog.has_table_privilege(
                                                :table::pg_catalog.regclass, 'UPDATE, DELETE, TRUNCATE')""")
                                    .bind("table", table.name().quoted())
                                    .toFragment());
            if (lockable) {
                tables.add(SqlFragment.of(table.name().quoted()));
            }
        }
        try {
            if (!tables.isEmpty()) {
                SqlRunner.execute(
                        connection,
                        SqlTemplate.of(LOCK).fragments("tables", ", ", tables).toFragment());
            }
            return true;
        } catch (SQLException e) {
            if (BUSY.contains(e.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    private List<PlannedTable> naming(String store) {
        return plan.tables().stream()
                .filter(t -> t.files().stream().anyMatch(f -> f.store().equals(store)))
                .sorted((one, other) -> one.name().compareTo(other.name()))
                .toList();
    }

    /** The names that a row of any column of the store has, or that a request has moved aside. */
    private Set<String> used(String store, List<String> names) throws SQLException {
        Set<String> used = new HashSet<>();
        boolean hides = FileDeletionTable.rowsMayBeHidden(connection);
        for (PlannedTable table : naming(store)) {
            for (PlannedFile file : table.files()) {
                if (file.store().equals(store)) {
                    List<String> values =
                            names.stream().map(name -> file.strip() + name).toList();
                    FileNameSql sql = new FileNameSql(table, file);
                    collect(sql.used(values), file, used);
                    if (hides) {
                        collect(sql.usedByHidden(values), file, used);
                    }
                }
            }
        }
        return used;
    }

    private void collect(SqlFragment values, PlannedFile file, Set<String> names) throws SQLException {
        SqlRunner.forEach(connection, values, 0, row -> {
            String value = row.getString(1);
            if (value.startsWith(file.strip())) {
                names.add(value.substring(file.strip().length()));
            }
        });
    }
}
