package dev.exeunt.internal.verify;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Selects the rows that keep a column on purpose, and gives the reason. A row whose link an erasure severed has no
 * owner any more. What the map retains of such rows, and keeps of their child rows, therefore counts for every row
 * whose link is severed.
 *
 * @param rows true for those rows, in a statement over the table under its own name
 * @param why null where there are none
 */
public record RetainedRows(SqlFragment rows, @Nullable String why) {

    /**
     * @param roles those that reach rows of the column's table
     * @param key whether it is the key that is looked for, which a template may write on purpose
     */
    static RetainedRows of(SubjectRows reach, List<PlannedRole> roles, Column column, boolean key) {
        List<PlannedRole> keepers = roles.stream()
                .filter(r -> !r.deletes() && keeps(r, column, key))
                .toList();
        List<SqlFragment> rows = new ArrayList<>();
        List<PlannedRole> because = new ArrayList<>();
        for (PlannedRole role : keepers) {
            List<SqlFragment> left = left(reach, role);
            rows.addAll(left);
            if (!left.isEmpty()) {
                because.add(role);
            }
        }
        return rows.isEmpty()
                ? new RetainedRows(SqlFragment.of("FALSE"), null)
                : new RetainedRows(SqlFragment.anyOf(rows), why(because.get(0), column));
    }

    /** The roles' rows as far as they can still be told. */
    static SqlFragment rows(SubjectRows reach, List<PlannedRole> roles) {
        return SqlFragment.anyOf(
                roles.stream().flatMap(r -> left(reach, r).stream()).toList());
    }

    /** The role's rows as far as they can still be told: by their link, or as those whose link is severed. */
    private static List<SqlFragment> left(SubjectRows reach, PlannedRole role) {
        List<SqlFragment> left = new ArrayList<>();
        if (!role.mustBeEmptyAfterErasure() && !reach.isEmpty(role)) {
            left.add(reach.matches(role));
        }
        new SeveredRows(reach).of(role).ifPresent(left::add);
        return left;
    }

    /** Why rows of a role are still there although the person was erased. */
    static Optional<String> why(PlannedRole role) {
        if (role.mustBeEmptyAfterErasure()) {
            return Optional.empty();
        }
        return Optional.of(role.fate()
                .keep()
                .map(keep -> "kept: " + keep.reason())
                .orElse(
                        role.outcome().leavesRowsAlone()
                                ? "part of the account, which stays"
                                : "anonymised, the link stays"));
    }

    private static String why(PlannedRole role, Column column) {
        if (role.assignments().stream().anyMatch(a -> a.column().equals(column) && holdsKey(a))) {
            return "the map's own rule writes the key";
        }
        return retains(role, column) && !role.outcome().keepsRows()
                ? "retained by the map"
                : why(role).orElse("kept by the map");
    }

    /**
     * Whether rows of a role that does not delete keep the column on purpose.
     *
     * @param key whether it holds the key, which a template may write
     */
    public static boolean keeps(PlannedRole role, Column column, boolean key) {
        List<ColumnAssignment> written = role.assignments().stream()
                .filter(a -> a.column().equals(column))
                .toList();
        return !role.mustBeEmptyAfterErasure() && role.on().contains(column)
                || retains(role, column)
                || role.outcome().keepsRows() && written.isEmpty()
                || key && written.stream().anyMatch(RetainedRows::holdsKey);
    }

    private static boolean retains(PlannedRole role, Column column) {
        return role.fate().retain().stream().map(LocatedText::text).anyMatch(column.name()::equals);
    }

    /** A template such as {@code deleted-{key}} writes the key on purpose. */
    static boolean holdsKey(ColumnAssignment assignment) {
        return assignment.rule() instanceof Rule.TemplateRule template && template.uses(Rule.TemplatePlaceholder.KEY);
    }
}
