package dev.exeunt.promise.answer;

import java.util.Map;
import java.util.function.Predicate;

/** Lists conditions that narrow a link, each in SQL and in Java. */
public enum ModelCondition {
    X("kind = 'x'", r -> "x".equals(r.get("kind"))),
    NOT_X("kind <> 'x' -- the others", r -> r.get("kind") != null && !"x".equals(r.get("kind"))),
    NONE("kind IS NULL", r -> r.get("kind") == null),
    LATE("\"uid\" > 3", r -> Integer.parseInt(r.get("uid")) > 3),
    QUOTED("kind = 'select' OR \"kind\" IN ('x', 'it''s')", r -> "x".equals(r.get("kind")));

    private final String sql;
    private final Predicate<Map<String, String>> holds;

    ModelCondition(String sql, Predicate<Map<String, String>> holds) {
        this.sql = sql;
        this.holds = holds;
    }

    String sql() {
        return sql;
    }

    public boolean holds(Map<String, String> row) {
        return holds.test(row);
    }
}
