package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.MadeTable;
import java.util.List;

/**
 * @param where null where the link is not narrowed
 * @param hidden nothing of it is exported
 * @param except columns left out of the export
 */
public record Role(
        MadeTable table, String name, Link link, Where where, Fate fate, boolean hidden, List<String> except) {

    static final String SELF = "self";

    Role with(Fate other) {
        return new Role(table, name, link, where, other, hidden, except);
    }

    Role narrowed(Where other) {
        return new Role(table, name, link, other, fate, hidden, except);
    }

    Role linked(Link other) {
        return new Role(table, name, other, where, fate, hidden, except);
    }

    Role exported(boolean none, List<String> but) {
        return new Role(table, name, link, where, fate, none, but);
    }

    public boolean self() {
        return name.equals(SELF);
    }

    public boolean shows(String column) {
        return !hidden && !except.contains(column);
    }
}
