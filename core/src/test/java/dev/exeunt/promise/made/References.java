package dev.exeunt.promise.made;

import dev.exeunt.testkit.Dice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Foreign keys between tables, each way PostgreSQL knows. */
final class References {

    private final Dice dice;
    private final Names names;
    private final List<MadeTable> tables;
    private final boolean since15;

    References(Dice dice, Names names, List<MadeTable> tables, boolean since15) {
        this.dice = dice;
        this.names = names;
        this.tables = tables;
        this.since15 = since15;
    }

    void make() {
        tables.stream().skip(1).filter(t -> t.above == null && dice.chance(13)).forEach(this::keyIsReference);
        tables.forEach(References::inherit);
        for (MadeTable table : tables) {
            boolean people = table == tables.get(0);
            inherit(table);
            int wanted = people ? dice.below(2) : 1 + dice.below(3);
            for (int i = 0; i < wanted; i++) {
                reference(table, i == 0 && !people && dice.chance(80));
            }
        }
        circles();
    }

    /** The table above has been given its references by now. */
    private static void inherit(MadeTable table) {
        if (table.above != null) {
            List<MadeColumn> own = table.columns.stream()
                    .filter(c -> !table.above.has(c.name()))
                    .toList();
            table.columns.clear();
            table.columns.addAll(table.above.columns);
            table.columns.addAll(own);
        }
    }

    /** {@code profiles (user_id PRIMARY KEY REFERENCES users)} */
    private void keyIsReference(MadeTable table) {
        MadeTable people = tables.get(0);
        if (table.primaryKey.size() != 1 || people.key().size() != 1 || table.features.contains(Feature.IDENTITY)) {
            return;
        }
        String key = table.primaryKey.get(0);
        Type type = people.column(people.key().get(0)).type();
        table.columns.replaceAll(c -> c.name().equals(key) ? MadeColumn.of(key, type, true) : c);
        table.features.add(Feature.KEY_IS_A_REFERENCE);
        add(new Reference(table, List.of(key), people, people.key(), false, true, false, further(table, 1, false)));
    }

    private void reference(MadeTable child, boolean toPeople) {
        MadeTable parent = toPeople ? tables.get(0) : dice.one(tables);
        if (parent.uniques.isEmpty()) {
            return;
        }
        List<String> target = dice.one(parent.uniques);
        boolean nullable = dice.chance(60);
        boolean composite = target.size() > 1;
        boolean shared = composite && child.has(MadeTable.TENANT) && dice.chance(50);
        boolean mayDefault = dice.chance(50);
        Map<String, String> own = new HashMap<>();
        List<String> columns = new ArrayList<>();
        String base = names.reference(child);
        for (String wanted : target) {
            if (wanted.equals(MadeTable.TENANT) && composite) {
                own.put(wanted, shared ? MadeTable.TENANT : base + "_t");
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
            further = further.replace("@", dev.exeunt.postgres.Quote.identifier(base));
        }
        child.features.addAll(features(shared, full, notValid, parent.primaryKey.equals(target)));
        if (child == parent) {
            child.features.add(Feature.SELF_REFERENCE);
        }
        add(new Reference(
                child, order.stream().map(own::get).toList(), parent, order, nullable, false, notValid, further));
    }

    private static List<Feature> features(boolean shared, boolean full, boolean notValid, boolean primary) {
        List<Feature> features = new ArrayList<>();
        if (shared) {
            features.add(Feature.SHARED_TENANT);
        }
        if (full) {
            features.add(Feature.MATCH_FULL);
        }
        if (notValid) {
            features.add(Feature.NOT_VALID);
        }
        if (!primary) {
            features.add(Feature.UNIQUE_TARGET);
        }
        return features;
    }

    private void column(
            MadeTable child, MadeTable parent, String target, String name, boolean nullable, boolean mayDefault) {
        Type type = parent.column(target).type();
        if ((type == Type.SMALL_BIGINT || type == Type.INT) && dice.chance(25)) {
            type = type == Type.INT ? Type.SMALL_BIGINT : Type.INT;
            child.features.add(Feature.INTEGERS_OF_TWO_WIDTHS);
        }
        MadeColumn column = MadeColumn.of(name, type, !nullable);
        int ghost = target.equals(MadeTable.TENANT) ? 1 : Rows.GHOST;
        boolean defaults =
                mayDefault && target.equals(parent.key().get(parent.key().size() - 1));
        child.columns.add(
                defaults || ghost == 1
                        ? column.with(" DEFAULT " + dev.exeunt.postgres.Quote.literal(type.value(ghost)))
                        : column);
    }

    /** @param settable columns that {@code SET NULL (…)} may name, which stand as {@code @} */
    private String further(MadeTable child, int settable, boolean full) {
        StringBuilder further = new StringBuilder(full ? " MATCH FULL" : "");
        String delete = dice.one("NO ACTION", "NO ACTION", "RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT");
        further.append(" ON DELETE ").append(delete);
        Feature feature = Feature.valueOf("ON_DELETE_" + delete.replace(' ', '_'));
        if (delete.equals("SET NULL") && settable > 1 && since15) {
            further.append(" (@)");
            feature = Feature.ON_DELETE_SET_NULL_COLUMNS;
        }
        child.features.add(feature);
        if (dice.chance(40)) {
            String update = dice.one("RESTRICT", "CASCADE", "SET NULL", "SET DEFAULT");
            further.append(" ON UPDATE ").append(update);
            child.features.add(Feature.valueOf("ON_UPDATE_" + update.replace(' ', '_')));
        }
        if (dice.chance(30)) {
            further.append(" DEFERRABLE INITIALLY ").append(dice.one("DEFERRED", "IMMEDIATE"));
            child.features.add(Feature.DEFERRABLE);
        }
        return further.toString();
    }

    private void add(Reference reference) {
        reference.child().references.add(reference);
    }

    /** Marks tables that can be come back to. */
    private void circles() {
        for (MadeTable table : tables) {
            if (reaches(table, table, false, new ArrayList<>())) {
                table.features.add(Feature.CYCLE);
            }
            if (reaches(table, table, true, new ArrayList<>())) {
                table.features.add(Feature.NOT_NULL_CYCLE);
            }
        }
    }

    private static boolean reaches(MadeTable from, MadeTable to, boolean notNull, List<MadeTable> seen) {
        for (Reference reference : from.references) {
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
