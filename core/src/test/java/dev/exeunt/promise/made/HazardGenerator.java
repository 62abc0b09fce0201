package dev.exeunt.promise.made;

import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.testkit.SeededRandom;
import java.util.List;

/** Adds random indexes, constraints, triggers, rules, policies and publications to tables. */
final class HazardGenerator {

    static final String AUDIT = "public.audit_log";

    /** The functions of all triggers. A column tells that one has been here. */
    static final String PRELUDE =
            "CREATE TABLE " + AUDIT + " (what text, uid int);\nGRANT INSERT ON " + AUDIT + " TO PUBLIC;\n" + """
            CREATE SEQUENCE public.copied START 20000;
            GRANT USAGE ON SEQUENCE public.copied TO PUBLIC;
            CREATE FUNCTION public.even(int) RETURNS bool IMMUTABLE LANGUAGE sql AS 'SELECT $1 % 2 = 0';
            CREATE FUNCTION public.nothing() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
            CREATE FUNCTION public.touch() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN NEW.touched := coalesce(NEW.touched, 0) + 1; RETURN NEW; END';
            CREATE FUNCTION public.audit() RETURNS trigger LANGUAGE plpgsql AS
                'BEGIN INSERT INTO public.audit_log VALUES (TG_OP, OLD.uid); RETURN NULL; END';
            """;

    private final SeededRandom dice;
    private final List<RandomTable> tables;
    private final boolean since15;

    HazardGenerator(SeededRandom dice, List<RandomTable> tables, boolean since15) {
        this.dice = dice;
        this.tables = tables;
        this.since15 = since15;
    }

    void make() {
        value(tables.get(0));
        for (RandomTable table : tables) {
            if (table.isCopies()) {
                new CopyTriggerGenerator(dice, tables).copyInto(table);
                continue;
            }
            unique(table);
            constraints(table);
            triggers(table);
            rest(table);
        }
    }

    /** Whether the catalogue proves that no two people have the same address. */
    private void value(RandomTable people) {
        if (!people.partitioned() && !people.features.contains(TestedFeature.SHARED_VALUE) && dice.chance(25)) {
            index(people, TestedFeature.PROVEN_VALUE, " ON " + people.quoted() + " (lower(email::text))");
        }
    }

    private void unique(RandomTable table) {
        if (table.partitioned() || !dice.chance(40)) {
            return;
        }
        String other = SqlQuoting.identifier(dice.one(table.columns).name());
        boolean comparable = table.columns.stream()
                .noneMatch(c -> SqlQuoting.identifier(c.name()).equals(other) && c.type() == RandomColumnType.JSON);
        String beside = comparable ? other : RandomTable.KIND;
        String on = " ON " + table.quoted();
        switch (dice.below(since15 ? 6 : 5)) {
            case 0 -> index(table, TestedFeature.UNIQUE, on + " (code)");
            case 1 ->
                index(table, TestedFeature.UNIQUE, on + " (" + dice.one("code, " + beside, beside + ", code") + ")");
            case 2 ->
                index(
                        table,
                        TestedFeature.PARTIAL_UNIQUE,
                        on + " (code) WHERE " + dice.one("kind = 'x'", "kind IS NULL", beside + " IS NOT NULL"));
            case 3 ->
                index(
                        table,
                        TestedFeature.EXPRESSION_UNIQUE,
                        on + " (" + dice.one("lower(code)", "coalesce(code, '')", "(code || 'x')", "kind, lower(code)")
                                + ")");
            case 4 -> {
                table.later.append("ALTER TABLE ").append(table.quoted());
                table.later.append(" ADD UNIQUE (code) DEFERRABLE INITIALLY DEFERRED;\n");
                table.features.add(TestedFeature.UNIQUE);
            }
            default -> index(table, TestedFeature.NULLS_NOT_DISTINCT, on + " (code) NULLS NOT DISTINCT");
        }
    }

    private static void index(RandomTable table, TestedFeature feature, String on) {
        table.later.append("CREATE UNIQUE INDEX").append(on).append(";\n");
        table.features.add(feature);
    }

    private void constraints(RandomTable table) {
        String alter = "ALTER TABLE " + table.quoted() + " ADD ";
        if (dice.chance(10)) {
            String any = SqlQuoting.identifier(dice.one(table.columns).name());
            table.later
                    .append(alter)
                    .append(dice.one(
                            "CHECK (code IS NULL OR length(code) < 60);\n",
                            "CHECK (" + any + " IS NOT NULL OR uid > 0);\n",
                            "CHECK (kind IS DISTINCT FROM 'gone' OR " + any + " IS NULL);\n",
                            "CHECK (code IS NOT NULL OR uid = 2)" + (table.partitioned() ? "" : " NO INHERIT")
                                    + ";\n"));
            table.features.add(TestedFeature.CHECK);
        }
        if (dice.chance(6) && !table.partitioned()) {
            table.later.append(alter).append("EXCLUDE USING btree (code WITH =);\n");
            table.features.add(TestedFeature.EXCLUSION);
        }
    }

