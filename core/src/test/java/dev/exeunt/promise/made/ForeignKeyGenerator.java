package dev.exeunt.promise.made;

import dev.exeunt.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Generates foreign keys between tables, in every form PostgreSQL knows. */
final class ForeignKeyGenerator {

    private final SeededRandom dice;
    private final NameGenerator names;
    private final List<RandomTable> tables;
    private final boolean since15;

    ForeignKeyGenerator(SeededRandom dice, NameGenerator names, List<RandomTable> tables, boolean since15) {
        this.dice = dice;
        this.names = names;
        this.tables = tables;
        this.since15 = since15;
    }

    void make() {
        tables.stream().skip(1).filter(t -> t.above == null && dice.chance(13)).forEach(this::keyIsReference);
        tables.forEach(ForeignKeyGenerator::inherit);
        for (RandomTable table : tables) {
            boolean people = table == tables.get(0);
            inherit(table);
            if (table.isCopies()) {
                continue;
            }
            tenant(table);
            int wanted = people ? dice.below(2) : 1 + dice.below(3);
            for (int i = 0; i < wanted; i++) {
                reference(table, i == 0 && !people && dice.chance(80));
            }
        }
        circles();
    }

    /** Where there is a table of tenants, most tenant columns refer to it. */
    private void tenant(RandomTable table) {
        tables.stream()
                .filter(t -> t.features.contains(TestedFeature.TENANT_TABLE))
                .filter(t -> table.has(RandomTable.TENANT) && dice.chance(80))
                .forEach(tenants -> {
                    table.features.add(TestedFeature.TENANT_TABLE);
                    add(new RandomForeignKey(
                            table,
                            List.of(RandomTable.TENANT),
                            tenants,
                            List.of("id"),
                            false,
                            false,
                            false,
                            further(table, 0, false)));
                });
    }

    /** The table above has been given its references by now. */
    private static void inherit(RandomTable table) {
        if (table.above != null) {
            List<RandomColumn> own = table.columns.stream()
                    .filter(c -> !table.above.has(c.name()))
                    .toList();
            table.columns.clear();
            table.columns.addAll(table.above.columns);
            table.columns.addAll(own);
        }
    }

    /** {@code profiles (user_id PRIMARY KEY REFERENCES users)} */
    private void keyIsReference(RandomTable table) {
        RandomTable people = tables.get(0);
        if (table.primaryKey.size() != 1
                || table.features.contains(TestedFeature.TENANT_TABLE)
                || people.key().size() != 1
                || table.features.contains(TestedFeature.IDENTITY)) {
            return;
        }
        String key = table.primaryKey.get(0);
        RandomColumnType type = people.column(people.key().get(0)).type();
        table.columns.replaceAll(c -> c.name().equals(key) ? RandomColumn.of(key, type, true) : c);
        table.features.add(TestedFeature.KEY_IS_A_REFERENCE);
        add(new RandomForeignKey(
                table, List.of(key), people, people.key(), false, true, false, further(table, 1, false)));
    }

    private void reference(RandomTable child, boolean toPeople) {
        RandomTable parent = toPeople ? tables.get(0) : dice.one(tables);
        if (parent.uniques.isEmpty() || parent.name().equals("tenants")) {
            return;
        }
        List<String> target = dice.one(parent.uniques);
        boolean nullable = dice.chance(60);
        boolean composite = target.size() > 1;
        boolean shared = composite && child.has(RandomTable.TENANT) && dice.chance(50);
        boolean mayDefault = dice.chance(50);
        Map<String, String> own = new HashMap<>();
        List<String> columns = new ArrayList<>();
        String base = names.reference(child);
        for (String wanted : target) {
            if (wanted.equals(RandomTable.TENANT) && composite) {
                own.put(wanted, shared ? RandomTable.TENANT : base + "_t");
            } else {
                own.put(wanted, base);
            }
            if (!child.has(own.get(wanted))) {
                column(child, parent, wanted, own.get(wanted), nullable, mayDefault);
            }
            columns.add(own.get(wanted));
        }
        List<String> order = dice.chance(30) ? List.copyOf(dice.some(target, target.size())) : target;
        boolean full = !shared && dice.chance(composite ? 30 : 5);
        List<String> settable = composite && dice.chance(50) ? List.of(base) : List.of();
        boolean notValid = dice.chance(8) && !child.partitioned() && !nullable;
        String further = further(child, settable.isEmpty() ? 0 : 2, full);
        if (further.contains("@")) {
            further = further.replace("@", dev.exeunt.internal.postgres.SqlQuoting.identifier(base));
        }
        child.features.addAll(features(shared, full, notValid, parent.primaryKey.equals(target)));
        if (child == parent) {
            child.features.add(TestedFeature.SELF_REFERENCE);
        }
        add(new RandomForeignKey(
                child, order.stream().map(own::get).toList(), parent, order, nullable, false, notValid, further));
    }

