package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.RandomTable;
import java.util.List;

/**
 * Models one role of a map.
 *
 * @param where null where the link is not narrowed
 * @param hidden nothing of it is exported
 * @param except columns left out of the export
 */
public record ModelRole(
        RandomTable table,
        String name,
        ModelLink link,
        ModelCondition where,
        ModelFate fate,
        boolean hidden,
        List<String> except) {

    static final String SELF = "self";

    ModelRole with(ModelFate other) {
        return new ModelRole(table, name, link, where, other, hidden, except);
    }

    ModelRole narrowed(ModelCondition other) {
        return new ModelRole(table, name, link, other, fate, hidden, except);
    }

    ModelRole linked(ModelLink other) {
        return new ModelRole(table, name, other, where, fate, hidden, except);
    }

    ModelRole exported(boolean none, List<String> but) {
        return new ModelRole(table, name, link, where, fate, none, but);
    }

    public boolean self() {
        return name.equals(SELF);
    }

    public boolean shows(String column) {
        return !hidden && !except.contains(column);
    }
}
