package dev.exeunt.internal.plan.check.leftover;

import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;

/** Checks a map over a table of people, and returns the findings of one code. */
final class LeftoverFindings {

    private static final String PEOPLE = "CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE);\n";

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { erase: delete }
            """;

    private LeftoverFindings() {}

    /** @param tables the map's entries below {@code tables}, indented by two blanks, and what follows them */
    static List<Finding> of(FindingCode code, String sql, String tables) {
        return check(PEOPLE + sql, MAP + tables).findings().stream()
                .filter(f -> f.code() == code)
                .toList();
    }

    /** What the findings are about. */
    static List<String> about(FindingCode code, String sql, String tables) {
        return of(code, sql, tables).stream().map(Finding::what).toList();
    }

    /** With a row of the subject that stays, without what tells of the person. */
    static List<String> aboutTombstone(FindingCode code, String sql, String tables) {
        String map = MAP.replace("erase: delete", "erase: { anonymize: { email: null } }");
        return check(PEOPLE + sql, map + tables).findings().stream()
                .filter(f -> f.code() == code)
                .map(Finding::what)
                .toList();
    }

    static String sql(String sql) {
        return PEOPLE + sql;
    }

    static String map(String tables) {
        return MAP + tables;
    }

    static MapCheckResult check(String sql, String map) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            return world.check();
        }
    }
}
