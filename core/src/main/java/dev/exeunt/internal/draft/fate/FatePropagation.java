package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.fate.ReferenceEffects.ReferenceEffect;
import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Propagates the first proposed fates along foreign keys, until no deleted row leaves a dangling reference. */
public final class FatePropagation {

    private final DraftModel model;
    private final DetachableColumns detachment;
    private final ReferenceEffects effects;

    public FatePropagation(DraftModel model, DetachableColumns detachment) {
        this.model = model;
        this.detachment = detachment;
        this.effects = new ReferenceEffects(model, detachment);
    }

    public void draw() {
        keepHeld();
        new SharedRows(model, effects).ask();
        new SignedRecords(model).find();
        subject();
        follow();
    }

    private void keepHeld() {
        for (DraftTable table : model.tables()) {
            if (!effects.held(table)) {
                continue;
            }
            for (DraftRole role : table.deleting()) {
                boolean detachable = role.direct() && detachment.possible(table.table(), role.link());
                String names =
                        effects.holders(table).stream().map(TableName::toString).collect(Collectors.joining(", "));
                role.propose(
                        detachable ? ProposedFate.DETACH : ProposedFate.ANONYMIZE,
                        "other people's rows hang off it: " + names);
            }
        }
    }

    private void subject() {
        List<DraftRole> holding = model.tables().stream()
                .flatMap(t -> t.direct().stream())
                .filter(r -> !r.fate().removesLink() && !(r.link().inferred() && r.fate() == ProposedFate.UNDECIDED))
                .toList();
        DraftRole self = model.subject().roles().get(0);
        if (self.settled()) {
            if (self.deletes()) {
                holding.stream().filter(r -> !r.link().inferred()).forEach(FatePropagation::askForTie);
            }
        } else if (holding.isEmpty() && undeclared()) {
            self.propose(
                    ProposedFate.ANONYMIZE,
                    "no foreign key says what refers to it, so that nothing shows that all of it goes or lets go");
        } else if (holding.isEmpty()) {
            self.propose(ProposedFate.DELETE, "everything that refers to it goes or lets go");
        } else {
            boolean open = holding.stream().allMatch(r -> r.fate() == ProposedFate.UNDECIDED);
            String names = holding.stream()
                    .map(r -> r.table().name().toString())
                    .distinct()
                    .limit(4)
                    .collect(Collectors.joining(", "));
            long more = holding.stream().map(DraftRole::table).distinct().count() - 4;
            self.propose(
                    ProposedFate.ANONYMIZE,
                    (open
                                    ? "the row stays as long as something undecided refers to it: "
                                    : "the row stays for what must go on referring to it: ")
                            + names
                            + (more > 0 ? " and " + more + " more" : ""));
        }
    }

    /** Whether rows refer to people, and the schema declares none of these references. */
    private boolean undeclared() {
        return model.referringTo(model.subject().name()).stream().noneMatch(ForeignKey::declared)
                && model.tables().stream()
                        .flatMap(t -> t.direct().stream())
                        .anyMatch(r -> !r.table().isSubject());
    }

    /** The map lets the person's row go, and this one cannot stay as it would. */
    private static void askForTie(DraftRole role) {
        role.propose(
                ProposedFate.UNDECIDED,
                "It would stay (" + (role.why().isEmpty() ? "undecided" : role.why()) + "), but the map deletes the"
                        + " person's own row, to which it refers. Delete it too, reassign it, or let the person's row stay"
                        + " (anonymize)?");
    }

    /** Gives every row that refers to a deleted one a role that says what becomes of it. */
    private void follow() {
        Deque<DraftTable> open = new ArrayDeque<>();
        model.tables().stream()
                .filter(t -> !t.isSubject() && !t.deleting().isEmpty())
                .forEach(open::add);
        while (!open.isEmpty()) {
            DraftTable parent = open.remove();
            for (ForeignKey key : model.referringTo(parent.name())) {
                DraftTable child = model.require(key.child());
                List<DraftRole> uncovered = parent.deleting().stream()
                        .filter(deleted -> !heldBy(deleted, key))
                        .filter(deleted -> child.roles().stream().noneMatch(r -> speaksOf(r, deleted, key)))
                        .toList();
                if (uncovered.isEmpty()) {
                    continue;
                }
                DraftRole role = through(child, key).orElseGet(() -> below(child, key));
                if (role.parents().addAll(uncovered) && role.deletes()) {
                    open.add(child);
                }
            }
        }
    }

    /** Whether the only row that refers by this key to a row of the deleted role is the one it was found by, which goes. */
    private static boolean heldBy(DraftRole deleted, ForeignKey key) {
        return deleted.link() instanceof DraftLink.DraftReverseLink by
                && by.key().equals(key);
    }

    /** Whether a map says already what becomes of the rows that refer by this key to rows of the deleted role. */
    private static boolean speaksOf(DraftRole role, DraftRole deleted, ForeignKey key) {
        if (!role.settled()) {
            return false;
        }
        if (role.through()) {
            return key.equals(role.link().key()) && role.goesThrough(deleted);
        }
        return role.link() instanceof DraftLink.DraftDirectLink direct
                && direct.where() == null
                && deleted.direct()
                && pairs(direct.columns(), deleted.link().columns(), key);
    }

    /** Whether both are the person's by values that the key says are the same. */
    private static boolean pairs(List<String> columns, List<String> parents, ForeignKey key) {
        return columns.size() == parents.size()
                && IntStream.range(0, columns.size()).allMatch(i -> {
                    int place = key.columns().indexOf(columns.get(i));
                    return place >= 0 && key.parentColumns().get(place).equals(parents.get(i));
                });
    }

    private static Optional<DraftRole> through(DraftTable child, ForeignKey key) {
        return child.all().stream()
                .filter(r -> !r.settled())
                .filter(r -> key.equals(r.link().key()) && r.through())
                .filter(r -> r.parents().stream().allMatch(DraftRole::deletes))
                .findFirst();
    }

    private DraftRole below(DraftTable child, ForeignKey key) {
        DraftRole role = child.add(new DraftLink.DraftThroughLink(key), LinkRelation.PARENT);
        String rule = key.onDelete() == ReferentialAction.NO_ACTION || key.onDelete() == ReferentialAction.RESTRICT
                ? ""
                : " (ON DELETE " + key.onDelete().sql() + ")";
        ReferenceEffect effect = effects.of(key);
        if (effect == ReferenceEffect.LETS_GO && FateProposer.outspoken(child)) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "Entries about a deleted " + key.parent() + " stay" + rule
                            + ", and name people. May they go on saying"
                            + " who it was ({ detach: true, retain: … }), without names (anonymize), or not at all (delete)?");
        } else if (effect == ReferenceEffect.HOLDS_BACK) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "The map deletes " + key.parent() + ", and other people's rows here refer to it and cannot let go."
                            + " Do they go along (delete), or does " + key.parent() + " stay (anonymize it there)?");
        } else if (effect == ReferenceEffect.GOES) {
            role.propose(ProposedFate.DELETE, "goes with " + key.parent() + rule);
        } else {
            role.propose(ProposedFate.DETACH, "lets go of the deleted " + key.parent() + rule);
        }
        return role;
    }
}
