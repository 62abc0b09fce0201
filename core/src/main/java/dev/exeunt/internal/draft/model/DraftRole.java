package dev.exeunt.internal.draft.model;

import dev.exeunt.internal.draft.names.LinkRelation;
import dev.exeunt.internal.schema.ForeignKey;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/** One role of the draft. Its fate may still change while the consequences of other roles' fates are drawn. */
public final class DraftRole {

    private final DraftTable table;
    private final String name;
    private final DraftLink link;
    private final LinkRelation stance;
    private final Set<DraftRole> parents = new LinkedHashSet<>();
    /** roles of the table it goes through, as a map names them */
    private final Set<String> named = new LinkedHashSet<>();

    private ProposedFate fate = ProposedFate.UNDECIDED;
    private String why = "";
    private boolean settled;

    DraftRole(DraftTable table, String name, DraftLink link, LinkRelation stance) {
        this.table = table;
        this.name = name;
        this.link = link;
        this.stance = stance;
    }

    public DraftTable table() {
        return table;
    }

    public String name() {
        return name;
    }

    public DraftLink link() {
        return link;
    }

    public LinkRelation stance() {
        return stance;
    }

    /** For a link through another table: the roles there whose rows it hangs off. */
    public Set<DraftRole> parents() {
        return parents;
    }

    public ProposedFate fate() {
        return fate;
    }

    /** The reason, a short sentence without a full stop; for a keep it is the reason the map gives. */
    public String why() {
        return why;
    }

    /**
     * Whether its rows hang off the other's, also where a map only names a role that has not been there so far.
     *
     * @see #setThroughRoles(Set)
     */
    public boolean goesThrough(DraftRole parent) {
        ForeignKey key = link.key();
        boolean there = through() && key != null && key.parent().equals(parent.table.name());
        return parents.contains(parent)
                || settled
                        && there
                        && !parent.settled
                        && (named.contains(parent.name) || (named.isEmpty() && !parent.table.settled()));
    }

    /** @param names of roles, as a map has them; empty for a table's only one */
    public void setThroughRoles(Set<String> names) {
        named.addAll(names);
    }

    /** Settles the fate, which then stays as the map has it. */
    void settle(ProposedFate decided) {
        say(decided, "");
        settled = true;
    }

    /** Whether a map says so already, so that no proposal changes it. */
    public boolean settled() {
        return settled;
    }

    /** Changes nothing of what is settled. */
    public void propose(ProposedFate newFate, String newWhy) {
        if (!settled) {
            say(newFate, newWhy);
        }
    }

    void say(ProposedFate newFate, String newWhy) {
        fate = newFate;
        why = newWhy;
    }

    public boolean isSelf() {
        return link instanceof DraftLink.DraftSelfLink;
    }

    public boolean direct() {
        return link instanceof DraftLink.DraftDirectLink;
    }

    public boolean through() {
        return link instanceof DraftLink.DraftThroughLink;
    }

    /** Whether what becomes of its rows hangs on a decision that nobody has taken yet: its own, or that of all it hangs off. */
    public boolean pending() {
        return fate == ProposedFate.UNDECIDED || pendingAbove(new HashSet<>(Set.of(this)));
    }

    private boolean pendingAbove(Set<DraftRole> seen) {
        return !parents.isEmpty()
                && parents.stream()
                        .filter(seen::add)
                        .allMatch(p -> p.fate == ProposedFate.UNDECIDED || p.pendingAbove(seen));
    }

    public boolean deletes() {
        return fate == ProposedFate.DELETE;
    }
}
