package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks about rows that others work in: whether they go with one person is not for a draft to say, whatever ON DELETE says. */
final class SharedRows {

    private final DraftModel model;
    private final ReferenceEffects effects;

    SharedRows(DraftModel model, ReferenceEffects effects) {
        this.model = model;
        this.effects = effects;
    }

    void ask() {
        for (DraftTable table : model.tables()) {
            List<DraftRole> deleting = table.isSubject()
                    ? List.of()
                    : table.deleting().stream().filter(DraftRole::direct).toList();
            Set<TableName> others = deleting.isEmpty() ? Set.of() : othersBelow(table);
            if (!others.isEmpty()) {
                String names = others.stream().map(TableName::toString).collect(Collectors.joining(", "));
                String why = "Other people work in it: their rows would go along, in " + names
                        + ". May it go with this person (delete; check then lists what goes with it), or does it stay, with"
                        + " another owner (detach, reassign, or a guard in the application)?";
                deleting.forEach(r -> r.propose(ProposedFate.UNDECIDED, why));
            }
        }
    }

    /** Tables of which rows that other people own would go along. */
    private Set<TableName> othersBelow(DraftTable top) {
        Set<TableName> others = new TreeSet<>();
        Set<TableName> seen = new HashSet<>(Set.of(top.name()));
        Deque<TableName> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            for (ForeignKey key : model.referringTo(open.remove())) {
                DraftTable child = model.require(key.child());
                boolean goes = effects.of(key) == ReferenceEffects.ReferenceEffect.GOES;
                if (goes && seen.add(child.name())) {
                    open.add(child.name());
                    if (othersWork(child, key)) {
                        others.add(child.name());
                    }
                }
            }
        }
        return others;
    }

    /** Members and what they made; not their credentials, likes and answers, which are of no use without what they are for. */
    private boolean othersWork(DraftTable child, ForeignKey key) {
        boolean owned = child.direct().stream().anyMatch(r -> r.claim() == LinkRelation.OWNER);
        return owned
                && !effects.sameOwner(child, key)
                && child.kind().shared(child.name().name());
    }
}
