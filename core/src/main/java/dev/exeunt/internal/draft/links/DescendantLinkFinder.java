package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.draft.names.LinkRelation;
import dev.exeunt.internal.schema.ForeignKey;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Links tables that hang off the person's rows without any direct link to the person. */
public final class DescendantLinkFinder {

    private final DraftModel model;

    public DescendantLinkFinder(DraftModel model) {
        this.model = model;
    }

    public void link() {
        model.tables().stream()
                .filter(t -> model.onPath(t.name()) && !t.settled())
                .sorted(Comparator.comparingInt(t -> model.distance(t.name())))
                .filter(t -> t.roles().stream().allMatch(r -> r.link() instanceof DraftLink.DraftIdentifierLink))
                .forEach(t -> parent(t).ifPresent(k -> hang(t, k)));
    }

    /** The key that says most of what the row is: part of the primary key, else never empty, else nearest to the subject. */
    private Optional<ForeignKey> parent(DraftTable table) {
        List<String> primary = table.table().primaryKey();
        return table.table().foreignKeys().stream()
                .filter(k -> !k.selfReference() && model.onPath(k.parent()))
                .filter(k -> !model.require(k.parent()).roles().isEmpty())
                .min(Comparator.comparing((ForeignKey k) -> !primary.containsAll(k.columns()))
                        .thenComparing(k -> k.columns().stream()
                                .anyMatch(c -> !table.table().require(c).notNull()))
                        .thenComparing(k -> model.distance(k.parent()))
                        .thenComparing(ForeignKey::name));
    }

    private void hang(DraftTable table, ForeignKey key) {
        DraftTable parent = model.require(key.parent());
        List<DraftRole> theirs = parent.roles().stream()
                .filter(r -> !r.deletes() && r.stance() != LinkRelation.ACTOR)
                .filter(r -> !(r.link() instanceof DraftLink.DraftIdentifierLink))
                .toList();
        DraftRole role = table.add(new DraftLink.DraftThroughLink(key), LinkRelation.PARENT);
        role.parents().addAll(theirs.isEmpty() ? parent.roles() : theirs);
        role.propose(ProposedFate.KEEP, "part of " + parent.name() + (role.pending() ? "" : ", which stays"));
    }
}
