package dev.exeunt.internal.reach;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Some people for a trial: spread over the table by a hash of the key, the same ones as long as the table does not change,
 * so that what went wrong can be looked at again. Of a large table only as many blocks are read as hold enough of them.
 */
public final class SubjectSample {

    /** Smaller tables are read whole, which takes well under a second and needs no estimate to be right. */
    private static final long LARGE = 100_000;

    /** Neighbours in a block joined at the same time; the hash chooses among so many from blocks all over the table. */
    private static final int CANDIDATES = 100;

    private SubjectSample() {}

    /** Up to so many; fewer only where there are no more. Never a ghost that the map reassigns rows to. */
    public static List<SubjectKey> sample(Connection connection, Plan plan, int size) throws SQLException {
        if (size < 1) {
            throw new IllegalArgumentException("a sample of " + size);
        }
        Set<List<String>> ghosts = GhostKeys.of(plan);
        PlannedSubject subject = plan.subject();
        List<SubjectKey> sample = new ArrayList<>();
        if (subject.table().estimatedRows() > LARGE && subject.table().kind() != Table.RelationKind.FOREIGN) {
            sample = read(connection, subject, blocks(subject.table(), size), size + ghosts.size());
        }
        if (sample.size() < size + ghosts.size()) {
            sample = read(connection, subject, SqlFragment.EMPTY, size + ghosts.size());
        }
        return sample.stream()
                .filter(k -> !ghosts.contains(k.parts()))
                .limit(size)
                .toList();
    }

    private static SqlFragment blocks(Table table, int size) {
        double percent = 100.0 * CANDIDATES * Math.max(10, size) / table.estimatedRows();
        return SqlTemplate.of("TABLESAMPLE SYSTEM ({percent}) REPEATABLE (1)")
                .fragment("percent", String.format(Locale.ROOT, "%.6f", Math.min(100, percent)))
                .toFragment();
    }

    private static List<SubjectKey> read(Connection connection, PlannedSubject subject, SqlFragment sampled, int limit)
            throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT {key} FROM {table} {sampled}
                        ORDER BY pg_catalog.md5(pg_catalog.concat_ws(',', {key})) LIMIT :limit""")
                .fragment("key", subject.key().stream().map(SubjectSample::text).collect(SqlFragment.joining(", ")))
                .fragment("table", subject.table().name().quoted())
                .fragment("sampled", sampled)
                .bind("limit", limit)
                .toFragment();
        return SqlRunner.list(connection, select, row -> SubjectFinder.key(row, 0, subject));
    }

    private static SqlFragment text(Column column) {
        return SqlTemplate.of("{column}::pg_catalog.text")
                .identifier("column", column.name())
                .toFragment();
    }
}
