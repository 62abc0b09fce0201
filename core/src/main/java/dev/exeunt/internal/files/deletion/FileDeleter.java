package dev.exeunt.internal.files.deletion;

import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.files.deletion.FileDeletionTable.FileOutcome;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedFile;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.DataMap.FileState;
import dev.exeunt.map.DataMap.FileStore;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Deletes files that no row names any more. Before it looks, it waits for the transactions that have written to the tables, so that
 * a row they are about to commit counts. The locks for it are let go of before the first file is deleted.
 */
final class FileDeleter {

    /** Lock not available; deadlock. */
    private static final Set<String> BUSY = Set.of("55P03", "40P01");

    private static final String LOCK = """
            SET LOCAL lock_timeout = '1s';
            LOCK TABLE {tables} IN SHARE MODE""";

    private final Connection connection;
    private final Plan plan;
    private final FileStores stores;

    FileDeleter(Connection connection, Plan plan, FileStores stores) {
        this.connection = connection;
        this.plan = plan;
        this.stores = stores;
    }

    /** Returns what became of each file. */
    Map<NamedFile, FileOutcome> delete(Collection<NamedFile> files) throws SQLException {
        Map<NamedFile, FileOutcome> outcomes = new HashMap<>();
        for (String store : files.stream().map(NamedFile::store).distinct().toList()) {
            List<NamedFile> of =
                    files.stream().filter(f -> f.store().equals(store)).toList();
            FileStore holding = stores.byName().get(store);
            Savepoint before = connection.setSavepoint();
            boolean waited = holding != null && waitForWriters(store);
            Set<String> used =
                    waited ? used(store, of.stream().map(NamedFile::name).toList()) : Set.of();
            connection.rollback(before);
            boolean failed = !waited;
            for (NamedFile file : of) {
                FileOutcome outcome = FileOutcome.WAITING;
                if (used.contains(file.name())) {
                    outcome = FileOutcome.IN_USE;
                } else if (holding != null && !failed) {
                    outcome = delete(holding, file.name());
                    // a store that fails is down: the other files would only wait for it, too
                    failed = outcome == FileOutcome.WAITING;
                }
                outcomes.put(file, outcome);
            }
        }
        return outcomes;
    }

    private static FileOutcome delete(FileStore store, String name) {
        try {
            FileState state = store.delete(name);
            return switch (state) {
                case PRESENT -> FileOutcome.DELETED;
                case MISSING -> FileOutcome.MISSING;
                case REFUSED -> FileOutcome.REFUSED;
            };
        } catch (IOException e) {
            // its message may hold the name; the file waits, is counted and tried again
            return FileOutcome.WAITING;
        }
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
