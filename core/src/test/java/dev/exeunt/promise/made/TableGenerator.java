package dev.exeunt.promise.made;

import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;

/** Generates tables with keys and data columns; the first table holds the people. The first is the people's. */
final class TableGenerator {

    private static final List<RandomColumnType> KEYS = List.of(
            RandomColumnType.INT,
            RandomColumnType.INT,
            RandomColumnType.BIGINT,
            RandomColumnType.SMALL_BIGINT,
            RandomColumnType.UUID,
            RandomColumnType.UUID,
            RandomColumnType.TEXT,
            RandomColumnType.VARCHAR,
            RandomColumnType.CITEXT,
            RandomColumnType.CHAR,
            RandomColumnType.NUMERIC,
            RandomColumnType.POSITIVE);
    private static final List<RandomColumnType> DATA = List.of(
            RandomColumnType.TEXT,
            RandomColumnType.TEXT,
            RandomColumnType.VARCHAR,
            RandomColumnType.VARCHAR,
            RandomColumnType.CITEXT,
            RandomColumnType.JSON,
            RandomColumnType.JSONB,
            RandomColumnType.TEXTS,
            RandomColumnType.MOOD,
            RandomColumnType.LINE,
            RandomColumnType.MOMENT,
            RandomColumnType.BYTES);

    private final SeededRandom dice;
    private final NameGenerator names;
    private final List<RandomTable> tables = new ArrayList<>();

    TableGenerator(SeededRandom dice, NameGenerator names) {
        this.dice = dice;
        this.names = names;
    }

    List<RandomTable> make() {
        int count = 3 + dice.below(4);
        for (int i = 0; i < count; i++) {
            RandomTable table = names.table(i == 0);
            if (i > 1 && dice.chance(12) && inherits(table)) {
                tables.add(table);
                continue;
            }
            table.columns.add(RandomColumn.of(RandomTable.UID, RandomColumnType.INT, true));
            key(table, i == 0);
            data(table, i == 0);
            member(table, i == 0);
            partition(table);
            tables.add(table);
        }
        if (dice.chance(30)) {
            tables.add(tenants());
        }
        if (people().key().size() == 1 && dice.chance(30)) {
            tables.add(copies());
        }
        return tables;
    }

    private RandomTable people() {
        return tables.get(0);
    }

    /** Has a row for each tenant, the ghost's last. */
    private static RandomTable tenants() {
        RandomTable tenants = new RandomTable("public", "tenants");
        tenants.columns.add(RandomColumn.of(RandomTable.UID, RandomColumnType.INT, true));
        tenants.columns.add(RandomColumn.of("id", RandomColumnType.INT, true));
        tenants.columns.add(RandomColumn.of(RandomTable.KIND, RandomColumnType.TEXT, false));
        tenants.columns.add(new RandomColumn(RandomTable.TOUCHED, RandomColumnType.INT, false, " DEFAULT 0", false));
        tenants.columns.add(RandomColumn.of(RandomTable.CODE, RandomColumnType.TEXT, false));
        tenants.primaryKey.add("id");
        tenants.uniques.add(List.of("id"));
        tenants.features.add(TestedFeature.TENANT_TABLE);
        return tenants;
    }

    /** Has what a trigger copies out of the rows of another table. */
    private RandomTable copies() {
        RandomTable copies = new RandomTable("public", "history");
        copies.columns.add(new RandomColumn(
                RandomTable.UID, RandomColumnType.INT, true, " DEFAULT pg_catalog.nextval('public.copied')", true));
        copies.columns.add(RandomColumn.of(RandomTable.KIND, RandomColumnType.TEXT, false));
        copies.columns.add(new RandomColumn(RandomTable.TOUCHED, RandomColumnType.INT, false, " DEFAULT 0", false));
        copies.columns.add(RandomColumn.of(RandomTable.CODE, RandomColumnType.TEXT, false));
        RandomColumnType type = people().column(people().key().get(0)).type();
        copies.columns.add(RandomColumn.of(RandomTable.MEMBER, type, false));
        copies.features.add(TestedFeature.TRIGGER_COPIES_MAPPED);
        return copies;
    }

    /** Who has the row, told by nothing but the values; with a tenant beside it where people have one. */
    private void member(RandomTable table, boolean people) {
        if (people || !dice.chance(25)) {
            return;
        }
        List<String> key = people().key();
        if (key.contains(RandomTable.TENANT) && !table.has(RandomTable.TENANT)) {
            table.columns.add(RandomColumn.of(RandomTable.TENANT, RandomColumnType.INT, true));
        }
        RandomColumnType type = people().column(key.get(key.size() - 1)).type();
        table.columns.add(RandomColumn.of(RandomTable.MEMBER, type, false));
    }

    /** Below another table, with its columns and one of its own. */
    private boolean inherits(RandomTable table) {
        RandomTable above = dice.one(tables.subList(1, tables.size()));
        if (above.partitioned() || above.above != null || above.has("serial_no")) {
            return false;
        }
        table.above = above;
        table.columns.addAll(above.columns);
        table.columns.add(RandomColumn.of("own", RandomColumnType.TEXT, false));
        table.primaryKey.addAll(above.primaryKey);
        table.uniques.addAll(above.uniques);
        table.features.add(TestedFeature.INHERITED);
        return true;
    }

