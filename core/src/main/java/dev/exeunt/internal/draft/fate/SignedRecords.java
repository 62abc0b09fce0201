package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.draft.names.LinkRelation;
import dev.exeunt.internal.draft.names.NameWords;
import dev.exeunt.internal.draft.names.TablePurpose;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Adds roles for what a person signed or filled in on records that only hold their e-mail address. No key leads there
 * from the person, and nothing is deleted above it, so nobody else would ask.
 */
final class SignedRecords {

    private static final Set<String> SIGNED = Set.of("signature", "consent", "agreement", "acceptance");

    private final DraftModel model;

    SignedRecords(DraftModel model) {
        this.model = model;
    }

    /** Whether the role hangs off rows that an address alone makes the person's. */
    static boolean theirs(DraftRole role) {
        return role.through()
                && !role.parents().isEmpty()
                && role.parents().stream().allMatch(SignedRecords::byAddress);
    }

    private static boolean byAddress(DraftRole role) {
        return role.link() instanceof DraftLink.DraftIdentifierLink || theirs(role);
    }

    void find() {
        Deque<DraftRole> open = new ArrayDeque<>(model.tables().stream()
                .flatMap(t -> t.roles().stream())
                .filter(r -> r.link() instanceof DraftLink.DraftIdentifierLink
                        && r.fate().outlives())
                .filter(r -> r.table().direct().isEmpty())
                .toList());
        while (!open.isEmpty()) {
            DraftRole parent = open.remove();
            for (ForeignKey key : model.referringTo(parent.table().name())) {
                DraftTable child = model.require(key.child());
                if (!child.settled()
                        && part(child, key)
                        && child.roles().stream().noneMatch(SignedRecords::theirs)) {
                    open.add(hang(child, key, parent));
                }
            }
        }
    }

    /** Whether each of its rows is a piece of the other's, and not a row of somebody's own that happens to refer to it. */
    private static boolean part(DraftTable child, ForeignKey key) {
        boolean always =
                key.columns().stream().allMatch(c -> child.table().require(c).notNull());
        boolean somebodys =
                child.isSubject() || child.direct().stream().anyMatch(r -> r.stance() != LinkRelation.ACTOR);
        return !key.selfReference() && !somebodys && (always || key.onDelete() == ReferentialAction.CASCADE);
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
        List<String> words = NameWords.singular(child.name().name());
        if (words.stream().anyMatch(SIGNED::contains)) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "What the person signed on somebody else's " + key.parent() + ". Does the other side need it as"
                            + " evidence (keep), or does it go (delete, or anonymize)?");
        } else if (FateProposer.kind(child) == TablePurpose.PERSONAL && model.leaf(child.name())) {
            role.propose(ProposedFate.DELETE, "of no use to anybody without the person");
        } else {
            role.propose(ProposedFate.ANONYMIZE, "their part of somebody else's " + key.parent());
        }
        return role;
    }
}
