package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.fix.FixSuggestions;
import dev.exeunt.internal.plan.text.SqlWords;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Checks that the writes of one role do not change which rows another role deletes, overwrites, unlinks or keeps by law. Everything
 * is overwritten before anything is deleted, and each role is looked for once more at the end. What one role writes must not decide which
 * rows another one finds, and must not refer to a row that need not exist.
 */
public final class RoleConflictCheck {

    private final List<Finding> findings = new ArrayList<>();

    private final BoundMap bound;

    private RoleConflictCheck(BoundMap bound) {
        this.bound = bound;
    }

    public static List<Finding> check(BoundMap bound) {
        RoleConflictCheck interference = new RoleConflictCheck(bound);
        for (PlannedTable table : bound.tables()) {
            table.roles().forEach(interference::query);
            bound.ancestry().withAncestors(table.name()).stream()
                    .filter(above -> !above.equals(table.name()))
                    .flatMap(above -> bound.planned(above).stream())
                    .filter(above -> contradict(above, table))
                    .forEach(above -> interference.inherited(above, table));
            for (PlannedRole writing : table.assigning()) {
                writing.assignments().forEach(a -> interference.check(table, writing, a));
            }
        }
        for (PlannedTable table : bound.tablesWithInheriting()) {
            for (PlannedRole writing : table.assigning()) {
                table.table().foreignKeys().forEach(f -> interference.reference(writing, f));
            }
        }
        return interference.findings;
    }

    /** The rows a query reads may be gone by the time the link is looked for again. */
    private void query(PlannedRole role) {
        LocatedText where = role.where();
        if (where != null && SqlWords.of(where.text()).query()) {
            findings.add(FindingCode.CANNOT_HOLD.finding(
                    where.at(),
                    role.id().toString(),
                    "the where of " + role.id()
                            + " holds a query: what it reads may have been erased by the time the rows"
                            + " are, and they would be left.",
                    "decide by columns of the row itself, or link through the other table"));
        }
    }

    /**
     * Whether two tables, one of which holds the other's rows too, want different things of them. Each has statements of its
     * own, which know nothing of the other's roles: neither knows what the other's law keeps, or what it writes.
     */
    private static boolean contradict(PlannedTable above, PlannedTable table) {
        boolean twice = !above.assigning().isEmpty() && !table.assigning().isEmpty();
        // a row that is written twice is checked against its foreign keys whether or not they change
        boolean unvalidated = table.table().foreignKeys().stream().anyMatch(f -> !f.validated());
        return twice && unvalidated || disturbs(above, table) || disturbs(table, above);
    }

    private static boolean disturbs(PlannedTable one, PlannedTable other) {
        boolean overLaw = !other.keptByLaw().isEmpty() && one.roles().stream().anyMatch(PlannedRole::writes);
        return overLaw
                || one.assigning().stream()
                        .flatMap(r -> r.assignments().stream())
                        .anyMatch(a -> other.roles().stream().anyMatch(r -> minds(r, a)));
    }

    /** Whether a role writes something else into the column, or finds the rows by it that it writes to. */
    private static boolean minds(PlannedRole role, ColumnAssignment assignment) {
        String column = assignment.column().name();
        LocatedText where = role.where();
        return role.assignments().stream()
                        .filter(a -> a.column().name().equals(column))
                        .anyMatch(a -> !same(a.rule(), assignment.rule()))
                || role.writes()
                        && (role.on().stream().anyMatch(c -> c.name().equals(column))
                                || where != null && SqlWords.of(where.text()).mention(column));
    }

    /** Whether both write the same, in whatever order; what an expression makes may depend on it. */
    private static boolean same(Rule one, Rule other) {
        if (one instanceof Rule.LiteralRule a && other instanceof Rule.LiteralRule b) {
            return a.text().equals(b.text());
        }
        return one instanceof Rule.NullRule && other instanceof Rule.NullRule
                || one instanceof Rule.TemplateRule a
                        && other instanceof Rule.TemplateRule b
                        && a.parts().equals(b.parts());
    }

    private void inherited(PlannedTable above, PlannedTable table) {
        findings.add(FindingCode.CASCADES.finding(
                table.roles().get(0).at(),
                table.name().toString(),
                table.name() + " inherits from " + above.name() + ": what the map says of " + above.name()
                        + " would be done to the rows of " + table.name()
                        + ", too, and contradicts what it says of those.",
                "say what becomes of them in " + above.name()
                        + " alone, or write other columns, or erase: delete in both"));
    }

    private void check(PlannedTable table, PlannedRole writing, ColumnAssignment assignment) {
        Column column = assignment.column();
        for (PlannedRole deciding : table.roles()) {
            LocatedText where = deciding.where();
            boolean decides =
                    deciding.keptByLaw() ? !table.deleting().isEmpty() : deciding.writes() && !deciding.equals(writing);
            boolean narrowed = where != null && SqlWords.of(where.text()).mention(column.name());
            boolean moved = deciding.on().contains(column) && (deciding.keptByLaw() || mayWriteKey(assignment.rule()));
            if (decides && (narrowed || moved)) {
                String what = table.name() + "." + column.name();
                findings.add(FindingCode.CANNOT_HOLD.finding(
                        assignment.rule().at(),
                        what,
                        writing.id() + " writes " + what + ", which decides whether a row is one of " + deciding.id()
                                + ": a row could come to be one, or be one no more, while the erasure runs.",
                        new FixSuggestions(bound, writing).leavingOut(assignment)));
            }
        }
    }

    /** Whether the rows that it writes may come to be linked to a person by the written column. A constant names a standing row. */
    private static boolean mayWriteKey(Rule rule) {
        return rule instanceof Rule.TemplateRule || rule instanceof Rule.SqlRule;
    }

    /** A foreign key must find its row: NULL needs none; a standing row must be named in full; a template names none. */
    private void reference(PlannedRole writing, ForeignKey key) {
        List<ColumnAssignment> written = writing.assignments().stream()
                .filter(a -> key.columns().contains(a.column().name()))
                .toList();
        boolean free =
                written.stream().anyMatch(a -> a.rule() instanceof Rule.NullRule || a.rule() instanceof Rule.SqlRule);
        boolean standing = written.stream().allMatch(a -> a.rule() instanceof Rule.LiteralRule)
                && written.stream().map(a -> a.column().name()).distinct().count()
                        == key.columns().size();
        if (written.isEmpty() || free || standing) {
            return;
        }
        ColumnAssignment first = Objects.requireNonNull(written.get(0));
        String what = writing.table().name() + "." + first.column().name();
        findings.add(FindingCode.CANNOT_HOLD.finding(
                first.rule().at(),
                what,
                what + " cannot take what " + writing.id() + " writes: " + key.name() + " (" + key
                        + ") needs a row that it refers to, and there need not be one.",
                new FixSuggestions(bound, writing).referringToNothing(first)));
    }
}
