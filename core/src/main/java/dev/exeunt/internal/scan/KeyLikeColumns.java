package dev.exeunt.internal.scan;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableSample;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds integer columns whose sampled values are almost all keys of the subject although neither their names nor a foreign key says so:
 * partial inclusion dependencies. Counts and quantities are small, and keys in use are spread, so the values must reach as far as the keys do.
 */
public final class KeyLikeColumns {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
    private static final int SAMPLE = 1_000;
    private static final int FEWEST = 10;

    private static final String SAMPLED = """
            SELECT pg_catalog.count(DISTINCT exeunt_v.v) OPERATOR(pg_catalog.>=) {fewest}
                AND 10 OPERATOR(pg_catalog.*) pg_catalog.count(DISTINCT exeunt_v.v) FILTER (WHERE EXISTS (
                    SELECT FROM {people} AS exeunt_p WHERE exeunt_p.{key} OPERATOR(pg_catalog.=) exeunt_v.v))
                    OPERATOR(pg_catalog.>=) (9 OPERATOR(pg_catalog.*) pg_catalog.count(DISTINCT exeunt_v.v))
                AND pg_catalog.max(exeunt_v.v)
                    OPERATOR(pg_catalog.>=) (SELECT pg_catalog.max({key}) OPERATOR(pg_catalog./) 2 FROM {people})
            FROM (SELECT {column} AS v FROM {table} {sampled} WHERE {column} IS NOT NULL LIMIT {sample}) AS exeunt_v""";

    private final Connection connection;
    private final PlannedSubject subject;

    public KeyLikeColumns(Connection connection, PlannedSubject subject) {
        this.connection = connection;
        this.subject = subject;
    }

    /** Whether the column may be one at all: an integer that is no key of its own table and refers to no other. */
    public static boolean isCandidate(Table table, Column column) {
        return INTEGERS.contains(column.type().baseName())
                && !table.primaryKey().equals(List.of(column.name()))
                && table.foreignKeys().stream().map(ForeignKey::columns).noneMatch(c -> c.contains(column.name()));
    }

    /** Returns those of a table's columns whose values are almost all keys. */
    public List<Column> find(Table table, List<Column> candidates) throws SQLException {
        boolean integers = subject.key().size() == 1
                && INTEGERS.contains(subject.key().get(0).type().baseName());
        if (candidates.isEmpty() || !integers || table.kind() == Table.RelationKind.FOREIGN) {
            return List.of();
        }
        List<SqlFragment> samples = new ArrayList<>();
        for (Column column : candidates) {
            samples.add(SqlTemplate.of("({sample})")
                    .fragment("sample", sample(table, column))
                    .toFragment());
        }
        SqlFragment select = SqlTemplate.of("SELECT {samples}")
                .fragments("samples", ", ", samples)
                .toFragment();
        return SqlRunner.one(connection, select, row -> {
            List<Column> alike = new ArrayList<>();
            for (int i = 0; i < candidates.size(); i++) {
                if (row.getBoolean(i + 1)) {
                    alike.add(candidates.get(i));
                }
            }
            return alike;
        });
    }

    private SqlFragment sample(Table table, Column column) {
        return SqlTemplate.of(SAMPLED)
                .fragment("fewest", Integer.toString(FEWEST))
                .fragment("people", subject.table().name().quoted())
                .identifier("key", subject.key().get(0).name())
                .identifier("column", column.name())
                .fragment("table", table.name().quoted())
                .fragment("sampled", TableSample.clause(table, 20.0 * SAMPLE))
                .fragment("sample", Integer.toString(SAMPLE))
                .toFragment();
    }
}
