package dev.exeunt.promise.made;

import dev.exeunt.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Generates few rows for each table, with references to arbitrary rows. */
final class RowGenerator {

    /** The number of a standing row that refers to standing rows only. */
    static final int GHOST = 99;

    /** The number of people besides the ghost; of other rows there are some more. */
    static final int PEOPLE = 4;

    private static final int OTHERS = 6;

    private final SeededRandom dice;
    private final List<RandomTable> tables;

    RowGenerator(SeededRandom dice, List<RandomTable> tables) {
        this.dice = dice;
        this.tables = tables;
    }

    void make() {
        tables.forEach(this::keys);
        tables.forEach(t -> t.rows.forEach(row -> references(t, row)));
        tables.forEach(t -> t.rows.forEach(row -> data(t, row)));
    }

    /** Of tables with tenants the rows of odd numbers are the first tenant's. */
    private void keys(RandomTable table) {
        boolean people = table == tables.get(0);
        if (table.name().equals("tenants")) {
            key(table, 2);
            key(table, GHOST);
            table.rows.forEach(row -> row.put("id", row.get(RandomTable.UID).equals("2") ? "2" : "1"));
            return;
        }
        int first = table.above == null ? 1 : 11;
        int count = people || table.features.contains(TestedFeature.KEY_IS_A_REFERENCE) ? PEOPLE : OTHERS;
        for (int number = first; number < first + count; number++) {
            key(table, number);
        }
        key(table, GHOST + (table.above == null ? 0 : 10));
    }

    private static void key(RandomTable table, int number) {
        Map<String, String> row = table.newRow(number);
        int tenant = number % 2 == 0 ? 2 : 1;
        boolean composite = table.composite();
        for (RandomColumn column : table.columns) {
            if (column.name().equals(RandomTable.TENANT)) {
                row.put(column.name(), "" + tenant);
            } else if (column.name().equals("alt")) {
                row.put(column.name(), column.type().value(200 + number));
            } else if (table.uniques.stream().anyMatch(u -> u.contains(column.name())) || isKey(column)) {
                // the same number in both tenants, or the tenant would tell nothing apart
                int within = composite && number < GHOST ? (number + 1) / 2 : number;
                row.put(column.name(), column.type().value(within));
            }
        }
    }

    private static boolean isKey(RandomColumn column) {
        return column.name().equals("id");
    }

    private void references(RandomTable table, Map<String, String> row) {
        int number = Integer.parseInt(row.get(RandomTable.UID));
        boolean orphan = dice.chance(15);
        for (RandomForeignKey reference : List.copyOf(table.references)) {
            if (reference.oneToOne()) {
                continue;
            }
            boolean ghost = number >= GHOST;
            List<Map<String, String>> candidates = reference.parent().rows.stream()
                    .filter(p -> fits(reference, row, p))
                    .filter(p -> !ghost || Integer.parseInt(p.get(RandomTable.UID)) >= GHOST)
                    .toList();
            boolean empty = reference.nullable() && dice.chance(20);
            if (candidates.isEmpty() && !reference.nullable()) {
                table.references.remove(reference); // the other tenant has no row to refer to
                continue;
            }
            if (empty || candidates.isEmpty()) {
                empty(reference, row, candidates.isEmpty());
            } else if (reference.notValid() && orphan && !ghost) {
                reference
                        .columns()
                        .forEach(c -> row.putIfAbsent(c, table.column(c).type().value(777)));
            } else {
                refer(reference, row, dice.one(candidates));
            }
        }
    }

    /** Columns that have a value already, a tenant's, must be the parent's too. */
    private static boolean fits(RandomForeignKey reference, Map<String, String> row, Map<String, String> parent) {
        for (int i = 0; i < reference.columns().size(); i++) {
            String own = row.get(reference.columns().get(i));
            if (own != null && !own.equals(parent.get(reference.parentColumns().get(i)))) {
                return false;
            }
        }
        return true;
    }

