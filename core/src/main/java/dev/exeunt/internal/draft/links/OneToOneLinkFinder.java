package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.names.FilePointers;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.schema.ForeignKey;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Links rows that exactly one row of the person's refers to, such as the document of an envelope. Such a row goes only where it is
 * certainly a part: the key is never empty, no other table refers to it, and no file lies behind it. Else a person decides. What
 * many rows refer to is a list, and what people work in is no part; both are left alone.
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
                if (holder.isSubject() || held == null || !free(held)) {
                    continue;
                }
                if (!alone(holder, key)) {
                    file(holder, key, held);
                } else if (held(holder, key, held)) {
                    open.add(held);
                }
            }
        }
    }

    /** Without the row, its file stays and cannot be found; whether others use the file, only people know. */
    private static void file(DraftTable holder, ForeignKey key, DraftTable held) {
        List<DraftRole> theirs = holder.roles().stream()
                .filter(r -> r.deletes() || r.pending() && !holder.container())
                .filter(r -> r.claim() != LinkRelation.ACTOR)
                .toList();
        if (FilePointers.in(held.table()) && !theirs.isEmpty()) {
            add(holder, key, held, theirs)
                    .propose(
                            ProposedFate.UNDECIDED,
                            "It points to a file of " + holder.name()
                                    + ". Is the file deleted first, and no other row uses it"
                                    + " (then delete), or does the row stay (keep)?");
        }
    }

    private static boolean free(DraftTable held) {
        return !held.isSubject() && !held.container() && held.all().isEmpty();
    }

    private static boolean alone(DraftTable holder, ForeignKey key) {
        return holder.table().indexes().stream()
                .anyMatch(i -> i.uniqueForAll() && Set.copyOf(i.columns()).equals(Set.copyOf(key.columns())));
    }

    /** Whether a role was added, below which there may be more. */
    private boolean held(DraftTable holder, ForeignKey key, DraftTable held) {
        List<DraftRole> pending = holder.roles().stream()
                .filter(r -> r.pending() && r.claim() != LinkRelation.ACTOR)
                .toList();
        if (!holder.deleting().isEmpty()) {
            DraftRole role = add(holder, key, held, holder.deleting());
            decide(role, holder, key);
            return true;
        }
        if (!pending.isEmpty() && !holder.container()) {
            add(holder, key, held, pending).follow(holder.name().toString());
            return true;
        }
        return false;
    }

    private static DraftRole add(DraftTable holder, ForeignKey key, DraftTable held, List<DraftRole> parents) {
        DraftRole role =
                held.add(new DraftLink.DraftReverseLink(key), LinkRelation.PARENT, NameWords.roleName(key.columns()));
        role.parents().addAll(parents);
        return role;
    }

    private void decide(DraftRole role, DraftTable holder, ForeignKey key) {
        DraftTable held = role.table();
        List<ForeignKey> others = model.referringTo(held.name()).stream()
                .filter(k -> !k.child().equals(holder.name()) || !k.columns().equals(key.columns()))
                .toList();
        boolean always =
                key.columns().stream().allMatch(c -> holder.table().require(c).notNull());
        String each = "Each belongs to one row of " + holder.name() + ", which goes; but ";
        if (!others.isEmpty()) {
            String names = others.stream()
                    .map(k -> k.child() + "." + String.join(", ", k.columns()))
                    .distinct()
                    .collect(Collectors.joining(", "));
            role.propose(
                    ProposedFate.UNDECIDED,
                    each + names
                            + " may refer to it as well. Does its content go (anonymize), or does it stay (keep)?");
        } else if (FilePointers.in(held.table())) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    each
                            + "it points to a file that would stay. Is the file deleted first (then delete), or does the row"
                            + " stay (keep)?");
        } else if (!always) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    each
                            + "the key may be empty, so it may be more than a part. Does it go along (delete), or stay (keep)?");
        } else {
            role.propose(ProposedFate.DELETE, "held by one row of " + holder.name() + ", which goes");
        }
    }
}
