package dev.exeunt.draft;

import java.util.LinkedHashSet;
import java.util.Set;

/** One role of the draft. Its fate may still change while the consequences of other roles' fates are drawn. */
final class DraftRole {

    private final DraftTable table;
    private final String name;
    private final DraftLink link;
    private final Stance stance;
    private final Set<DraftRole> parents = new LinkedHashSet<>();
    private Proposed fate = Proposed.UNDECIDED;
    private String why = "";

    DraftRole(DraftTable table, String name, DraftLink link, Stance stance) {
        this.table = table;
        this.name = name;
        this.link = link;
        this.stance = stance;
    }

    DraftTable table() {
        return table;
    }

    String name() {
        return name;
    }

    DraftLink link() {
        return link;
    }

    Stance stance() {
        return stance;
    }

    /** For a link through another table: the roles there whose rows it hangs off. */
    Set<DraftRole> parents() {
        return parents;
    }

    Proposed fate() {
        return fate;
    }

    /** The reason, a short sentence without a full stop; for a keep it is the reason the map gives. */
    String why() {
        return why;
    }

    void propose(Proposed newFate, String newWhy) {
        fate = newFate;
        why = newWhy;
    }

    boolean isSelf() {
        return link instanceof DraftLink.Self;
    }

    boolean direct() {
        return link instanceof DraftLink.Direct;
    }

    boolean through() {
        return link instanceof DraftLink.Through;
    }

    boolean deletes() {
        return fate == Proposed.DELETE;
    }
}
