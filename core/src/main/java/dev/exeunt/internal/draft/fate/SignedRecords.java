package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.schema.ForeignKey;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Adds roles for what a person signed or filled in on records that only hold their e-mail address. No key leads there from the
 * person, and nothing is deleted above it. The question is asked once, at the record; its parts follow the answer.
 */
final class SignedRecords {

    private final DraftModel model;

    SignedRecords(DraftModel model) {
        this.model = model;
    }

    void find() {
        Deque<DraftRole> open = new ArrayDeque<>(model.tables().stream()
                .filter(t -> !t.container() && t.keeper().isEmpty())
                .flatMap(t -> t.roles().stream())
                .filter(r -> r.link() instanceof DraftLink.DraftIdentifierLink && !r.deletes())
                .filter(r -> r.table().direct().isEmpty())
                .toList());
        while (!open.isEmpty()) {
            DraftRole parent = open.remove();
            for (ForeignKey key : model.referringTo(parent.table().name())) {
                DraftTable child = model.require(key.child());
                if (!child.settled()
                        && part(child, key)
                        && child.roles().stream().noneMatch(r -> r.through() && r.byAddress())) {
                    open.add(hang(child, key, parent));
                }
            }
        }
    }

    /** Whether each of its rows is a piece of the other's, and not another person's row that happens to refer to it. */
    private static boolean part(DraftTable child, ForeignKey key) {
        boolean always =
                key.columns().stream().allMatch(c -> child.table().require(c).notNull());
        boolean anothers = child.isSubject() || child.direct().stream().anyMatch(r -> r.claim() != LinkRelation.ACTOR);
        return !key.selfReference() && !anothers && always;
    }

    private DraftRole hang(DraftTable child, ForeignKey key, DraftRole parent) {
        String identifier = parent.link() instanceof DraftLink.DraftIdentifierLink matches
                ? "-by-" + matches.identifier()
                : "-theirs";
        DraftRole role = child.add(
                new DraftLink.DraftThroughLink(key),
                LinkRelation.PARENT,
                NameWords.roleName(key.columns()) + identifier);
        role.parents().add(parent);
        role.follow(key.parent().toString());
        return role;
    }
}
