package dev.exeunt.internal.erase;

import dev.exeunt.erase.RehearsalResult.QueryPlanNode;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * How PostgreSQL would run a statement. The plan is that of the statement with parameters, as an erasure runs it, and is told
 * without them: no key goes to the server for it, and of what it answers only nodes, tables and indexes are kept.
 */
final class QueryPlan {

    private QueryPlan() {}

    /** In a transaction of its own, which is rolled back. Empty where PostgreSQL cannot plan the statement. */
    static List<QueryPlanNode> explain(Connection connection, SqlFragment sql, Duration lockWait) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // pruning would go by the parameters, which are not given here: all partitions are shown
            statement.execute("SET LOCAL lock_timeout = " + lockWait.toMillis()
                    + "; SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_partition_pruning = off");
            statement.execute("PREPARE exeunt_slowest AS " + sql.numbered());
            String nulls = String.join(", ", Collections.nCopies(sql.values().size(), "NULL"));
            try (ResultSet result = statement.executeQuery("EXPLAIN (FORMAT JSON, VERBOSE) EXECUTE exeunt_slowest"
                    + (nulls.isEmpty() ? "" : " (" + nulls + ")"))) {
                result.next();
                return nodes(result.getString(1));
            } finally {
                statement.execute("DEALLOCATE exeunt_slowest");
            }
        } catch (SQLException e) {
            // the very statement may be what PostgreSQL refuses; that has been told, and a plan is only an extra
            return List.of();
        } finally {
            connection.rollback();
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
