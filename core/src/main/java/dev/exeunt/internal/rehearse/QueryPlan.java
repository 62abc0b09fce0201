package dev.exeunt.internal.rehearse;

import dev.exeunt.erase.RehearsalResult.QueryPlanNode;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds how PostgreSQL would run a statement. The plan is that of the parameterised statement, as an erasure runs it.
 * No key goes to the server for it, and only nodes, tables and indexes of its answer are kept.
 */
final class QueryPlan {

    private QueryPlan() {}

    /** In a transaction of its own, which is rolled back. Empty where PostgreSQL cannot plan the statement. */
    static List<QueryPlanNode> explain(Connection connection, SqlFragment sql, Duration lockWait) throws SQLException {
        try {
            // pruning would go by the parameters, which are not given here: all partitions are shown
            SqlRunner.execute(
                    connection,
                    SqlTemplate.of("""
                                    SET LOCAL lock_timeout = :milliseconds;
                                    SET LOCAL plan_cache_mode = force_generic_plan;
                                    SET LOCAL enable_partition_pruning = off""")
                            .bind("milliseconds", Long.toString(lockWait.toMillis()))
                            .toFragment());
            return planned(connection, sql);
        } catch (SQLException e) {
            // the very statement may be what PostgreSQL refuses; that has been told, and a plan is only an extra
            return List.of();
        } finally {
            connection.rollback();
        }
    }

    private static List<QueryPlanNode> planned(Connection connection, SqlFragment sql) throws SQLException {
        SqlFragment prepare = SqlTemplate.of("PREPARE exeunt_slowest AS {statement}")
                .fragment("statement", SqlFragment.trusted(sql.numbered()))
                .toFragment();
        SqlRunner.execute(connection, prepare);
        List<SqlFragment> nulls = Collections.nCopies(sql.values().size(), SqlFragment.of("NULL"));
        SqlFragment explain = nulls.isEmpty()
                ? SqlFragment.of("EXPLAIN (FORMAT JSON, VERBOSE) EXECUTE exeunt_slowest")
                : SqlTemplate.of("EXPLAIN (FORMAT JSON, VERBOSE) EXECUTE exeunt_slowest ({nulls})")
                        .fragments("nulls", ", ", nulls)
                        .toFragment();
        try {
            return SqlRunner.one(connection, explain, row -> nodes(row.getString(1)));
        } finally {
            SqlRunner.execute(connection, SqlFragment.of("DEALLOCATE exeunt_slowest"));
        }
    }

    private static List<QueryPlanNode> nodes(String json) {
        List<QueryPlanNode> nodes = new ArrayList<>();
        collect(JsonMapper.shared().readTree(json).path(0).path("Plan"), 0, nodes);
        return nodes;
    }

    private static void collect(JsonNode plan, int depth, List<QueryPlanNode> nodes) {
        String type = text(plan, "Node Type");
        nodes.add(new QueryPlanNode(
                depth,
                String.valueOf("ModifyTable".equals(type) ? text(plan, "Operation") : type),
                table(plan),
                text(plan, "Index Name")));
        for (JsonNode child : plan.path("Plans")) {
            collect(child, depth + 1, nodes);
        }
    }

    private static @Nullable String table(JsonNode plan) {
        String table = text(plan, "Relation Name");
        String schema = text(plan, "Schema");
        return table == null || schema == null ? table : new TableName(schema, table).toString();
    }

    private static @Nullable String text(JsonNode plan, String name) {
        JsonNode value = plan.path(name);
        return value.isString() ? value.stringValue() : null;
    }
}
