package dev.exeunt.internal.schema.trial;

import java.util.Map;
import java.util.Optional;

/** Holds PostgreSQL's verdict on each SQL text of a map. */
public record SqlValidationResult(Map<MapSql, SqlVerdict> verdicts) {

    /** For a map without SQL. */
    public static final SqlValidationResult NONE = new SqlValidationResult(Map.of());

    public SqlValidationResult {
        verdicts = Map.copyOf(verdicts);
    }

    /** Empty where the text was not tried. */
    public Optional<SqlVerdict> of(MapSql text) {
        return Optional.ofNullable(verdicts.get(text));
    }
}