    private static List<TestedFeature> features(boolean shared, boolean full, boolean notValid, boolean primary) {
        List<TestedFeature> features = new ArrayList<>();
        if (shared) {
            features.add(TestedFeature.SHARED_TENANT);
        }
        if (full) {
            features.add(TestedFeature.MATCH_FULL);
        }
        if (notValid) {
            features.add(TestedFeature.NOT_VALID);
        }
        if (!primary) {
            features.add(TestedFeature.UNIQUE_TARGET);
        }
        return features;
    }

    private void column(
            RandomTable child, RandomTable parent, String target, String name, boolean nullable, boolean mayDefault) {
        RandomColumnType type = parent.column(target).type();
        if ((type == RandomColumnType.SMALL_BIGINT || type == RandomColumnType.INT) && dice.chance(25)) {
            type = type == RandomColumnType.INT ? RandomColumnType.SMALL_BIGINT : RandomColumnType.INT;
            child.features.add(TestedFeature.INTEGERS_OF_TWO_WIDTHS);
        }
        RandomColumn column = RandomColumn.of(name, type, !nullable);
        int ghost = target.equals(RandomTable.TENANT) ? 1 : RowGenerator.GHOST;
        boolean defaults =
                mayDefault && target.equals(parent.key().get(parent.key().size() - 1));
        child.columns.add(
                defaults || ghost == 1
                        ? column.with(" DEFAULT " + dev.exeunt.internal.postgres.SqlQuoting.literal(type.value(ghost)))
                        : column);
    }

    /** @param settable columns that {@code SET NULL (…)} may name, which stand as {@code @} */
    private String further(RandomTable child, int settable, boolean full) {
        StringBuilder further = new StringBuilder(full ? " MATCH FULL" : "");
        String delete = dice.one("NO ACTION", "NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT");
        further.append(" ON DELETE ").append(delete);
        TestedFeature feature = TestedFeature.valueOf("ON_DELETE_" + delete.replace(' ', '_'));
        if (delete.equals("SET NULL") && settable > 1 && since15) {
            further.append(" (@)");
            feature = TestedFeature.ON_DELETE_SET_NULL_COLUMNS;
        }
        child.features.add(feature);
        if (dice.chance(40)) {
            String update = dice.one("RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT");
            further.append(" ON UPDATE ").append(update);
            child.features.add(TestedFeature.valueOf("ON_UPDATE_" + update.replace(' ', '_')));
        }
        if (dice.chance(30)) {
            further.append(" DEFERRABLE INITIALLY ").append(dice.one("DEFERRED", "IMMEDIATE"));
            child.features.add(TestedFeature.DEFERRABLE);
        }
        return further.toString();
    }

    private void add(RandomForeignKey reference) {
        reference.child().references.add(reference);
    }

    /** Marks tables that can be come back to. */
    private void circles() {
        for (RandomTable table : tables) {
            if (reaches(table, table, false, new ArrayList<>())) {
                table.features.add(TestedFeature.CYCLE);
            }
            if (reaches(table, table, true, new ArrayList<>())) {
                table.features.add(TestedFeature.NOT_NULL_CYCLE);
            }
        }
    }

    private static boolean reaches(RandomTable from, RandomTable to, boolean notNull, List<RandomTable> seen) {
        for (RandomForeignKey reference : from.references) {
            boolean other = reference.parent() != from && !(notNull && reference.nullable());
            if (other && reference.parent() == to) {
                return true;
            }
            if (other && !seen.contains(reference.parent())) {
                seen.add(reference.parent());
                if (reaches(reference.parent(), to, notNull, seen)) {
                    return true;
                }
            }
        }
        return false;
    }
}
