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
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which files rows still name. Before it looks, it waits for the transactions that have written to the tables, so that a row they
 * are about to commit counts. The locks for it are let go of before it answers.
 */
final class FileUsage {

    /** Lock not available; deadlock. */
    private static final Set<String> BUSY = Set.of("55P03", "40P01");

    private static final String LOCK = """
            SET LOCAL lock_timeout = '1s';
            LOCK TABLE {tables} IN SHARE MODE""";

    private final Connection connection;
    private final Plan plan;

    FileUsage(Connection connection, Plan plan) {
        this.connection = connection;
        this.plan = plan;
    }

    /** Returns those of the names that are in use; empty where a transaction on the tables goes on for longer than a second. */
    Optional<Set<String>> of(String store, List<String> names) throws SQLException {
        Savepoint before = connection.setSavepoint();
        Optional<Set<String>> used = waitForWriters(store) ? Optional.of(used(store, names)) : Optional.empty();
        connection.rollback(before);
        return used;
    }

    /** @return false where a transaction on the tables goes on for longer than a second; the transaction must then go back */
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
