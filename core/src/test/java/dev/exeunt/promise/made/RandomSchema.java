package dev.exeunt.promise.made;

import dev.exeunt.testkit.SeededRandom;
import java.util.List;
import java.util.Map;

/** Holds a randomly generated application schema: people, tables that refer to them, and rows. */
public final class RandomSchema {

    /** What every database of these has; made once. */
    public static final String TEMPLATE = """
            CREATE EXTENSION citext SCHEMA public;
            CREATE SCHEMA other;
            CREATE SCHEMA "Odd.Schema";
            """ + RandomColumnType.PRELUDE + HazardGenerator.PRELUDE;

    private final List<RandomTable> tables;

    private RandomSchema(List<RandomTable> tables) {
        this.tables = tables;
    }

    public static RandomSchema of(SeededRandom dice, int serverVersion) {
        boolean since15 = serverVersion >= 150000;
        NameGenerator names = new NameGenerator(dice);
        List<RandomTable> tables = new TableGenerator(dice, names).make();
        new ForeignKeyGenerator(dice, names, tables, since15).make();
        new RowGenerator(dice, tables).make();
        new HazardGenerator(dice, tables, since15).make();
        return new RandomSchema(tables);
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
        RandomTable child = reference.child();
        RandomTable one = new RandomTable(child.schema(), child.name());
        one.columns.addAll(child.columns);
        Map<String, String> row = one.newRow(uid);
        Map<String, String> like = child.rows.get(0);
        for (RandomColumn column : child.columns) {
            int at = reference.columns().indexOf(column.name());
            boolean key = child.uniques.stream().anyMatch(u -> u.contains(column.name()));
            if (at >= 0) {
                row.put(column.name(), parent.get(reference.parentColumns().get(at)));
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

    private static List<String> key(RandomTable table, Map<String, String> row) {
        return table.key().stream().map(row::get).toList();
    }

    /** Tables, then rows, then what refers to them: rows need not come in any order. */
    public String sql() {
        StringBuilder sql = new StringBuilder();
        tables.forEach(t -> sql.append(t.create()));
        tables.forEach(t -> sql.append(t.insert()));
        tables.forEach(t -> t.references.forEach(r -> sql.append(r.sql())));
        tables.forEach(t -> sql.append(t.later));
        return sql.toString();
    }
}
