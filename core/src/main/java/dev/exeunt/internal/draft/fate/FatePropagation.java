package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.draft.names.LinkRelation;
import dev.exeunt.internal.draft.names.TablePurpose;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Propagates the first proposed fates along foreign keys, until no deleted row leaves a dangling reference. */
public final class FatePropagation {

    /** Says what deleting a parent row does to a row that refers to it. */
    private enum ReferenceEffect {
        GOES,
        LETS_GO,
        HOLDS_BACK
    }

    private final DraftModel model;
    private final DetachableColumns detachment;
    private final Set<TableName> held = new HashSet<>();
    private final Map<ForeignKey, Boolean> emptiable = new HashMap<>();

    public FatePropagation(DraftModel model, DetachableColumns detachment) {
        this.model = model;
        this.detachment = detachment;
    }

    public void draw() {
        hold();
        keepHeld();
        askForShared();
        new SignedRecords(model).find();
        subject();
        follow();
    }

    /** Tables of which no row can be deleted without rows of others in the way. */
    private void hold() {
        Deque<DraftTable> open = new ArrayDeque<>(model.tables());
        while (!open.isEmpty()) {
            DraftTable table = open.remove();
            boolean decided = table.settled() && !table.deleting().isEmpty();
            boolean holds = !table.isSubject() && !decided && !held.contains(table.name());
            if (holds && !holders(table).isEmpty()) {
                held.add(table.name());
                table.table().foreignKeys().stream()
                        .map(ForeignKey::parent)
                        .flatMap(p -> Stream.ofNullable(model.table(p)))
                        .forEach(open::add);
            }
        }
    }

    private Set<TableName> holders(DraftTable parent) {
        return model.referringTo(parent.name()).stream()
                .filter(k -> effect(k) == ReferenceEffect.HOLDS_BACK)
                .map(ForeignKey::child)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What deleting a parent's row means for the rows that refer to it by this key. */
    private ReferenceEffect effect(ForeignKey key) {
        DraftTable child = model.require(key.child());
        boolean detachable = emptiable.computeIfAbsent(
                key, k -> detachment.possible(child.table(), new DraftLink.DraftThroughLink(k)));
        boolean mayGo = !child.isSubject() && !held.contains(child.name());
        if (mayGo && key.onDelete() == ReferentialAction.CASCADE) {
            return ReferenceEffect.GOES;
        }
        boolean others = !child.roles().isEmpty() || FateProposer.kind(child) == TablePurpose.EVIDENCE;
        if (detachable && (key.onDelete() == ReferentialAction.SET_NULL || others || !mayGo)) {
            return ReferenceEffect.LETS_GO;
        }
        return mayGo && (detachable || !belongsToOthers(child, key))
                ? ReferenceEffect.GOES
                : ReferenceEffect.HOLDS_BACK;
    }

    private boolean belongsToOthers(DraftTable child, ForeignKey key) {
        TablePurpose kind = FateProposer.kind(child);
        if (kind == TablePurpose.MONEY || kind == TablePurpose.EVIDENCE) {
            return true;
        }
        List<DraftRole> owners = child.direct().stream()
                .filter(r -> FateProposer.stance(child, r) != LinkRelation.ACTOR)
                .toList();
        boolean allGo = owners.stream().allMatch(DraftRole::deletes);
        return !owners.isEmpty() && !sameOwner(child, key) && !(kind == TablePurpose.PERSONAL && allGo);
    }

    /** Whether the key itself says that both rows are the same person's: {@code (user_id, post_id)}. */
    private boolean sameOwner(DraftTable child, ForeignKey key) {
        DraftTable parent = model.require(key.parent());
        return child.direct().stream()
                .flatMap(r -> r.link().columns().stream())
                .filter(key.columns()::contains)
                .map(c -> key.parentColumns().get(key.columns().indexOf(c)))
                .anyMatch(c -> parent.direct().stream()
                        .anyMatch(r -> r.link().columns().contains(c)));
    }

    private void keepHeld() {
        for (DraftTable table : model.tables()) {
            if (!held.contains(table.name())) {
                continue;
            }
            for (DraftRole role : table.deleting()) {
                boolean detachable = role.direct() && detachment.possible(table.table(), role.link());
                String names = holders(table).stream().map(TableName::toString).collect(Collectors.joining(", "));
                role.propose(
                        detachable ? ProposedFate.DETACH : ProposedFate.ANONYMIZE,
                        "other people's rows hang off it: " + names);
            }
        }
    }

    /** Whether a table that others work in goes with one person is not for a draft to say, whatever ON DELETE says. */
    private void askForShared() {
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
                if (effect(key) == ReferenceEffect.GOES && seen.add(child.name())) {
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
        boolean owned = child.direct().stream().anyMatch(r -> FateProposer.stance(child, r) == LinkRelation.OWNER);
        return owned
                && !sameOwner(child, key)
                && FateProposer.kind(child).shared(child.name().name());
    }

    private void subject() {
        List<DraftRole> holding = model.tables().stream()
                .flatMap(t -> t.direct().stream())
                .filter(r -> !r.link().inferred() && !r.fate().removesLink())
                .toList();
        DraftRole self = model.subject().roles().get(0);
        if (self.settled()) {
            if (self.deletes()) {
                holding.forEach(FatePropagation::askForTie);
            }
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
        ReferenceEffect effect = effect(key);
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
