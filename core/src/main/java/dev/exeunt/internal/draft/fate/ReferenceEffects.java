package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.TablePurpose;
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
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says what deleting a row means for the rows that refer to it. A row of other people that can let go lets go, whatever ON DELETE
 * says; a row that names what was deleted only as who did something never goes for it.
 */
final class ReferenceEffects {

    /** Says what deleting a parent row does to a row that refers to it. */
    enum ReferenceEffect {
        GOES,
        LETS_GO,
        HOLDS_BACK
    }

    private final DraftModel model;
    private final DetachableColumns detachment;
    private final Set<TableName> held = new HashSet<>();
    private final Map<ForeignKey, Boolean> emptiable = new HashMap<>();

    ReferenceEffects(DraftModel model, DetachableColumns detachment) {
        this.model = model;
        this.detachment = detachment;
        hold();
    }

    /** Whether no row of the table can be deleted without rows of others in the way. */
    boolean held(DraftTable table) {
        return held.contains(table.name());
    }

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

    /** Tables whose rows refer to rows of this one and can neither go nor let go. */
    Set<TableName> holders(DraftTable parent) {
        return model.referringTo(parent.name()).stream()
                .filter(k -> of(k) == ReferenceEffect.HOLDS_BACK)
                .map(ForeignKey::child)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** What deleting a parent's row means for the rows that refer to it by this key. A key that only names tell of takes no row along. */
    ReferenceEffect of(ForeignKey key) {
        DraftTable child = model.require(key.child());
        boolean detachable = emptiable.computeIfAbsent(
                key, k -> detachment.possible(child.table(), new DraftLink.DraftThroughLink(k)));
        if (!key.declared()) {
            return detachable ? ReferenceEffect.LETS_GO : ReferenceEffect.HOLDS_BACK;
        }
        boolean mayGo = !child.isSubject() && !held.contains(child.name());
        boolean acted = model.relation(child.table(), key.columns()) == LinkRelation.ACTOR;
        boolean others = !child.direct().isEmpty();
        if (detachable && (acted || others)) {
            return ReferenceEffect.LETS_GO;
        }
        boolean evidence = child.kind() == TablePurpose.EVIDENCE && others;
        if (mayGo && key.onDelete() == ReferentialAction.CASCADE && !acted && !evidence) {
            return ReferenceEffect.GOES;
        }
        boolean spoken = !child.roles().isEmpty() || child.kind() == TablePurpose.EVIDENCE;
        if (detachable && (key.onDelete() == ReferentialAction.SET_NULL || spoken || !mayGo)) {
            return ReferenceEffect.LETS_GO;
        }
        return mayGo && !acted && (detachable || !belongsToOthers(child, key))
                ? ReferenceEffect.GOES
                : ReferenceEffect.HOLDS_BACK;
    }

    private boolean belongsToOthers(DraftTable child, ForeignKey key) {
        TablePurpose kind = child.kind();
        if (kind == TablePurpose.MONEY || kind == TablePurpose.EVIDENCE) {
            return true;
        }
        List<DraftRole> owners = child.direct().stream()
                .filter(r -> r.claim() != LinkRelation.ACTOR)
                .toList();
        boolean allGo = owners.stream().allMatch(DraftRole::deletes);
        return !owners.isEmpty() && !sameOwner(child, key) && !(kind == TablePurpose.PERSONAL && allGo);
    }

    /** Whether the key itself says that both rows are the same person's: {@code (user_id, post_id)}. */
    boolean sameOwner(DraftTable child, ForeignKey key) {
        DraftTable parent = model.require(key.parent());
        return child.direct().stream()
                .flatMap(r -> r.link().columns().stream())
                .filter(key.columns()::contains)
                .map(c -> key.parentColumns().get(key.columns().indexOf(c)))
                .anyMatch(c -> parent.direct().stream()
                        .anyMatch(r -> r.link().columns().contains(c)));
    }
}
