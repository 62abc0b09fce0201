package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.draft.names.LinkRelation;
import dev.exeunt.internal.draft.names.NameWords;
import dev.exeunt.internal.draft.names.PersonalDataCategory;
import dev.exeunt.internal.draft.names.TablePurpose;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Proposes a first fate for each link, from ON DELETE, nullability and names. */
public final class FateProposer {

    private final DraftModel model;
    private final DetachableColumns detachment;

    public FateProposer(DraftModel model, DetachableColumns detachment) {
        this.model = model;
        this.detachment = detachment;
    }

    public void propose() {
        for (DraftTable table : model.tables()) {
            for (DraftRole role : table.all()) {
                if (role.settled()) {
                    continue;
                }
                if (role.direct()) {
                    direct(table, role);
                } else if (role.link() instanceof DraftLink.DraftIdentifierLink) {
                    byValue(table, role);
                }
            }
        }
    }

    private void direct(DraftTable table, DraftRole role) {
        ForeignKey key = role.link().key();
        boolean detachable = detachment.possible(table.table(), role.link());
        if (table.isSubject()) {
            role.propose(
                    detachable ? ProposedFate.DETACH : ProposedFate.KEEP,
                    detachable ? "another person's row: only the reference goes" : "another person's row");
        } else if (unclear(role)) {
            role.propose(ProposedFate.UNDECIDED, "");
        } else if (key != null && key.onDelete() == ReferentialAction.CASCADE) {
            role.propose(ProposedFate.DELETE, "ON DELETE CASCADE: the schema says so already");
        } else if (key != null && key.onDelete() == ReferentialAction.SET_NULL && detachable) {
            role.propose(ProposedFate.DETACH, "ON DELETE SET NULL: the row stays, without the person");
        } else if (stance(table, role) == LinkRelation.ACTOR) {
            actor(role, detachable);
        } else {
            byKind(table, role, detachable);
        }
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

    /** Whoever created a row owns it, where nobody else does. */
    public static LinkRelation stance(DraftTable table, DraftRole role) {
        boolean owned = table.direct().stream().anyMatch(r -> r != role && r.stance() == LinkRelation.OWNER);
        boolean alone = role.stance() == LinkRelation.ACTOR
                && LinkRelation.author(role.link().columns())
                && !owned;
        return alone && table.kind() != TablePurpose.EVIDENCE ? LinkRelation.OWNER : role.stance();
    }

    private static void actor(DraftRole role, boolean detachable) {
        role.propose(
                detachable ? ProposedFate.DETACH : ProposedFate.KEEP,
                detachable
                        ? "the row is about something else: only who did it goes"
                        : "the row is about something else and must say who did it");
    }

    private void byKind(DraftTable table, DraftRole role, boolean detachable) {
        switch (kind(table)) {
            case PERSONAL -> role.propose(ProposedFate.DELETE, "of no use to anybody without the person");
            case EVIDENCE -> evidence(table, role, detachable);
            case MONEY -> role.propose(ProposedFate.KEEP, "accounts have to be kept as long as tax law says");
            case MESSAGE -> message(table, role, detachable);
            case THREAD -> thread(role, detachable);
            case CONTENT -> content(table, role, detachable);
        }
    }

    /** A block is evidence where it has a reason; without one it is between two users. A report of somebody is evidence. */
    public static TablePurpose kind(DraftTable table) {
        List<String> words = NameWords.singular(table.name().name());
        boolean block = !words.isEmpty() && words.get(words.size() - 1).equals("block");
        if (block) {
            return table.table().columnNames().stream()
                            .anyMatch(c -> NameWords.of(c).contains("reason"))
                    ? TablePurpose.EVIDENCE
                    : TablePurpose.PERSONAL;
        }
        boolean reported = table.direct().stream()
                .flatMap(r -> r.link().columns().stream())
                .flatMap(c -> NameWords.of(c).stream())
                .anyMatch(Set.of("reported", "accused", "offender")::contains);
        return reported ? TablePurpose.EVIDENCE : table.kind();
    }

    /** A record that names people outright. */
    static boolean outspoken(DraftTable table) {
        return kind(table) == TablePurpose.EVIDENCE
                && table.table().columns().stream()
                        .map(PersonalDataCategory::of)
                        .anyMatch(PersonalDataCategory::identifies);
    }

    private void evidence(DraftTable table, DraftRole role, boolean detachable) {
        if (role.stance() == LinkRelation.OWNER && outspoken(table) && model.leaf(table.name())) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "A record that names the person outright. Does anything oblige you to keep it, and for how long?"
                            + " If not: delete, or keep the entry and anonymize what identifies.");
        } else if (role.stance() == LinkRelation.OWNER && detachable) {
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
                    "Every row belongs to two people. May the other one keep what was written to or by them?"
                            + " If not: delete; else anonymize.");
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
        } else if (stance(table, role) == LinkRelation.TARGET && !detachable) {
            boolean open = model.leaf(table.name());
            role.propose(
                    open ? ProposedFate.UNDECIDED : ProposedFate.KEEP,
                    open
                            ? "The row is about the person, or for them. Is it theirs (delete), or somebody else's (keep)?"
                            : "other rows build on it");
        } else if (detachable) {
            role.propose(ProposedFate.DETACH, "the link may be empty: the row stays, without the person");
        } else {
            role.propose(ProposedFate.DELETE, "theirs; nobody else's rows hang off it");
        }
    }

    private static boolean oneEach(Table table, List<String> columns) {
        return table.indexes().stream()
                .filter(Index::unique)
                .anyMatch(i -> i.columns().containsAll(columns));
    }

    private void byValue(DraftTable table, DraftRole role) {
        Optional<DraftRole> keyed = table.direct().stream()
                .filter(r -> stance(table, r) != LinkRelation.ACTOR)
                .findFirst();
        if (keyed.isPresent()) {
            besideKey(role, keyed.get());
        } else if (TablePurpose.heldByAddress(table.name().name())) {
            role.propose(ProposedFate.DELETE, "their address, in a row of no use without it");
        } else if (model.leaf(table.name())) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "A row that holds the person's address and may be somebody else's. Is it theirs (delete), or should"
                            + " only the address go (anonymize)?");
        } else {
            role.propose(ProposedFate.ANONYMIZE, "somebody else's row that names the person: what names them goes");
        }
    }

    /** What has their address is treated as what has their key, as far as it can be. */
    private static void besideKey(DraftRole role, DraftRole keyed) {
        switch (keyed.fate()) {
            case DELETE -> role.propose(ProposedFate.DELETE, "their address, where no key says whose row it is");
            case UNDECIDED -> role.propose(ProposedFate.UNDECIDED, keyed.why());
            case KEEP -> role.propose(ProposedFate.KEEP, keyed.why());
            case DETACH, ANONYMIZE ->
                role.propose(
                        ProposedFate.ANONYMIZE,
                        "their address, where no key says whose row it is: what names them goes");
        }
    }
}
