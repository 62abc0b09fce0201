package dev.exeunt.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A made-up application: the people and a few tables that refer to them, to each other and to themselves in every way that
 * PostgreSQL knows, with rows. The same seed makes the same one.
 */
final class RandomSchema {

    /** A standing row of each table, which refers to standing rows only. */
    static final int GHOST = 99;

    /** @param columns of the child, pairwise with those of the parent's key */
    record Reference(int parent, List<String> columns, boolean nullable) {}

    /** @param tenant whether a tenant's column is part of the key */
    record Table(String name, boolean tenant, List<Reference> references, boolean uniqueCode) {
        List<String> key() {
            return tenant ? List.of("t", "id") : List.of("id");
        }
    }

    private final Random random;
    private final List<Table> tables = new ArrayList<>();
    private final StringBuilder sql = new StringBuilder();
    private final StringBuilder later = new StringBuilder();

    RandomSchema(Random random) {
        this.random = random;
        int count = 3 + random.nextInt(4);
        List<Boolean> tenants =
                IntStream.range(0, count).mapToObj(i -> chance(30)).toList();
        for (int i = 0; i < count; i++) {
            table(i, tenants);
        }
    }

    List<Table> tables() {
        return tables;
    }

    String sql() {
        return sql.toString() + later;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(String... of) {
        return of[random.nextInt(of.length)];
    }

    private void table(int number, List<Boolean> tenants) {
        boolean people = number == 0;
        String name = people ? "people" : "t" + number;
        List<String> columns = new ArrayList<>(List.of(
                "uid serial", "t int NOT NULL", "id int NOT NULL", "kind text", "body varchar(40)", "code text"));
        List<Reference> references = new ArrayList<>();
        int wanted = people ? random.nextInt(2) : 1 + random.nextInt(3);
        for (int i = 0; i < wanted; i++) {
            references.add(reference(name, i, tenants, columns, !people));
        }
        boolean uniqueCode = chance(40);
        Table table = new Table(name, tenants.get(number), references, uniqueCode);
        tables.add(table);
        sql.append("CREATE TABLE ").append(name).append(" (").append(String.join(", ", columns));
        sql.append(", PRIMARY KEY (").append(String.join(", ", table.key())).append(")");
        sql.append(uniqueCode ? ", UNIQUE (" + one("code", "code, kind", "kind, code", "t, code") + ")" : "");
        sql.append(");\n");
        rows(table, tenants);
    }

    /** The first reference of a table leads to the people, the others anywhere. */
    private Reference reference(
            String child, int number, List<Boolean> tenants, List<String> columns, boolean firstToPeople) {
        int parent = number == 0 && firstToPeople && chance(80) ? 0 : random.nextInt(tenants.size());
        boolean nullable = chance(60);
        String column = "r" + number;
        columns.add(column + " int" + (nullable ? "" : " NOT NULL"));
        boolean tenant = tenants.get(parent);
        boolean sharedTenant = tenant && chance(50);
        if (tenant && !sharedTenant) {
            columns.add(column + "t int" + (nullable ? "" : " NOT NULL"));
        }
        List<String> key = tenant ? List.of(sharedTenant ? "t" : column + "t", column) : List.of(column);
        String match = tenant && !sharedTenant && chance(30) ? " MATCH FULL" : "";
        String delete = one(
                "", "", " ON DELETE RESTRICT", " ON DELETE CASCADE", " ON DELETE SET NULL", " ON DELETE SET DEFAULT");
        later.append("ALTER TABLE ").append(child).append(" ADD FOREIGN KEY (");
        boolean swapped = tenant && chance(30);
        later.append(swapped ? key.get(1) + ", " + key.get(0) : String.join(", ", key))
                .append(") REFERENCES ");
        later.append(parent == 0 ? "people" : "t" + parent)
                .append(tenant ? swapped ? " (id, t)" : " (t, id)" : " (id)");
        later.append(match).append(delete);
        later.append(chance(30) ? " DEFERRABLE INITIALLY " + one("DEFERRED", "IMMEDIATE") : "")
                .append(";\n");
        return new Reference(parent, key, nullable);
    }

    /** Every table holds the ids 1 to 6, each in tenant 1 (and 1 to 3 in tenant 2 too where it is part of the key). */
    private void rows(Table table, List<Boolean> tenants) {
        for (int t = 1; t <= (table.tenant ? 2 : 1); t++) {
            for (int id = 1; id <= (t == 1 ? 6 : 3); id++) {
                row(table, t, id, tenants);
            }
        }
        row(table, 1, GHOST, tenants);
    }

    private void row(Table table, int tenant, int id, List<Boolean> tenants) {
        List<String> columns = new ArrayList<>(List.of("t", "id", "kind", "body", "code"));
        List<String> values = new ArrayList<>(List.of(
                "" + tenant, "" + id, one("'x'", "'y'", "NULL"), "'body'", "'" + table.name + tenant + "-" + id + "'"));
        for (Reference reference : table.references) {
            boolean none = reference.nullable && chance(30);
            int to = id == GHOST ? GHOST : 1 + random.nextInt(tenant == 2 || tenants.get(reference.parent) ? 3 : 6);
            for (String column : reference.columns) {
                if (!column.equals("t")) {
                    columns.add(column);
                    values.add(
                            none
                                    ? "NULL"
                                    : column.endsWith("t")
                                            ? id == GHOST ? "1" : "" + (1 + random.nextInt(2))
                                            : "" + to);
                }
            }
        }
        sql.append("INSERT INTO ").append(table.name);
        sql.append(columns.stream().collect(Collectors.joining(", ", " (", ")")));
        sql.append(values.stream().collect(Collectors.joining(", ", " VALUES (", ");\n")));
    }
}
