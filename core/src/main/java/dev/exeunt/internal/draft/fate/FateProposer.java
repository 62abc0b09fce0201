package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.PersonalDataCategory;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Proposes a first fate for each direct link. It considers first what the person has to do with the row, then whether the link may
 * be empty, then what the table holds, and only then ON DELETE CASCADE: no row is deleted because a moderator leaves.
 */
public final class FateProposer {

    private final DraftModel model;
    private final DetachableColumns detachment;

    public FateProposer(DraftModel model, DetachableColumns detachment) {
        this.model = model;
        this.detachment = detachment;
    }

    public void propose() {
        AddressFates addresses = new AddressFates(model);
        for (DraftTable table : model.tables()) {
            for (DraftRole role : table.all()) {
                if (role.settled()) {
                    continue;
                }
                if (role.direct()) {
                    direct(table, role);
                } else if (role.link() instanceof DraftLink.DraftIdentifierLink) {
                    addresses.propose(table, role);
                }
            }
        }
        new VersionFates(model).propose();
    }

    private void direct(DraftTable table, DraftRole role) {
        boolean detachable = detachment.possible(table.table(), role.link());
        if (table.isSubject()) {
            role.propose(
                    detachable ? ProposedFate.DETACH : ProposedFate.KEEP,
                    detachable ? "another person's row: only the reference goes" : "another person's row");
        } else if (unclear(role)) {
            role.propose(ProposedFate.UNDECIDED, "");
        } else if (role.claim() == LinkRelation.ACTOR) {
            actor(table, role, detachable);
        } else if (!new SharedWork(model).propose(table, role, detachable)) {
            owned(table, role, detachable);
        }
    }

