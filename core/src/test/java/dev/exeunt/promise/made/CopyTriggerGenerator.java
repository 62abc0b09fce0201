package dev.exeunt.promise.made;

import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.testkit.SeededRandom;
import java.util.List;

/** Adds a trigger that copies rows which go or change into another table, with the person's key. */
final class CopyTriggerGenerator {

    private final SeededRandom dice;
    private final List<RandomTable> tables;

    CopyTriggerGenerator(SeededRandom dice, List<RandomTable> tables) {
        this.dice = dice;
        this.tables = tables;
    }

    void copyInto(RandomTable copies) {
        RandomTable people = tables.get(0);
        RandomTable source = dice.one(tables.stream()
                .filter(t -> t != copies && (t == people || t.has(RandomTable.MEMBER)))
                .toList());
        String key = source == people ? people.key().get(0) : RandomTable.MEMBER;
        String value = source == people ? "email" : RandomTable.CODE;
        String event = dice.one("DELETE", "UPDATE", "UPDATE OR DELETE");
        source.later.append(
                "CREATE FUNCTION public.copy() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN INSERT INTO ");
        source.later
                .append(copies.quoted())
                .append(" (kind, code, member) VALUES (OLD.kind, OLD.")
                .append(value);
        source.later.append(", OLD.").append(SqlQuoting.identifier(key)).append("); RETURN NULL; END';\n");
        source.later
                .append("CREATE TRIGGER copying AFTER ")
                .append(event)
                .append(" ON ")
                .append(source.quoted());
        source.later.append(" FOR EACH ROW EXECUTE FUNCTION public.copy();\n");
        source.features.add(TestedFeature.TRIGGER_COPIES);
    }
}
