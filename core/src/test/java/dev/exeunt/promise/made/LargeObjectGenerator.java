package dev.exeunt.promise.made;

import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.testkit.SeededRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gives rows large objects, some of which hold the key of a person. */
final class LargeObjectGenerator {

    private static final int FIRST = 100_000;

    private final SeededRandom dice;
    private final List<RandomTable> tables;

    LargeObjectGenerator(SeededRandom dice, List<RandomTable> tables) {
        this.dice = dice;
        this.tables = tables;
    }

    /** Returns the texts that the large objects hold, by number. */
    Map<String, String> make() {
        Map<String, String> texts = new LinkedHashMap<>();
        for (RandomTable table : tables) {
            if (table.has(RandomTable.FILE)) {
                table.rows.forEach(row -> row.put(RandomTable.FILE, dice.chance(70) ? add(table, row, texts) : null));
            }
        }
        return texts;
    }

    private String add(RandomTable table, Map<String, String> row, Map<String, String> texts) {
        int number = FIRST + 1000 * tables.indexOf(table) + Integer.parseInt(row.get(RandomTable.UID));
        RandomTable people = tables.get(0);
        String key = dice.one(people.rows).get(people.key().get(people.key().size() - 1));
        texts.put("" + number, dice.one("by " + key, "[" + key + "]", "x" + key + "x", "nothing"));
        return "" + number;
    }

    static String sql(Map<String, String> texts) {
        StringBuilder sql = new StringBuilder();
        texts.forEach((number, text) -> sql.append("SELECT pg_catalog.lo_from_bytea(")
                .append(number)
                .append(", pg_catalog.convert_to(")
                .append(SqlQuoting.literal(text))
                .append(", 'UTF8'));\n"));
        return sql.toString();
    }
}
