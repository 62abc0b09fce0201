package dev.exeunt.internal.plan;

import dev.exeunt.internal.map.ExportRule;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.RowOutcome;
import dev.exeunt.internal.map.RowTreatment;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.SharedValueRule;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A role of the map, bound to the live schema.
 *
 * @param on the link columns of this table
 * @param source what they must hold, pairwise
 * @param where the map's own narrowing expression, or null
 * @param fate what becomes of its rows; in a plan of hiding the hide rule
 * @param assignments what is written where the rows stay; empty for a delete and for a bare keep
 * @param joins columns of rows that its rows refer to, for the export
 * @param at where the map says so
 */
public record PlannedRole(
        RoleId id,
        Table table,
        List<Column> on,
        KeySource source,
        @Nullable LocatedText where,
        RowTreatment fate,
        List<ColumnAssignment> assignments,
        ExportRule export,
        List<PlannedJoin> joins,
        PlannedHiding hiding,
        Position at) {

    public PlannedRole {
        on = List.copyOf(on);
        assignments = List.copyOf(assignments);
        joins = List.copyOf(joins);
    }

    /** The same role with other things done to its rows. */
    public PlannedRole withFate(RowTreatment other, List<ColumnAssignment> written) {
        return new PlannedRole(id, table, on, source, where, other, written, export, joins, hiding, at);
    }

    /** The same role with the same SQL written in other words. */
    public PlannedRole with(@Nullable LocatedText condition, List<ColumnAssignment> written, PlannedHiding hidden) {
        return new PlannedRole(id, table, on, source, condition, fate, written, export, joins, hidden, at);
    }

    /** The same role, whose rows are found by a value of a person who is not present as well. */
    public PlannedRole ofAbsentPeopleToo() {
        KeySource found = source instanceof KeySource.IdentifierValues identifier
                ? new KeySource.IdentifierValues(identifier.column(), SharedValueRule.LEAVE)
                : source;
        return new PlannedRole(id, table, on, found, where, fate, assignments, export, joins, hiding, at);
    }

    /** The same role, limited to those of its rows for which this holds too. Values stand in it as literals, as in a {@code where:}. */
    public PlannedRole narrowed(SqlFragment condition) {
        SqlFragment both = where == null
                ? condition
                : SqlTemplate.of("""
                                ({where}
                                ) AND {condition}""")
                        .fragment("where", SqlFragment.trusted(where.text()))
                        .fragment("condition", condition)
                        .toFragment();
        LocatedText narrower = new LocatedText(both.inlined(), where == null ? at : where.at());
        return new PlannedRole(id, table, on, source, narrower, fate, assignments, export, joins, hiding, at);
    }

    /** Whether its rows are what other roles' rows refer to. */
    public boolean referredTo() {
        return source instanceof KeySource.RoleRows rows && rows.sourceRefersToRole();
    }

    public RowOutcome outcome() {
        return fate.outcome();
    }

    /** Whether its rows leave their table: for good, or put aside while they are hidden. */
    public boolean deletes() {
        return outcome().removesRows();
    }

    /** A keep with a legal basis: it wins over what other roles would do to the same row. */
    public boolean keptByLaw() {
        return fate.keep().map(Fate.Keep::basis).isPresent();
    }

    /** Whether an erasure keeps its rows until a period is over, and a sweep deletes them then. */
    public boolean isSwept() {
        return fate.keep().filter(Fate.Keep::thenDelete).isPresent();
    }

    /** Whether no row may be left in this role once the person is erased, since the rows or their links are gone. */
    public boolean mustBeEmptyAfterErasure() {
        return outcome().removesRows() || outcome().cutsLink();
    }

    /**
     * Whether an erasure also writes this to rows that another role keeps by law. It cuts a link in every row, and a keep
     * overwrites its own rows; every other rule leaves rows that are kept by law as they are.
     */
    public boolean overwritesRowsKeptByLaw(ColumnAssignment assignment) {
        return cutsLinkBy(assignment) || outcome().keepsRows();
    }

    /** Whether the fate itself, not a rule of the map, writes this into the link. */
    public boolean cutsLinkBy(ColumnAssignment assignment) {
        return outcome().cutsLink() && on.contains(assignment.column());
    }

    /**
     * Whether an erasure by this role leaves rows with a link that tells nothing of the person, be it by the fate or by a rule: a NULL in
     * any of its columns, or a constant in each. One constant beside a column that stays would take the rows of other people for such rows.
     *
     * @param link the columns of a link of the same table, its own or another role's
     */
    public boolean overwrites(List<Column> link) {
        List<ColumnAssignment> overwritten = overwriting(link);
        return overwritten.stream().anyMatch(written -> written.rule() instanceof Rule.NullRule)
                || overwritten.stream().map(ColumnAssignment::column).distinct().count() == link.size();
    }

    /** As {@link #overwrites}, of its own link. */
    public boolean overwritesLink() {
        return overwrites(on);
    }

    /** What it writes of NULL or constants into the columns of a link. A template may write the person's own key. */
    public List<ColumnAssignment> overwriting(List<Column> link) {
        return assignments.stream()
                .filter(a -> a.rule() instanceof Rule.NullRule || a.rule() instanceof Rule.LiteralRule)
                .filter(a -> link.contains(a.column()))
                .toList();
    }

    /** Whether an erasure writes to its rows at all. */
    public boolean writes() {
        return deletes() || !assignments.isEmpty();
    }

    /** The same role among the rows of a table that inherits from its own. */
    PlannedRole onInheritingTable(Table below) {
        return new PlannedRole(
                id,
                below,
                on.stream().map(c -> below.require(c.name())).toList(),
                source,
                where,
                fate,
                assignments.stream()
                        .map(a -> new ColumnAssignment(below.require(a.column().name()), a.rule()))
                        .toList(),
                export,
                joins,
                hiding,
                at);
    }
}
