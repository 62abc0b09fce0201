package dev.exeunt.samples;

import dev.exeunt.internal.draft.judgement.RoleJudgement;
import dev.exeunt.internal.draft.judgement.SchemaJudgement;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestSchemaReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Gives rows of other people one column with the subject's key, where a judgement says that deleting such a row does harm. */
final class WeakKeyRows {

    private final FilledSchema filled;
    private final TestDatabase database;
    private final DatabaseSchema schema;
    private final SchemaJudgement judgement;
    private final List<PlantedRow> planted = new ArrayList<>();
    private final List<String> notPlanted = new ArrayList<>();

    /** @param condition finds the row by its primary key */
    private record PlantedRow(Table table, String column, String condition, RoleJudgement role, JsonNode before) {}

    private WeakKeyRows(FilledSchema filled, SchemaJudgement judgement) {
        this.filled = filled;
        this.database = filled.database();
        this.schema = TestSchemaReader.schema(database);
        this.judgement = judgement;
    }

    static WeakKeyRows plant(FilledSchema filled, SchemaJudgement judgement) {
        WeakKeyRows rows = new WeakKeyRows(filled, judgement);
        Set<JsonNode> used = new HashSet<>();
        for (Table table : rows.schema.tables()) {
            for (ForeignKey key : rows.toSubject(table)) {
                RoleJudgement role =
                        judgement.of(table.name()).roles().get(key.columns().get(0));
                if (role != null && role.harmful().contains("delete")) {
                    rows.plant(table, key.columns().get(0), role, used);
                }
            }
        }
        return rows;
    }

    private List<ForeignKey> toSubject(Table table) {
        return table.foreignKeys().stream()
                .filter(f ->
                        f.parent().equals(judgement.subject()) && f.columns().size() == 1)
                .toList();
    }

    private void plant(Table table, String column, RoleJudgement role, Set<JsonNode> used) {
        String name = database.scalar(
                "SELECT format('%I.%I', " + SqlQuoting.literal(table.name().schema()) + ", "
                        + SqlQuoting.literal(table.name().name()) + ")");
        for (JsonNode row : filled.rows("B")) {
            boolean here = row.path("table").asString().equals(name);
            if (here && used.add(row.path("row")) && changed(table, column, row.path("row"))) {
                String condition = condition(table, row.path("row"));
                planted.add(new PlantedRow(table, column, condition, role, read(table, condition)));
                return;
            }
        }
        notPlanted.add(table.name() + "." + column);
    }

    /** False where a unique index or a check refuses it. */
    private boolean changed(Table table, String column, JsonNode row) {
        try {
            database.execute("SET session_replication_role = replica; UPDATE "
                    + table.name().quoted() + " SET "
                    + SqlQuoting.identifier(column) + " = " + SqlQuoting.literal(filled.key()) + " WHERE "
                    + condition(table, row));
            return true;
        } catch (IllegalStateException refused) {
            return false;
        }
    }

    private static String condition(Table table, JsonNode row) {
        return table.primaryKey().stream()
                .map(c -> SqlQuoting.identifier(c) + "::text = " + SqlQuoting.literal(text(row.path(c))))
                .collect(Collectors.joining(" AND "));
    }

    private static String text(JsonNode cell) {
        return cell.isString() ? cell.asString() : cell.toString();
    }

    private JsonNode read(Table table, String condition) {
        List<Map<String, Object>> rows = database.rows(
                "SELECT to_jsonb(t)::text AS row FROM " + table.name().quoted() + " AS t WHERE " + condition);
        return FilledSchema.JSON.readTree(
                rows.isEmpty() ? "{}" : (String) rows.get(0).get("row"));
    }

    /** The links stay, and nothing in the database declares them any more. */
    void dropForeignKeys() {
        for (Table table : schema.tables()) {
            for (ForeignKey key : toSubject(table)) {
                database.execute("ALTER TABLE " + table.name().quoted() + " DROP CONSTRAINT "
                        + SqlQuoting.identifier(key.name()));
            }
        }
    }

    int count() {
        return planted.size();
    }

    String summary() {
        return planted.size() + " rows planted, no place for " + notPlanted;
    }

    /** Planted rows that are gone or have lost more than the key and what the judgement lets a draft overwrite. */
    List<String> damaged() {
        List<String> damaged = new ArrayList<>();
        for (PlantedRow row : planted) {
            JsonNode now = read(row.table(), row.condition());
            String place = row.table().name() + "." + row.column();
            if (now.isEmpty()) {
                damaged.add(place + ": the row is gone");
            }
            now.propertyStream()
                    .filter(cell -> !cell.getKey().equals(row.column())
                            && !row.role().overwrite().contains(cell.getKey())
                            && !cell.getValue().equals(row.before().path(cell.getKey())))
                    .forEach(cell -> damaged.add(place + ": " + cell.getKey() + " is " + cell.getValue()
                            + " instead of " + row.before().path(cell.getKey())));
        }
        return damaged;
    }
}
