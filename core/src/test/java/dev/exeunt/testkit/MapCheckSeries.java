package dev.exeunt.testkit;

import dev.exeunt.database.Database;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.plan.proof.MapChecker;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.trial.MapSql;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import dev.exeunt.internal.schema.trial.SqlValidator;
import dev.exeunt.internal.schema.trial.SqlVerdict;
import dev.exeunt.internal.transaction.Transaction;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Checks many maps against one schema that does not change. It reads the schema once, and asks the database once about each SQL
 * text, since most of the maps differ in a line or two.
 */
public final class MapCheckSeries {

    private final TestDatabase database;
    private final DatabaseSchema schema;
    private final Map<MapSql, SqlVerdict> known = new HashMap<>();

    private MapCheckSeries(TestDatabase database, DatabaseSchema schema) {
        this.database = database;
        this.schema = schema;
    }

    /** Reads the schema. */
    public static MapCheckSeries on(TestDatabase database) {
        return on(database, TestSchemaReader.schema(database));
    }

    /** @param schema the database's, as it is now */
    public static MapCheckSeries on(TestDatabase database, DatabaseSchema schema) {
        return new MapCheckSeries(database, schema);
    }

    public DatabaseSchema schema() {
        return schema;
    }

    /** Every finding of one map, and its plans. */
    public MapCheckResult check(MapDefinition map) {
        return MapChecker.check(map, schema, this::verdicts);
    }

    private SqlValidationResult verdicts(List<MapSql> texts) {
        List<MapSql> unknown = texts.stream().filter(t -> !known.containsKey(t)).toList();
        if (!unknown.isEmpty()) {
            known.putAll(Transaction.runAndRollBack(
                            Database.at(database.jdbcUrl(), database.user(), database.password()),
                            "trying",
                            connection -> SqlValidator.validate(connection, unknown))
                    .verdicts());
        }
        return new SqlValidationResult(known);
    }
}
