package dev.exeunt.draft.fate;

import dev.exeunt.draft.model.DraftLink;
import dev.exeunt.draft.model.DraftRole;
import dev.exeunt.draft.model.DraftTable;
import dev.exeunt.draft.model.Model;
import dev.exeunt.draft.model.Proposed;
import dev.exeunt.draft.names.Stance;
import dev.exeunt.draft.names.TableKind;
import dev.exeunt.draft.names.Words;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.ForeignKey.Action;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * What a person left in somebody else's record that holds their address and stays: what they filled in and signed on it. No
 * key leads there from the person, and nothing is deleted above it, so nobody else would ask.
 */
final class Belongings {

    private static final Set<String> SIGNED = Set.of("signature", "consent", "agreement", "acceptance");

    private final Model model;

    Belongings(Model model) {
        this.model = model;
    }

    /** Whether the role hangs off rows that an address alone makes the person's. */
    static boolean theirs(DraftRole role) {
        return role.through()
                && !role.parents().isEmpty()
                && role.parents().stream().allMatch(Belongings::byAddress);
    }

    private static boolean byAddress(DraftRole role) {
        return role.link() instanceof DraftLink.Matches || theirs(role);
    }

    void find() {
        Deque<DraftRole> open = new ArrayDeque<>(model.tables().stream()
                .flatMap(t -> t.roles().stream())
                .filter(r -> r.link() instanceof DraftLink.Matches && r.fate().outlives())
                .filter(r -> r.table().direct().isEmpty())
                .toList());
        while (!open.isEmpty()) {
            DraftRole parent = open.remove();
            for (ForeignKey key : model.referringTo(parent.table().name())) {
                DraftTable child = model.require(key.child());
                if (!child.settled()
                        && part(child, key)
                        && child.roles().stream().noneMatch(Belongings::theirs)) {
                    open.add(hang(child, key, parent));
                }
            }
        }
    }

    /** Whether each of its rows is a piece of the other's, and not a row of somebody's own that happens to refer to it. */
    private static boolean part(DraftTable child, ForeignKey key) {
        boolean always =
                key.columns().stream().allMatch(c -> child.table().require(c).notNull());
        boolean somebodys = child.isSubject() || child.direct().stream().anyMatch(r -> r.stance() != Stance.ACTOR);
        return !key.selfReference() && !somebodys && (always || key.onDelete() == Action.CASCADE);
    }

    private DraftRole hang(DraftTable child, ForeignKey key, DraftRole parent) {
        String identifier =
                parent.link() instanceof DraftLink.Matches matches ? "-by-" + matches.identifier() : "-theirs";
        DraftRole role =
                child.add(new DraftLink.Through(key), Stance.PARENT, Words.roleName(key.columns()) + identifier);
        role.parents().add(parent);
        List<String> words = Words.singular(child.name().name());
        if (words.stream().anyMatch(SIGNED::contains)) {
            role.propose(
                    Proposed.UNDECIDED,
                    "What the person signed on somebody else's " + key.parent() + ". Does the other side need it as"
                            + " evidence (keep), or does it go (delete, or anonymize)?");
        } else if (FateProposal.kind(child) == TableKind.PERSONAL && model.leaf(child.name())) {
            role.propose(Proposed.DELETE, "of no use to anybody without the person");
        } else {
            role.propose(Proposed.ANONYMIZE, "their part of somebody else's " + key.parent());
        }
        return role;
    }
}
