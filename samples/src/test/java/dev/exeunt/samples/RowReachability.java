package dev.exeunt.samples;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.testkit.TestDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Finds all rows that a plan's roles reach, in memory and without Exeunt's SQL. */
final class RowReachability {

    /** Holds a row as JSON and the roles that reach it. */
    static final class RowWithRoles {
        final JsonNode cells;
        final Set<String> holds;
        final Set<PlannedRole> roles = new HashSet<>();

        /** @param holds the map's {@code where} expressions that are true of it */
        private RowWithRoles(JsonNode cells, Set<String> holds) {
            this.cells = cells;
            this.holds = holds;
        }

        /** NULL is null. */
        String text(String column) {
            return RowReachability.text(cells.path(column));
        }
    }

    private final Plan plan;
    private final String key;
    private final Map<TableName, List<RowWithRoles>> rows = new LinkedHashMap<>();

    private RowReachability(Plan plan, String key) {
        this.plan = plan;
        this.key = key;
    }

    static RowReachability of(TestDatabase database, DatabaseSchema schema, Plan plan, String key) {
        RowReachability reached = new RowReachability(plan, key);
        for (Table table : schema.tables()) {
            List<PlannedRole> narrowed = plan.roles().stream()
                    .filter(r -> r.table().name().equals(table.name()) && r.where() != null)
                    .toList();
            reached.rows.put(table.name(), read(database, table.name(), narrowed));
        }
        while (reached.follow()) {}
        return reached;
    }

    /** The rows of each table, mapped or not. */
    Map<TableName, List<RowWithRoles>> rows() {
        return rows;
    }

    /** The cells of rows reached only from rows that refer to them, where every row that refers to them is reached. */
    Set<JsonNode> heldAlone(DatabaseSchema schema) {
        Set<JsonNode> held = new HashSet<>();
        for (Table table : schema.tables()) {
            rows.get(table.name()).stream()
                    .filter(r -> !r.roles.isEmpty() && r.roles.stream().allMatch(RowReachability::held))
                    .filter(r -> referring(schema, table, r).allMatch(other -> !other.roles.isEmpty()))
                    .forEach(r -> held.add(r.cells));
        }
        return held;
    }

    private static boolean held(PlannedRole role) {
        return role.source() instanceof KeySource.RoleRows rows && rows.sourceRefersToRole();
    }

    private Stream<RowWithRoles> referring(DatabaseSchema schema, Table parent, RowWithRoles row) {
        return schema.tables().stream()
                .flatMap(child -> child.foreignKeys().stream()
                        .filter(key -> key.parent().equals(parent.name()))
                        .flatMap(key -> rows.get(child.name()).stream()
                                .filter(other -> texts(other, key.columns()).equals(texts(row, key.parentColumns())))));
    }

    private static List<String> texts(RowWithRoles row, List<String> columns) {
        List<String> texts = new ArrayList<>();
        columns.forEach(c -> texts.add(row.text(c)));
        return texts;
    }

    static List<RowWithRoles> read(TestDatabase database, TableName table, List<PlannedRole> narrowed) {
        String wheres = narrowed.stream()
                .map(r -> ", (" + r.where() + ") AS \"where " + r.id() + "\"")
                .collect(Collectors.joining());
        List<RowWithRoles> rows = new ArrayList<>();
        for (Map<String, Object> row :
                database.rows("SELECT to_jsonb(t)::text AS row" + wheres + " FROM " + table.quoted() + " AS t")) {
            Set<String> holds = narrowed.stream()
                    .filter(r -> Boolean.TRUE.equals(row.get("where " + r.id())))
                    .map(r -> r.where().text())
                    .collect(Collectors.toSet());
            rows.add(new RowWithRoles(FilledSchema.JSON.readTree((String) row.get("row")), holds));
        }
        return rows;
    }

    private boolean follow() {
        boolean found = false;
        for (PlannedTable table : plan.tables()) {
            for (PlannedRole role : table.roles()) {
                Set<List<String>> keys = keys(role.source());
                for (RowWithRoles row : rows.get(table.name())) {
                    found |= belongs(row, role, keys) && row.roles.add(role);
                }
            }
        }
        return found;
    }

    private static boolean belongs(RowWithRoles row, PlannedRole role, Set<List<String>> keys) {
        List<String> values = values(row, role.on());
        boolean byValue = role.source() instanceof KeySource.IdentifierValues;
        return !values.contains(null)
                && keys.contains(byValue ? List.of(values.get(0).toLowerCase(Locale.ROOT)) : values)
                && (role.where() == null || row.holds.contains(role.where().text()));
    }

    private Set<List<String>> keys(KeySource source) {
        if (source instanceof KeySource.SubjectKeyValues) {
            return Set.of(List.of(key));
        }
        Set<List<String>> keys = new HashSet<>();
        if (source instanceof KeySource.IdentifierValues identifier) {
            for (RowWithRoles row : rows.get(plan.subject().table().name())) {
                String value = row.text(identifier.column().name());
                if (key.equals(row.text(plan.subject().key().get(0).name())) && value != null) {
                    keys.add(List.of(value.toLowerCase(Locale.ROOT)));
                }
            }
            rows.get(plan.subject().table().name()).stream()
                    .filter(row ->
                            !key.equals(row.text(plan.subject().key().get(0).name())))
                    .map(row -> row.text(identifier.column().name()))
                    .filter(Objects::nonNull)
                    .forEach(value -> keys.remove(List.of(value.toLowerCase(Locale.ROOT))));
            return keys;
        }
        KeySource.RoleRows through = (KeySource.RoleRows) source;
        rows.get(through.roles().get(0).table()).stream()
                .filter(r -> r.roles.stream().anyMatch(p -> through.roles().contains(p.id())))
                .map(r -> values(r, through.columns()))
                .filter(v -> !v.contains(null))
                .forEach(keys::add);
        return keys;
    }

    /** May hold nulls. */
    private static List<String> values(RowWithRoles row, List<Column> columns) {
        List<String> values = new ArrayList<>();
        columns.forEach(c -> values.add(row.text(c.name())));
        return values;
    }

    private static String text(JsonNode cell) {
        if (cell.isNull() || cell.isMissingNode()) {
            return null;
        }
        return cell.isString() ? cell.asString() : cell.toString();
    }
}
