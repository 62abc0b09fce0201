package dev.exeunt.schema.trial;

import java.util.Map;
import java.util.Optional;

/** Texts of a map that were tried on the database, each with the verdict. */
public record TriedSql(Map<MapSql, Verdict> verdicts) {

    /** For a map without SQL. */
    public static final TriedSql NONE = new TriedSql(Map.of());

    public TriedSql {
        verdicts = Map.copyOf(verdicts);
    }

    /** Empty where the text was not tried. */
    public Optional<Verdict> of(MapSql text) {
        return Optional.ofNullable(verdicts.get(text));
    }
}
