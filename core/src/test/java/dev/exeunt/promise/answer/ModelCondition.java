package dev.exeunt.promise.answer;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Lists conditions that narrow a link, each in SQL and in Java. */
public enum ModelCondition {
    X("kind = 'x'", r -> "x".equals(r.get("kind"))),
    NOT_X("kind <> 'x' -- the others", r -> r.get("kind") != null && !"x".equals(r.get("kind"))),
    NONE("kind IS NULL", r -> r.get("kind") == null),
    LATE("\"uid\" > 3", r -> Integer.parseInt(r.get("uid")) > 3),
    QUOTED("kind = 'select' OR \"kind\" IN ('x', 'it''s')", r -> "x".equals(r.get("kind"))),
    PURE("public.even(uid)", r -> Integer.parseInt(r.get("uid")) % 2 == 0),
    /** Its label is IMMUTABLE, and it reads a table all the same. */
    LYING("public.lying(uid)", null),
    /** Reads a table, so that no map with it passes. */
    STABLE("public.noted(uid)", null);

    private final String sql;
    private final Predicate<Map<String, String>> holds;

    /** @param holds null where a row of the table that functions read decides */
    ModelCondition(String sql, Predicate<Map<String, String>> holds) {
        this.sql = sql;
        this.holds = holds;
    }

    /** Those that a map may pass with. */
    static List<ModelCondition> allowed() {
        return Arrays.stream(values()).filter(c -> c != STABLE).toList();
    }

    String sql() {
        return sql;
    }

    /** @param read whether the table that functions read has a row of this number */
    public boolean holds(Map<String, String> row, Predicate<String> read) {
        return holds == null ? read.test(row.get("uid")) : holds.test(row);
    }
}
