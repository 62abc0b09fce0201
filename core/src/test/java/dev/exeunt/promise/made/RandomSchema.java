package dev.exeunt.promise.made;

import dev.exeunt.testkit.SeededRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a randomly generated application schema: people, tables that refer to them, and rows. */
public final class RandomSchema {

    /** What every database of these has; made once. */
    public static final String TEMPLATE = """
            CREATE EXTENSION citext SCHEMA public;
            CREATE SCHEMA other;
            CREATE SCHEMA "Odd.Schema";
            """ + RandomColumnType.PRELUDE + HazardGenerator.PRELUDE;

    private final List<RandomTable> tables;
    private final Map<String, String> largeObjects;
    private final RandomTable read;
    private final boolean acceptsCopies;

    private RandomSchema(List<RandomTable> tables, Map<String, String> largeObjects, SeededRandom dice) {
        this.tables = tables;
        this.largeObjects = largeObjects;
        this.read = dice.one(tables);
        this.acceptsCopies = dice.chance(60);
    }

    public static RandomSchema of(SeededRandom dice, int serverVersion) {
        boolean since15 = serverVersion >= 150000;
        NameGenerator names = new NameGenerator(dice);
        List<RandomTable> tables = new TableGenerator(dice, names).make();
        new ForeignKeyGenerator(dice, names, tables, since15).make();
        new RowGenerator(dice, tables).make();
        Map<String, String> largeObjects = new LargeObjectGenerator(dice, tables).make();
        new HazardGenerator(dice, tables, since15).make();
        return new RandomSchema(tables, largeObjects, dice);
    }

    /** The texts that large objects hold, by number. */
    public Map<String, String> largeObjects() {
        return largeObjects;
    }

    /** The table that functions read. */
    public RandomTable read() {
        return read;
    }

    /** Where a trigger copies rows, and whether maps are to accept it. */
    public Optional<RandomTable> acceptedCopies() {
        return tables.stream().filter(t -> acceptsCopies && t.isCopies()).findFirst();
    }

    public List<RandomTable> tables() {
        return tables;
    }

    public RandomTable people() {
        return tables.get(0);
    }

    /** The key of each of the people, the ghost's last. */
    public List<List<String>> keys() {
        return people().rows.stream().map(r -> key(people(), r)).toList();
    }

    /** The values of these columns in the standing row of a table. */
    public static List<String> ghost(RandomTable table, List<String> columns) {
        Map<String, String> row = table.rows.get(table.rows.size() - 1);
        return columns.stream().map(row::get).toList();
    }

    /** An INSERT of one more row that refers to this parent and shares no unique value with any other. */
    public String another(RandomForeignKey reference, Map<String, String> parent, int uid) {
        Map<String, String> cells = new HashMap<>();
        for (int i = 0; i < reference.columns().size(); i++) {
            cells.put(
                    reference.columns().get(i),
                    parent.get(reference.parentColumns().get(i)));
        }
        return another(reference.child(), cells, uid, 0);
    }

    /** An INSERT of one more row with these values, which refers to standing rows else. */
    public String another(RandomTable table, Map<String, String> cells, int uid) {
        return another(table, cells, uid, table.rows.size() - 1);
    }

    private static String another(RandomTable child, Map<String, String> cells, int uid, int model) {
        RandomTable one = new RandomTable(child.schema(), child.name());
        one.columns.addAll(child.columns);
        Map<String, String> row = one.newRow(uid);
        Map<String, String> like = child.rows.get(model);
        for (RandomColumn column : child.columns) {
            boolean key = child.uniques.stream().anyMatch(u -> u.contains(column.name()));
            if (cells.containsKey(column.name())) {
                row.put(column.name(), cells.get(column.name()));
            } else if (column.name().equals(RandomTable.CODE)) {
                row.put(column.name(), "C" + uid);
            } else if (key && !column.name().equals(RandomTable.TENANT)) {
                row.put(column.name(), column.type().value(uid));
            } else {
                row.putIfAbsent(column.name(), like.get(column.name()));
            }
        }
        return one.insert();
    }

    private String reading(String begin) {
        String exists = "EXISTS (SELECT FROM " + read.quoted() + " AS r WHERE r.uid = $1)";
        return " '" + (begin.isEmpty() ? "SELECT " : begin) + exists + "';\n";
    }

    private static List<String> key(RandomTable table, Map<String, String> row) {
        return table.key().stream().map(row::get).toList();
    }

    /** Tables, then rows, then what refers to them: rows need not come in any order. */
    public String sql() {
        StringBuilder sql = new StringBuilder();
        tables.forEach(t -> sql.append(t.create()));
        sql.append(LargeObjectGenerator.sql(largeObjects));
        tables.forEach(t -> sql.append(t.insert()));
        tables.forEach(t -> t.references.forEach(r -> sql.append(r.sql())));
        tables.forEach(t -> sql.append(t.later));
        sql.append("CREATE FUNCTION public.noted(int) RETURNS bool STABLE SECURITY DEFINER LANGUAGE sql AS")
                .append(reading(""));
        sql.append("CREATE FUNCTION public.lying(int) RETURNS bool IMMUTABLE SECURITY DEFINER LANGUAGE plpgsql AS");
        sql.append(reading("BEGIN RETURN ").replace(")';", "); END';"));
        return sql.toString();
    }
}
