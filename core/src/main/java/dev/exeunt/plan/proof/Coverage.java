package dev.exeunt.plan.proof;

import dev.exeunt.map.Fate;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Fix;
import dev.exeunt.map.Rule;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.plan.RoleId;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.ForeignKey.Action;
import dev.exeunt.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
        // what is still undecided is said to be, and nothing follows from it yet
        boolean open = covering.stream().anyMatch(r -> r.fate() instanceof Fate.Undecided);
        if (!open
                && covering.stream()
                        .noneMatch(r ->
                                letsGo(r, Objects.requireNonNull(child.orElse(null)), key) || holds(r, deleted, key))) {
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

    /** Whether what the rows of this role refer to by this key is kept by law on their account, and so is not deleted at all. */
    private boolean holds(PlannedRole role, PlannedRole deleted, ForeignKey key) {
        return bound.planned(deleted.table().name()).stream()
                .flatMap(t -> t.keptByLaw().stream())
                .filter(k -> k.where() == null)
                .anyMatch(k -> k.source() instanceof KeySource.RowsOf rows
                        && rows.referring()
                        && rows.roles().contains(role.id())
                        && pairs(k, rows, key));
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
        if (role.source() instanceof KeySource.RowsOf rows
                && rows.roles().stream().anyMatch(r -> includes(r, deleted))) {
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
        boolean byKey = !(wider instanceof KeySource.Identifier) && !(source instanceof KeySource.Identifier);
        return wider.equals(source)
                || byKey
                        && wider.columns().equals(source.columns())
                        && roles(wider).containsAll(roles(source));
    }

    private List<RoleId> roles(KeySource source) {
        return source instanceof KeySource.RowsOf rows ? rows.roles() : List.of(bound.self());
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

    /** A link to what no link reaches; else the reference that is left let go, where it can; else the parent stays. */
    private Fix fix(PlannedRole deleted, ForeignKey key, List<PlannedRole> covering) {
        Optional<PlannedTable> child = bound.planned(key.child());
        Answers parent = new Answers(bound, deleted);
        if (deleted.referredTo()) {
            return parent.staying(
                    "several rows of " + key.child() + " may refer to it",
                    "where each of its rows has one owner only, make " + key.child() + "."
                            + String.join(", ", key.columns()) + " UNIQUE");
        }
        if (covering.isEmpty()) {
            String otherwise = "let " + deleted.id() + " stay: erase: { anonymize: … } or { keep: … }";
            boolean unmapped = child.isEmpty() && !bound.notPersonal().contains(key.child());
            return unmapped
                    ? unmapped(key, otherwise)
                    : child.map(c -> link(c, deleted, key, otherwise))
                            .orElseGet(() -> parent.staying(
                                    "rows of " + key.child() + " refer to it",
                                    "take it out of not-personal and map it"));
        }
        PlannedRole role = Objects.requireNonNull(covering.get(0));
        if (role.fate() instanceof Fate.Unsaid || role.fate() instanceof Fate.Undecided) {
            return new Answers(bound, role).erase(FateText.DELETE, "another fate that lets go of them");
        }
        boolean tied = role.fate() instanceof Fate.Untouched
                || role.keptByLaw() && !child.orElseThrow().deleting().isEmpty();
        if (role.deletes() || !nullable(key) || tied) {
            return parent.staying("rows of " + key.child() + " refer to it", "delete those, too");
        }
        return new Answers(bound, role).lettingGo(key, "delete those rows, or let " + deleted.id() + " stay");
    }

    private Fix unmapped(ForeignKey key, String otherwise) {
        Table child = bound.schema().table(key.child()).orElseThrow();
        return Fix.entries(List.of("tables"), new NewLinks(bound).tables(child, Map.of(key.child(), key)), otherwise);
    }

    private Fix link(PlannedTable child, PlannedRole deleted, ForeignKey key, String otherwise) {
        NewLinks links = new NewLinks(bound);
        Fix fix = deleted.id().equals(bound.self()) && refersToKey(key)
                ? links.ofSubject(child, key)
                : links.below(child, key, deleted.id());
        return new Fix(fix.paste(), fix.words().isEmpty() ? otherwise : fix.words() + ", or " + otherwise);
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
                .map(t -> !Answers.emptied(t, key).isEmpty())
                .orElse(false);
    }
}