    private void triggers(RandomTable table) {
        if (!dice.chance(18)) {
            return;
        }
        String event = dice.one("DELETE", "UPDATE", "UPDATE OR DELETE");
        String on = " ON " + table.quoted();
        switch (dice.below(7)) {
            case 0 -> trigger(table, TestedFeature.TRIGGER_HARMLESS, "AFTER " + event + on, "nothing");
            case 1 -> trigger(table, TestedFeature.TRIGGER_HARMLESS, "BEFORE UPDATE" + on, "touch");
            case 2 -> trigger(table, TestedFeature.TRIGGER_RETURNS_NULL, "BEFORE " + event + on, "nothing");
            case 3 -> trigger(table, TestedFeature.TRIGGER_WRITES_ELSEWHERE, "AFTER " + event + on, "audit");
            case 4 -> counter(table);
            case 5 -> {
                String one = dice.one("DELETE", "UPDATE");
                table.later
                        .append("CREATE RULE r_also AS ON ")
                        .append(one)
                        .append(" TO ")
                        .append(table.quoted());
                table.later.append(" DO ALSO INSERT INTO ").append(AUDIT).append(" VALUES ('rule', OLD.uid);\n");
                table.features.add(TestedFeature.RULE_ALSO);
            }
            default -> {
                table.later.append("CREATE RULE r_instead AS ON ").append(dice.one("DELETE", "UPDATE"));
                table.later.append(" TO ").append(table.quoted()).append(" DO INSTEAD NOTHING;\n");
                table.features.add(TestedFeature.RULE_INSTEAD);
            }
        }
    }

    private void trigger(RandomTable table, TestedFeature feature, String when, String function) {
        table.later.append("CREATE TRIGGER harm ").append(when).append(" FOR EACH ROW EXECUTE FUNCTION public.");
        table.later.append(function).append("();\n");
        table.features.add(feature);
        if (dice.chance(10)) {
            table.later.append("ALTER TABLE ").append(table.quoted()).append(" DISABLE TRIGGER harm;\n");
        }
    }

    /** A count of its rows on another table's, as applications keep them. */
    private void counter(RandomTable table) {
        RandomTable other = dice.one(tables);
        table.later.append("CREATE FUNCTION public.count").append(tables.indexOf(table));
        table.later.append("() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN UPDATE ");
        table.later.append(other.quoted()).append(" SET touched = touched + 1; RETURN NULL; END';\n");
        trigger(
                table,
                TestedFeature.TRIGGER_WRITES_ELSEWHERE,
                "AFTER DELETE ON " + table.quoted(),
                "count" + tables.indexOf(table));
    }

    private void rest(RandomTable table) {
        String alter = "ALTER TABLE " + table.quoted() + " ";
        if (dice.chance(6)) {
            table.later.append(alter).append("ENABLE ROW LEVEL SECURITY;\n");
            table.later
                    .append("CREATE POLICY p_some ON ")
                    .append(table.quoted())
                    .append(" USING (kind = 'x');\n");
            table.features.add(TestedFeature.ROW_SECURITY);
        }
        if (dice.chance(5) && !table.references.isEmpty() && !table.partitioned()) {
            table.later.append(alter).append("DISABLE TRIGGER ALL;\n");
            table.features.add(TestedFeature.UNENFORCED);
        }
        if (dice.chance(15)) {
            publication(table, alter);
        }
    }

    private void publication(RandomTable table, String alter) {
        String identity = dice.one("DEFAULT", "NOTHING", "FULL", "NOTHING", "INDEX", "INDEX");
        if (identity.equals("INDEX") && table.uniques.contains(List.of("alt"))) {
            table.later
                    .append("CREATE UNIQUE INDEX alt_")
                    .append(tables.indexOf(table))
                    .append(" ON ");
            table.later.append(table.quoted()).append(" (alt);\n").append(alter);
            table.later
                    .append("REPLICA IDENTITY USING INDEX alt_")
                    .append(tables.indexOf(table))
                    .append(";\n");
            table.features.add(TestedFeature.REPLICA_IDENTITY_INDEX);
        } else if (!identity.equals("INDEX") && !identity.equals("DEFAULT")) {
            table.later
                    .append(alter)
                    .append("REPLICA IDENTITY ")
                    .append(identity)
                    .append(";\n");
            table.features.add(TestedFeature.valueOf("REPLICA_IDENTITY_" + identity));
        }
        boolean part = since15 && dice.chance(40) && !table.partitioned();
        String only = dice.one(" (uid, kind)", " WHERE (kind = 'x')", " WHERE (uid > 3)");
        table.later.append("CREATE PUBLICATION p").append(tables.indexOf(table)).append(" FOR TABLE ");
        table.later.append(table.quoted()).append(part ? only : "");
        table.later.append(dice.chance(25) ? " WITH (publish = '" + dice.one("insert", "update", "delete") + "')" : "");
        table.later.append(";\n");
        table.features.add(part ? TestedFeature.PUBLICATION_IN_PART : TestedFeature.PUBLICATION);
    }
}