    private void owned(DraftTable table, DraftRole role, boolean detachable) {
        ReferentialAction action = action(role);
        boolean about = role.stance() == LinkRelation.TARGET && othersToo(table, role);
        if (table.kind() == TablePurpose.EVIDENCE) {
            evidence(table, role, detachable);
        } else if (table.kind() == TablePurpose.MONEY && action == ReferentialAction.CASCADE) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "The database deletes these rows with the person. Do they have to be kept for the accounts, or for"
                            + " others who share in them (keep, anonymize), or do they go (delete)?");
        } else if (about && words(table)) {
            about(role, detachable);
        } else if (table.kind() == TablePurpose.MESSAGE && table.direct().size() > 1) {
            message(table, role, detachable);
        } else if (action == ReferentialAction.CASCADE) {
            role.propose(ProposedFate.DELETE, "ON DELETE CASCADE: the schema says so already");
        } else if (action == ReferentialAction.SET_NULL && detachable) {
            role.propose(ProposedFate.DETACH, "ON DELETE SET NULL: the row stays, without the person");
        } else {
            byKind(table, role, detachable);
        }
    }

    private static @Nullable ReferentialAction action(DraftRole role) {
        ForeignKey key = role.link().key();
        return key == null ? null : key.onDelete();
    }

    private static boolean othersToo(DraftTable table, DraftRole role) {
        return table.direct().stream().anyMatch(r -> r != role && r.stance() != LinkRelation.TARGET);
    }

    private static boolean words(DraftTable table) {
        return table.kind() == TablePurpose.CONTENT || table.kind() == TablePurpose.THREAD;
    }

    /** What others wrote about the person, or to them. */
    private static void about(DraftRole role, boolean detachable) {
        role.propose(
                detachable ? ProposedFate.DETACH : ProposedFate.UNDECIDED,
                detachable
                        ? "another person's row: only the mention goes"
                        : "Another person's row that is about this person, or for them. Does it go (delete), or does the"
                                + " other one keep it (keep)?");
    }

    /** A polymorphic link whose type is a number: nothing says which number is a person. */
    public static boolean unclear(DraftRole role) {
        return role.link() instanceof DraftLink.DraftDirectLink direct
                && direct.inferred()
                && direct.where() == null
                && role.table().table().columns().stream()
                        .map(c -> String.join("-", NameWords.of(c.name())))
                        .anyMatch(c -> c.equals(role.name() + "-kind") || c.equals(role.name() + "-type"));
    }

    private static void actor(DraftTable table, DraftRole role, boolean detachable) {
        boolean cascades = action(role) == ReferentialAction.CASCADE;
        if (detachable) {
            role.propose(ProposedFate.DETACH, "the row is about something else: only who did it goes");
        } else if (table.container()) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "Other people work in it, and it must say who made it. Who takes it over (reassign), or does it go on"
                            + " naming a deleted user (keep)?");
        } else if (cascades && TablePurpose.heldByAddress(table.name().name())) {
            role.propose(ProposedFate.DELETE, "an open offer, of no effect without who made it");
        } else {
            role.propose(ProposedFate.KEEP, "the row is about something else and must say who did it");
        }
    }

    private void byKind(DraftTable table, DraftRole role, boolean detachable) {
        switch (table.kind()) {
            case PERSONAL -> role.propose(ProposedFate.DELETE, "of no use without the person");
            case EVIDENCE -> evidence(table, role, detachable);
            case MONEY -> role.propose(ProposedFate.KEEP, "accounts have to be kept as long as tax law says");
            case MESSAGE -> message(table, role, detachable);
            case THREAD -> thread(role, detachable);
            case CONTENT -> content(table, role, detachable);
        }
    }

    /** A record that names people outright. */
    static boolean outspoken(DraftTable table) {
        return table.kind() == TablePurpose.EVIDENCE
                && table.table().columns().stream()
                        .map(PersonalDataCategory::of)
                        .anyMatch(PersonalDataCategory::identifies);
    }

    private void evidence(DraftTable table, DraftRole role, boolean detachable) {
        if (role.claim() == LinkRelation.OWNER && outspoken(table) && model.leaf(table.name())) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "A record that names the person outright. Does anything oblige you to keep it, and for how long?"
                            + " If not: delete, or keep the entry and anonymize what identifies.");
        } else if (role.claim() == LinkRelation.OWNER
                && detachable
                && table.direct().size() == 1) {
            role.propose(ProposedFate.DETACH, "the record stays, without the person");
        } else {
            role.propose(ProposedFate.KEEP, "a record of what was done and decided");
        }
    }

    private void message(DraftTable table, DraftRole role, boolean detachable) {
        boolean twoSided = table.direct().size() > 1;
        if (twoSided && model.leaf(table.name())) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "Every row belongs to two people. May the other one keep the text (keep), or only that it was"
                            + " written (anonymize), or does it go for both (delete)?");
        } else {
            thread(role, detachable);
        }
    }

    private static void thread(DraftRole role, boolean detachable) {
        role.propose(
                detachable ? ProposedFate.DETACH : ProposedFate.ANONYMIZE,
                "what others answered stays readable: the words go, the place in the thread stays");
    }

    private void content(DraftTable table, DraftRole role, boolean detachable) {
        if (oneEach(table.table(), role.link().columns())) {
            role.propose(ProposedFate.DELETE, "the person is part of the row's key");
        } else if (role.claim() == LinkRelation.TARGET && !detachable) {
            boolean open = model.leaf(table.name());
            role.propose(
                    open ? ProposedFate.UNDECIDED : ProposedFate.KEEP,
                    open
                            ? "The row is about the person, or for them. Is it the person's own (delete), or another person's (keep)?"
                            : "other rows build on it");
        } else if (detachable) {
            role.propose(ProposedFate.DETACH, "the link may be empty: the row stays, without the person");
        } else {
            role.propose(ProposedFate.DELETE, "the person's own; no other person's rows hang off it");
        }
    }

    /** Whether the person is part of a key of the row, so that there is one for each. */
    static boolean oneEach(Table table, List<String> columns) {
        return table.indexes().stream()
                .filter(Index::unique)
                .anyMatch(i -> i.columns().containsAll(columns));
    }
}
