package dev.exeunt.internal.draft.model;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.ForeignKey;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    private @Nullable SampledShare share;
    private boolean settled;
    private boolean incidental;
    private boolean doubtful;

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

    /**
     * How strong the person's claim to the row is. Who created a row owns it only where the row has no other owner, holds what
     * the person wrote or uses, and no other key says who changed it last. Who only let others name them in a key that may be empty, such as
     * {@code contact_id}, does not own it either.
     */
    public LinkRelation claim() {
        boolean owned = table.direct().stream().anyMatch(r -> r != this && r.stance == LinkRelation.OWNER);
        return switch (stance) {
            case ACTOR -> authorOwns(owned) || namesRole() ? LinkRelation.OWNER : LinkRelation.ACTOR;
            case OWNER -> incidental ? LinkRelation.ACTOR : LinkRelation.OWNER;
            case TARGET, PARENT -> stance;
        };
    }

    private boolean authorOwns(boolean owned) {
        List<String> columns = link.columns();
        boolean words = table.kind() == TablePurpose.THREAD
                || table.kind() == TablePurpose.MESSAGE
                || table.kind() == TablePurpose.PERSONAL;
        boolean made = LinkRelation.author(columns) && words
                || LinkRelation.writer(columns) && table.kind() == TablePurpose.CONTENT;
        boolean own = table.keeper().isEmpty()
                || table.kind() != TablePurpose.PERSONAL && table.kind() != TablePurpose.CONTENT;
        boolean bookkeeping = table.kind() == TablePurpose.PERSONAL
                && table.direct().stream().anyMatch(r -> r != this && LinkRelation.updater(r.link.columns()));
        return made && !owned && own && !bookkeeping;
    }

    /** Whether the table is called as what the person is there, so that each row only says so: {@code board_assignees}. */
    private boolean namesRole() {
        List<String> words = NameWords.singular(table.name().name());
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        return link.columns().stream().anyMatch(c -> NameWords.singular(c).contains(last));
    }

    /** Says that the key names the person beside the row's owner, whatever its name. */
    public void markIncidental() {
        incidental = true;
    }

    /** Leaves what becomes of the rows to a person, whatever else is found: nothing proves that they are theirs. */
    public void doubt(String question) {
        say(ProposedFate.UNDECIDED, question);
        doubtful = true;
    }

    /** @see #doubt(String) */
    public boolean doubtful() {
        return doubtful;
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

    /** Changes nothing of what is settled, nor of what is in doubt. */
    public void propose(ProposedFate newFate, String newWhy) {
        if (!settled && !doubtful) {
            say(newFate, newWhy);
        }
    }

    /** Keeps the rows until the question about these others is answered. */
    public void follow(String asked) {
        propose(ProposedFate.KEEP, Fate.Keep.reasonFollowing(asked));
    }

    void say(ProposedFate newFate, String newWhy) {
        fate = newFate;
        why = newWhy;
    }

    /** How many sampled rows have the link; null where no row was looked at. */
    public @Nullable SampledShare share() {
        return share;
    }

    /** @see #share() */
    public void sampled(SampledShare counted) {
        share = counted;
    }

    public boolean isSelf() {
        return link instanceof DraftLink.DraftSelfLink;
    }

    public boolean direct() {
        return link instanceof DraftLink.DraftDirectLink;
    }

    /** Whether an address alone leads to the rows, or to the rows that they hang off. */
    public boolean byAddress() {
        return link instanceof DraftLink.DraftIdentifierLink
                || through() && !parents.isEmpty() && parents.stream().allMatch(p -> p != this && p.byAddress());
    }

    public boolean through() {
        return link instanceof DraftLink.DraftThroughLink;
    }

    /** Whether what becomes of its rows waits for a decision: its own, or that of all it hangs off. */
    public boolean pending() {
        return fate == ProposedFate.UNDECIDED || follows();
    }

    /** Whether what becomes of all rows that its rows hang off is still undecided. */
    public boolean follows() {
        return pendingAbove(new HashSet<>(Set.of(this)));
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
