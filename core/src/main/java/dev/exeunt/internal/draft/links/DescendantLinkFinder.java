package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.draft.model.WeakRows;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.names.LinkRelation;
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
                .filter(t -> t.roles().stream().allMatch(DraftRole::byAddress))
                .forEach(t -> parent(t).ifPresent(k -> hang(t, k)));
        model.tables().stream().filter(t -> !t.settled()).forEach(this::named);
    }

    /** What refers to an alias of the person by its name only is linked whatever else leads to the rows: {@code rev_actor}. */
    private void named(DraftTable table) {
        table.table().foreignKeys().stream()
                .filter(k -> !k.declared() && !k.parent().equals(model.subject().name()))
                .filter(k -> !model.require(k.parent()).roles().isEmpty())
                .filter(k ->
                        table.all().stream().noneMatch(r -> k.equals(r.link().key())))
                .forEach(k -> hang(table, k));
    }

    /** The key that says most of what the row is: part of the primary key, else never empty, else nearest to the subject. */
    private Optional<ForeignKey> parent(DraftTable table) {
        List<String> primary = table.table().primaryKey();
        return table.table().foreignKeys().stream()
                .filter(k -> !k.selfReference() && model.onPath(k.parent()))
                .filter(k -> model.require(k.parent()).roles().stream().anyMatch(r -> !r.byAddress()))
                .min(Comparator.comparing((ForeignKey k) -> !primary.containsAll(k.columns()))
                        .thenComparing(k -> k.columns().stream()
                                .anyMatch(c -> !table.table().require(c).notNull()))
                        .thenComparing(k -> model.distance(k.parent()))
                        .thenComparing(ForeignKey::name));
    }

    private void hang(DraftTable table, ForeignKey key) {
        DraftTable parent = model.require(key.parent());
        List<DraftRole> theirs = parent.roles().stream()
                .filter(r -> !r.deletes() && r.claim() != LinkRelation.ACTOR)
                .filter(r -> !r.byAddress())
                .toList();
        DraftRole role = table.add(new DraftLink.DraftThroughLink(key), LinkRelation.PARENT);
        List<DraftRole> keyed =
                parent.roles().stream().filter(r -> !r.byAddress()).toList();
        role.parents().addAll(theirs.isEmpty() ? keyed : theirs);
        if (role.follows() && !WeakRows.below(role)) {
            role.follow(parent.name().toString());
        } else if (WeakRows.satellite(role)) {
            role.propose(ProposedFate.ANONYMIZE, "names who did something to a row of " + parent.name());
        } else if (!key.declared()) {
            role.propose(ProposedFate.ANONYMIZE, "names a row of " + parent.name() + ", which stays");
        } else {
            role.propose(ProposedFate.KEEP, Fate.Keep.reasonPartOf(parent.name().toString()));
        }
    }
}
