package dev.exeunt.plan.proof;

import dev.exeunt.map.Fate;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Rule;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.ForeignKey.Action;
import dev.exeunt.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Whether every row that refers to a row that goes, goes or lets go as well, because the map says so. What no link covers
 * the database would refuse ({@code blocks}) or do by itself ({@code cascades}): either way, something the map did not say.
 */
final class Coverage {

    private final BoundMap bound;
    private final List<Finding> findings = new ArrayList<>();

    private Coverage(BoundMap bound) {
        this.bound = bound;
    }

    static List<Finding> of(BoundMap bound) {
        Coverage coverage = new Coverage(bound);
        for (PlannedTable parent : bound.tables()) {
            for (ForeignKey key : bound.referringTo(parent.table())) {
                parent.deleting().forEach(role -> coverage.check(role, key));
            }
        }
        return coverage.findings;
    }

    private void check(PlannedRole deleted, ForeignKey key) {
        Optional<PlannedTable> child = bound.planned(key.child());
        if (child.isPresent() && heldAlone(deleted, key, child.get())) {
            return;
        }
        List<PlannedRole> covering = child.map(PlannedTable::roles).orElse(List.of()).stream()
                .filter(r -> covers(r, deleted, key))
                .toList();
        if (covering.stream().noneMatch(r -> letsGo(r, Objects.requireNonNull(child.orElse(null)), key))) {
            findings.add(finding(deleted, key, covering));
        }
    }

    /**
     * Whether each row of the deleted role is referred to, by this key, by one row only: that of the person which it was found
     * by, and which goes or lets go.
     */
    private boolean heldAlone(PlannedRole deleted, ForeignKey key, PlannedTable child) {
        return deleted.source() instanceof KeySource.RowsOf rows
                && rows.referring()
                && pairs(deleted, rows, key)
                && unique(child.table(), key)
                && child.roles().stream()
                        .filter(r -> rows.roles().contains(r.id()))
                        .allMatch(r -> letsGo(r, child, key));
    }

    private static boolean pairs(PlannedRole deleted, KeySource.RowsOf rows, ForeignKey key) {
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
    private boolean covers(PlannedRole role, PlannedRole deleted, ForeignKey key) {
        if (role.where() != null || role.source() instanceof KeySource.Identifier) {
            return false;
        }
        if (role.source() instanceof KeySource.RowsOf rows && rows.roles().contains(deleted.id())) {
            return pairs(role, key, i -> rows.columns().get(i).name());
        }
        boolean self = deleted.id().equals(bound.self());
        if (self
                && role.source() instanceof KeySource.SubjectKeys keys
                && !role.id().equals(bound.self())) {
            return pairs(role, key, i -> keys.columns().get(i).name());
        }
        return sameSource(role, deleted)
                && pairs(role, key, i -> deleted.on().get(i).name());
    }

    /** The key's columns hold the same values in both rows, and both links look them up in the same place. */
    private static boolean sameSource(PlannedRole role, PlannedRole deleted) {
        return role.source().equals(deleted.source())
                && role.on().size() == deleted.on().size();
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
    private static boolean letsGo(PlannedRole role, PlannedTable child, ForeignKey key) {
        if (role.deletes()) {
            return child.keptByLaw().isEmpty();
        }
        boolean mayBeKept =
                role.fate() instanceof Fate.Anonymize && !child.keptByLaw().isEmpty();
        if (role.fate() instanceof Fate.Reassign) {
            return role.on().stream().map(Column::name).anyMatch(key.columns()::contains);
        }
        Predicate<String> emptied = column -> role.assignments().stream()
                .anyMatch(
                        a -> a.rule() instanceof Rule.Null && a.column().name().equals(column));
        boolean severed = key.matchFull()
                ? key.columns().stream().allMatch(emptied)
                : key.columns().stream().anyMatch(emptied);
        return severed && !mayBeKept;
    }

    private Finding finding(PlannedRole deleted, ForeignKey key, List<PlannedRole> covering) {
        boolean refuses = key.onDelete() == Action.NO_ACTION || key.onDelete() == Action.RESTRICT;
        String what = key.child() + "." + String.join(", ", key.columns());
        String rule = key.name() + ", ON DELETE " + key.onDelete().sql();
        String does = refuses
                ? "deleting " + deleted.id() + " would fail on the rows of " + what + " that refer to it (" + rule + ")"
                : "deleting " + deleted.id() + " would make the database " + doing(key.onDelete()) + " rows of " + what
                        + " by itself (" + rule + ")";
        return Finding.of(
                refuses ? FindingCode.BLOCKS : FindingCode.CASCADES,
                covering.isEmpty() ? deleted.at() : covering.get(0).at(),
                what,
                does + ": " + because(covering) + ".",
                fix(deleted, key, covering));
    }

    private static String doing(Action action) {
        return action == Action.CASCADE ? "delete" : "change";
    }

    private static String because(List<PlannedRole> covering) {
        if (covering.isEmpty()) {
            return "no link of the map reaches all of them";
        }
        PlannedRole role = covering.get(0);
        if (role.fate() instanceof Fate.Untouched) {
            return "they are left alone (" + role.id() + ") and would still refer to it";
        }
        return role.deletes()
                ? role.id() + " deletes them, but another role of the table may keep some by law"
                : "the map would " + role.fate().word() + " them (" + role.id() + ") and they would still refer to it";
    }

    private String fix(PlannedRole deleted, ForeignKey key, List<PlannedRole> covering) {
        String detach = nullable(key) ? "detach" : "{ reassign: KEY }";
        if (!covering.isEmpty()) {
            return "in " + covering.get(0).id() + ": erase: delete, or " + detach + ", or let " + deleted.id()
                    + " stay (anonymize or keep)";
        }
        if (deleted.referredTo()) {
            return "let " + deleted.id()
                    + " stay (anonymize or keep); or, where each of its rows has one owner only, make " + key.child()
                    + "." + String.join(", ", key.columns()) + " UNIQUE";
        }
        String columns =
                key.columns().size() == 1 ? key.columns().get(0) : key.columns().toString();
        String link = deleted.id().equals(bound.self()) && refersToKey(key)
                ? "subject: " + columns
                : "through: " + deleted.table().name() + ", role: "
                        + deleted.id().role() + ", on: " + columns;
        String fate = nullable(key) ? "detach }   # or delete" : "delete }   # or { reassign: KEY }";
        return "in " + key.child() + ", under links:\n  of-"
                + deleted.table().name().name() + ": { " + link + ", erase: " + fate + "\nor let " + deleted.id()
                + " stay (anonymize or keep)";
    }

    private boolean refersToKey(ForeignKey key) {
        List<String> subjectKey =
                bound.subject().key().stream().map(Column::name).toList();
        return subjectKey.containsAll(key.parentColumns())
                && key.parentColumns().containsAll(subjectKey);
    }

    private boolean nullable(ForeignKey key) {
        return bound.schema()
                .table(key.child())
                .map(t -> key.columns().stream().map(t::require).anyMatch(c -> !c.notNull() && c.writable()))
                .orElse(false);
    }
}
