package dev.exeunt.plan.proof;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Rule;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.ForeignKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Whether rows could change sides while they are erased. Everything is overwritten before anything is deleted: what one
 * role writes must not decide which rows another deletes, severs or keeps by law, and must not refer to a row that need not exist.
 */
final class Interference {

    private final List<Finding> findings = new ArrayList<>();

    private final BoundMap bound;

    private Interference(BoundMap bound) {
        this.bound = bound;
    }

    static List<Finding> of(BoundMap bound) {
        Interference interference = new Interference(bound);
        for (PlannedTable table : bound.tables()) {
            table.roles().forEach(interference::query);
            for (PlannedRole writing : table.assigning()) {
                writing.assignments().forEach(a -> interference.check(table, writing, a));
                table.table().foreignKeys().forEach(f -> interference.reference(writing, f));
            }
        }
        return interference.findings;
    }

    /** The rows a query reads may be gone by the time the link is looked for again. */
    private void query(PlannedRole role) {
        String where = role.where();
        if (where != null && SqlWords.of(where).query()) {
            findings.add(Finding.of(
                    FindingCode.CANNOT_HOLD,
                    role.at(),
                    role.id().toString(),
                    "the where of " + role.id()
                            + " holds a query: what it reads may have been erased by the time the rows"
                            + " are, and they would be left.",
                    "decide by columns of the row itself, or link through the other table"));
        }
    }

    private void check(PlannedTable table, PlannedRole writing, Assignment assignment) {
        Column column = assignment.column();
        for (PlannedRole deciding : table.roles()) {
            String where = deciding.where();
            boolean decides =
                    deciding.keptByLaw() ? !table.deleting().isEmpty() : deciding.severs() && !deciding.equals(writing);
            boolean narrowed = where != null && SqlWords.of(where).mention(column.name());
            boolean moved = deciding.on().contains(column)
                    && (deciding.keptByLaw() || assignment.rule() instanceof Rule.Template);
            if (decides && (narrowed || moved)) {
                String what = table.name() + "." + column.name();
                findings.add(Finding.of(
                        FindingCode.CANNOT_HOLD,
                        assignment.rule().at(),
                        what,
                        writing.id() + " writes " + what + ", which decides whether a row is one of " + deciding.id()
                                + ": a row could come to be one, or be one no more, while the erasure runs.",
                        new Answers(bound, writing).leavingOut(assignment)));
            }
        }
    }

    /** A foreign key must find its row: NULL needs none; a standing row must be named in full; a template names none. */
    private void reference(PlannedRole writing, ForeignKey key) {
        List<Assignment> written = writing.assignments().stream()
                .filter(a -> key.columns().contains(a.column().name()))
                .toList();
        boolean free = written.stream().anyMatch(a -> a.rule() instanceof Rule.Null || a.rule() instanceof Rule.Sql);
        boolean standing = written.stream().allMatch(a -> a.rule() instanceof Rule.Literal)
                && written.stream().map(a -> a.column().name()).distinct().count()
                        == key.columns().size();
        if (written.isEmpty() || free || standing) {
            return;
        }
        Assignment first = Objects.requireNonNull(written.get(0));
        String what = writing.table().name() + "." + first.column().name();
        findings.add(Finding.of(
                FindingCode.CANNOT_HOLD,
                first.rule().at(),
                what,
                what + " cannot take what " + writing.id() + " writes: " + key.name() + " (" + key
                        + ") needs a row that it refers to, and there need not be one.",
                new Answers(bound, writing).referringToNothing(first)));
    }
}
