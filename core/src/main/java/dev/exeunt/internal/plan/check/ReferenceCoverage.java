package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Decides whether the map's roles reach all rows that refer to a deleted row, and what becomes of the reference. */
final class ReferenceCoverage {

    private final BoundMap bound;

    ReferenceCoverage(BoundMap bound) {
        this.bound = bound;
    }

    /**
     * Whether each row of the deleted role is referred to, by this key, by one row only: that of the person which it was found
     * by, and which goes or lets go.
     */
    boolean isOnlyReferrer(PlannedRole deleted, ForeignKey key, PlannedTable child) {
        return deleted.source() instanceof KeySource.RoleRows rows
                && rows.sourceRefersToRole()
                && pairs(deleted, rows, key)
                && unique(child.table(), key)
                && child.roles().stream()
                        .filter(r -> rows.roles().contains(r.id()))
                        .allMatch(r -> removesReference(r, child, key));
    }

    /** Whether what the rows of this role refer to by this key is kept by law on their account, and so is not deleted at all. */
    boolean keepsParentByLaw(PlannedRole role, PlannedRole deleted, ForeignKey key) {
        return bound.planned(deleted.table().name()).stream()
                .flatMap(t -> t.keptByLaw().stream())
                .filter(k -> k.where() == null)
                .anyMatch(k -> k.source() instanceof KeySource.RoleRows rows
                        && rows.sourceRefersToRole()
                        && rows.roles().contains(role.id())
                        && pairs(k, rows, key));
    }

    private static boolean pairs(PlannedRole deleted, KeySource.RoleRows rows, ForeignKey key) {
        return rows.roles().get(0).table().equals(key.child())
                && rows.columns().size() == key.columns().size()
                && IntStream.range(0, rows.columns().size()).allMatch(i -> {
                    int place = key.columns().indexOf(rows.columns().get(i).name());
                    return place >= 0
                            && key.parentColumns()
                                    .get(place)
                                    .equals(deleted.on().get(i).name());
                });
    }

    private static boolean unique(Table table, ForeignKey key) {
        return table.indexes().stream()
                .anyMatch(i -> i.uniqueForAll() && key.columns().containsAll(i.columns()));
    }

    /** Whether the role reaches every row that refers by this key to a row of the deleted role. */
    boolean covers(PlannedRole role, PlannedRole deleted, ForeignKey key) {
        if (role.where() != null || role.source() instanceof KeySource.IdentifierValues) {
            return false;
        }
        if (role.source() instanceof KeySource.RoleRows rows
                && rows.roles().stream().anyMatch(r -> includes(r, deleted))) {
            return pairs(role, key, i -> rows.columns().get(i).name());
        }
        boolean self = deleted.id().equals(bound.self());
        if (self
                && role.source() instanceof KeySource.SubjectKeyValues keys
                && !role.id().equals(bound.self())) {
            return pairs(role, key, i -> keys.columns().get(i).name());
        }
        return sameSource(role, deleted)
                && pairs(role, key, i -> deleted.on().get(i).name());
    }

    /** The key's columns hold the same values in both rows, and the role looks them up at least where the deleted one does. */
    private boolean sameSource(PlannedRole role, PlannedRole deleted) {
        return includes(role.source(), deleted.source())
                && role.on().size() == deleted.on().size();
    }

    /** Whether every row of the one role is in the other, of this table, because that one is no narrower anywhere. */
    private boolean includes(RoleId wider, PlannedRole role) {
        return wider.equals(role.id())
                || bound.planned(role.table().name()).stream()
                        .flatMap(t -> t.roles().stream())
                        .filter(r -> r.id().equals(wider) && r.on().equals(role.on()))
                        .filter(r -> r.where() == null || r.where().equals(role.where()))
                        .anyMatch(r -> includes(r.source(), role.source()));
    }

    /** The subject's keys are those of its own row; by value, whatever the case, is another matter. */
    private boolean includes(KeySource wider, KeySource source) {
        boolean byKey =
                !(wider instanceof KeySource.IdentifierValues) && !(source instanceof KeySource.IdentifierValues);
        return wider.equals(source)
                || byKey
                        && wider.columns().equals(source.columns())
                        && roles(wider).containsAll(roles(source));
    }

    private List<RoleId> roles(KeySource source) {
        return source instanceof KeySource.RoleRows rows ? rows.roles() : List.of(bound.self());
    }

    /** Whether each link column is paired, in the foreign key, with the parent's column the link's source says. */
    private static boolean pairs(
            PlannedRole role, ForeignKey key, java.util.function.IntFunction<String> parentColumn) {
        for (int i = 0; i < role.on().size(); i++) {
            int place = key.columns().indexOf(role.on().get(i).name());
            if (place < 0 || !key.parentColumns().get(place).equals(parentColumn.apply(i))) {
                return false;
            }
        }
        return true;
    }

    /** Whether after the role's fate no row of it refers by this key any more. */
    static boolean removesReference(PlannedRole role, PlannedTable child, ForeignKey key) {
        return switch (role.outcome()) {
            case DELETE, STASH, DELETE_AT_REQUEST -> child.keptByLaw().isEmpty();
            case REASSIGN -> reassigns(role, key) || empties(role, child, key);
            case ANONYMIZE, DETACH, KEEP, OVERWRITE_WHILE_HIDDEN -> empties(role, child, key);
            case LEAVE_ALONE, UNDECIDED, UNSPECIFIED -> false;
        };
    }

    private static boolean reassigns(PlannedRole role, ForeignKey key) {
        return role.on().stream().map(Column::name).anyMatch(key.columns()::contains);
    }

    /** Whether the reference becomes NULL in every row of the role, also in those that another role keeps by law. */
    private static boolean empties(PlannedRole role, PlannedTable child, ForeignKey key) {
        boolean mayBeKept = !child.keptByLaw().isEmpty();
        Set<String> emptied = role.assignments().stream()
                .filter(a -> a.rule() instanceof Rule.NullRule)
                .filter(a -> !mayBeKept || role.overwritesRowsKeptByLaw(a))
                .map(a -> a.column().name())
                .collect(Collectors.toSet());
        return key.matchFull()
                ? emptied.containsAll(key.columns())
                : key.columns().stream().anyMatch(emptied::contains);
    }
}
