package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.draft.names.LinkRelation;
import dev.exeunt.internal.draft.names.NameWords;
import dev.exeunt.internal.schema.ForeignKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Links rows that exactly one deleted row refers to, such as the document of an envelope. What many rows refer to is
 * somebody's list, and is left alone.
 */
public final class OneToOneLinkFinder {

    private final DraftModel model;

    public OneToOneLinkFinder(DraftModel model) {
        this.model = model;
    }

    public void link() {
        Deque<DraftTable> open = new ArrayDeque<>(model.tables());
        while (!open.isEmpty()) {
            DraftTable holder = open.remove();
            for (ForeignKey key : holder.table().foreignKeys()) {
                DraftTable held = model.table(key.parent());
                if (held != null
                        && free(held)
                        && alone(holder, key)
                        && !holder.deleting().isEmpty()) {
                    hold(holder, key, held);
                    open.add(held);
                }
            }
        }
    }

    private static boolean free(DraftTable held) {
        return !held.isSubject() && held.all().isEmpty();
    }

    private static boolean alone(DraftTable holder, ForeignKey key) {
        return holder.table().indexes().stream()
                .anyMatch(i -> i.uniqueForAll() && Set.copyOf(i.columns()).equals(Set.copyOf(key.columns())));
    }

    private void hold(DraftTable holder, ForeignKey key, DraftTable held) {
        DraftRole role =
                held.add(new DraftLink.DraftReverseLink(key), LinkRelation.PARENT, NameWords.roleName(key.columns()));
        role.parents().addAll(holder.deleting());
        List<ForeignKey> others = model.referringTo(held.name()).stream()
                .filter(k -> !k.child().equals(holder.name()) || !k.columns().equals(key.columns()))
                .toList();
        if (others.isEmpty()) {
            role.propose(ProposedFate.DELETE, "held by one row of " + holder.name() + ", which goes");
        } else {
            String names = others.stream()
                    .map(k -> k.child() + "." + String.join(", ", k.columns()))
                    .distinct()
                    .collect(Collectors.joining(", "));
            role.propose(
                    ProposedFate.UNDECIDED,
                    "Each belongs to one row of " + holder.name() + ", which goes; but " + names
                            + " may refer to it as well. Does its content go (anonymize), or does it stay (keep)?");
        }
    }
}
