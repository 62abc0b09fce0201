package dev.exeunt.promise.made;

import dev.exeunt.testkit.Dice;
import java.util.List;
import java.util.Map;

/** A made-up application: people, and tables that refer to them, to each other and to themselves, with rows. */
public final class MadeSchema {

    /** What every database of these has; made once. */
    public static final String TEMPLATE = """
            CREATE EXTENSION citext SCHEMA public;
            CREATE SCHEMA other;
            CREATE SCHEMA "Odd.Schema";
            """ + Type.PRELUDE + Hazards.PRELUDE;

    private final List<MadeTable> tables;

    private MadeSchema(List<MadeTable> tables) {
        this.tables = tables;
    }

    public static MadeSchema of(Dice dice, int serverVersion) {
        boolean since15 = serverVersion >= 150000;
        Names names = new Names(dice);
        List<MadeTable> tables = new Tables(dice, names).make();
        new References(dice, names, tables, since15).make();
        new Rows(dice, tables).make();
        new Hazards(dice, tables, since15).make();
        return new MadeSchema(tables);
    }

    public List<MadeTable> tables() {
        return tables;
    }

    public MadeTable people() {
        return tables.get(0);
    }

    /** The key of each of the people, the ghost's last. */
    public List<List<String>> keys() {
        return people().rows.stream().map(r -> key(people(), r)).toList();
    }

    /** The values of these columns in the standing row of a table. */
    public static List<String> ghost(MadeTable table, List<String> columns) {
        Map<String, String> row = table.rows.get(table.rows.size() - 1);
        return columns.stream().map(row::get).toList();
    }

    /** An INSERT of one more row that refers to this parent and shares no unique value with any other. */
    public String another(Reference reference, Map<String, String> parent, int uid) {
        MadeTable child = reference.child();
        MadeTable one = new MadeTable(child.schema(), child.name());
        one.columns.addAll(child.columns);
        Map<String, String> row = one.newRow(uid);
        Map<String, String> like = child.rows.get(0);
        for (MadeColumn column : child.columns) {
            int at = reference.columns().indexOf(column.name());
            boolean key = child.uniques.stream().anyMatch(u -> u.contains(column.name()));
            if (at >= 0) {
                row.put(column.name(), parent.get(reference.parentColumns().get(at)));
            } else if (column.name().equals(MadeTable.CODE)) {
                row.put(column.name(), "C" + uid);
            } else if (key && !column.name().equals(MadeTable.TENANT)) {
                row.put(column.name(), column.type().value(uid));
            } else {
                row.putIfAbsent(column.name(), like.get(column.name()));
            }
        }
        return one.insert();
    }

    private static List<String> key(MadeTable table, Map<String, String> row) {
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