    private void key(RandomTable table, boolean people) {
        RandomColumnType type = dice.one(KEYS);
        boolean composite = dice.chance(people ? 25 : 20);
        boolean none = !composite && dice.chance(people ? 8 : 15);
        List<String> key = new ArrayList<>();
        if (composite || dice.chance(25)) {
            table.columns.add(RandomColumn.of(RandomTable.TENANT, RandomColumnType.INT, true));
        }
        if (composite) {
            key.add(RandomTable.TENANT);
            table.features.add(TestedFeature.COMPOSITE_KEY);
        }
        String name = people ? dice.one("id", "id", "Id", "user_no") : "id";
        boolean identity = (type == RandomColumnType.INT || type == RandomColumnType.BIGINT) && dice.chance(20);
        table.columns.add(
                new RandomColumn(name, type, true, identity ? " GENERATED BY DEFAULT AS IDENTITY" : "", true));
        if (identity) {
            table.features.add(TestedFeature.IDENTITY);
        }
        key.add(name);
        table.features.add(type.feature());
        if (type.natural()) {
            table.features.add(TestedFeature.NATURAL_KEY);
        }
        if (none) {
            table.features.add(TestedFeature.NO_PRIMARY_KEY);
            if (people || dice.chance(50)) {
                table.uniques.add(key);
            }
        } else {
            table.primaryKey.addAll(key);
            table.uniques.add(key);
        }
    }

    private void data(RandomTable table, boolean people) {
        table.columns.add(RandomColumn.of(RandomTable.KIND, RandomColumnType.TEXT, false));
        table.columns.add(new RandomColumn(RandomTable.TOUCHED, RandomColumnType.INT, false, " DEFAULT 0", false));
        table.columns.add(RandomColumn.of(
                RandomTable.CODE, dice.chance(70) ? RandomColumnType.TEXT : RandomColumnType.VARCHAR, dice.chance(20)));
        if (people) {
            table.columns.add(RandomColumn.of(
                    "email",
                    dice.one(RandomColumnType.TEXT, RandomColumnType.VARCHAR, RandomColumnType.CITEXT),
                    dice.chance(30)));
        } else if (dice.chance(35)) {
            table.columns.add(RandomColumn.of(
                    RandomTable.CONTACT,
                    dice.one(RandomColumnType.TEXT, RandomColumnType.VARCHAR, RandomColumnType.CITEXT),
                    false));
        }
        for (int i = dice.below(3); i >= 0; i--) {
            RandomColumnType type = dice.one(DATA);
            boolean notNull = dice.chance(35) && type != RandomColumnType.LINE;
            table.columns.add(RandomColumn.of(names.text(table), type, notNull));
            if (type.feature() != null && !type.isText()) {
                table.features.add(type.feature());
            }
        }
        if (dice.chance(35)) {
            RandomColumnType type = dice.one(
                    RandomColumnType.TEXT, RandomColumnType.INT, RandomColumnType.UUID, RandomColumnType.VARCHAR);
            table.columns.add(RandomColumn.of("alt", type, true));
            table.uniques.add(List.of("alt"));
        }
        if (dice.chance(25)) {
            table.columns.add(RandomColumn.of(RandomTable.MADE, RandomColumnType.MOMENT, false));
        }
        if (dice.chance(12)) {
            table.columns.add(RandomColumn.of(RandomTable.FILE, RandomColumnType.OID, false));
            table.features.add(TestedFeature.LARGE_OBJECT);
        }
        if (dice.chance(12)) {
            table.columns.add(new RandomColumn(
                    "shout",
                    RandomColumnType.TEXT,
                    false,
                    " GENERATED ALWAYS AS (coalesce(" + RandomTable.KIND + ", '') || '!') STORED",
                    false));
            table.features.add(TestedFeature.GENERATED);
        }
        if (dice.chance(10)) {
            table.columns.add(
                    new RandomColumn("serial_no", RandomColumnType.INT, true, " GENERATED ALWAYS AS IDENTITY", false));
            table.features.add(TestedFeature.IDENTITY);
        }
    }

    /** A unique key of a partitioned table has to hold the columns that decide where a row is. */
    private void partition(RandomTable table) {
        if (!dice.chance(10) || table.has("serial_no") || table.features.contains(TestedFeature.IDENTITY)) {
            return;
        }
        List<String> key = table.uniques.isEmpty() ? List.of(RandomTable.KIND) : table.key();
        table.uniques.removeIf(u -> !u.equals(key));
        boolean tenant = key.get(0).equals(RandomTable.TENANT);
        String by = table.uniques.isEmpty() ? RandomTable.KIND : tenant ? RandomTable.TENANT : key.get(0);
        boolean list = tenant || table.uniques.isEmpty();
        table.partitioning = " PARTITION BY " + (list ? "LIST" : "HASH") + " (" + SqlQuoting.identifier(by) + ")";
        List<String> parts = !list
                ? List.of("WITH (MODULUS 2, REMAINDER 0)", "WITH (MODULUS 2, REMAINDER 1)")
                : tenant ? List.of("IN (1)", "IN (2)") : List.of("IN ('x', NULL)", "IN ('y')");
        for (int i = 0; i < parts.size(); i++) {
            table.partitions += "CREATE TABLE " + SqlQuoting.identifier(table.schema()) + "."
                    + SqlQuoting.identifier(table.name() + "_p" + i) + " PARTITION OF " + table.quoted()
                    + " FOR VALUES "
                    + parts.get(i) + ";\n";
        }
        table.features.add(TestedFeature.PARTITIONED);
    }
}