    private void refer(RandomForeignKey reference, Map<String, String> row, Map<String, String> parent) {
        for (int i = 0; i < reference.columns().size(); i++) {
            String column = reference.columns().get(i);
            String value = parent.get(reference.parentColumns().get(i));
            RandomColumnType type = reference.child().column(column).type();
            boolean loud = type == RandomColumnType.CITEXT && dice.chance(50);
            row.putIfAbsent(
                    column,
                    loud
                            ? value.toUpperCase(Locale.ROOT)
                            : type == RandomColumnType.NUMERIC && dice.chance(50) ? value.replace(".50", ".5") : value);
        }
    }

    /** All columns NULL, or only some where that means nothing, too. A column that cannot be NULL makes an orphan. */
    private void empty(RandomForeignKey reference, Map<String, String> row, boolean forced) {
        boolean partly = reference.columns().size() > 1 && !reference.further().contains("MATCH FULL") && !forced;
        List<String> columns = new ArrayList<>(reference.columns());
        partly &= columns.stream().noneMatch(row::containsKey);
        for (int i = 0; i < columns.size(); i++) {
            RandomColumn column = reference.child().column(columns.get(i));
            if (!row.containsKey(column.name())) {
                boolean fill = column.notNull() || partly && i > 0 && dice.chance(50);
                row.put(column.name(), fill ? column.type().value(1) : null);
            }
        }
    }

    private void data(RandomTable table, Map<String, String> row) {
        for (RandomColumn column : table.columns) {
            if (column.written() && !row.containsKey(column.name())) {
                row.put(column.name(), data(table, row, column));
            }
        }
    }

    private String data(RandomTable table, Map<String, String> row, RandomColumn column) {
        int number = Integer.parseInt(row.get(RandomTable.UID));
        boolean ghost = number >= GHOST;
        return switch (column.name()) {
            case RandomTable.KIND -> dice.one("x", "y", null);
            case RandomTable.CODE -> code(table, column, number);
            case RandomTable.MEMBER -> member(row, ghost);
            case "email" ->
                ghost
                        ? "ghost@x.test"
                        : number == 3 && !column.notNull() ? dice.one(null, "", " ") : email(table, number);
            case RandomTable.CONTACT ->
                dice.one(null, "", "P" + (1 + dice.below(5)) + "@x.TEST", "p" + (1 + dice.below(5)) + "@X.test");
            default ->
                inherited(table, column)
                        ? column.type().value(1 + dice.below(column.name().endsWith("_t") ? 2 : 4))
                        : column.notNull() || column.type() == RandomColumnType.LINE || dice.chance(75)
                                ? column.type().value(1000 + number)
                                : null;
        };
    }

    /** The key of one of the people, of the row's tenant where people have one. */
    private String member(Map<String, String> row, boolean ghost) {
        RandomTable people = tables.get(0);
        String key = people.key().get(people.key().size() - 1);
        List<Map<String, String>> candidates = people.rows.stream()
                .filter(p -> !people.key().contains(RandomTable.TENANT)
                        || p.get(RandomTable.TENANT).equals(row.get(RandomTable.TENANT)))
                .filter(p -> ghost == Integer.parseInt(p.get(RandomTable.UID)) >= GHOST)
                .toList();
        return candidates.isEmpty() || dice.chance(25)
                ? null
                : dice.one(candidates).get(key);
    }

    /** At times two people have the same, written in another case. */
    private String email(RandomTable table, int number) {
        if (number == PEOPLE && dice.chance(40)) {
            table.features.add(TestedFeature.SHARED_VALUE);
            return "P" + (1 + dice.below(2)) + "@x.Test";
        }
        return "p" + number + "@X.test";
    }

    /** A reference of the table above, which is none here: it may point at anybody. */
    private static boolean inherited(RandomTable table, RandomColumn column) {
        return table.above != null
                && table.above.references.stream().anyMatch(r -> r.columns().contains(column.name()));
    }

    /** Different from row to row; some have chosen what a rule would make of somebody's key. */
    private static String code(RandomTable table, RandomColumn column, int number) {
        if (number == 2 && !column.notNull()) {
            return null;
        }
        String key = table.uniques.isEmpty()
                ? "1"
                : table.rows.get(0).get(table.key().get(0));
        return number == 4 && key.length() < 15 ? "gone-" + key : "C" + number;
    }
}
