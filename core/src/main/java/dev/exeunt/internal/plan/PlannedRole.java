package dev.exeunt.internal.plan;

import dev.exeunt.internal.map.ExportRule;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.LocatedText;
import dev.exeunt.map.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A role of the map, bound to the live schema.
 *
 * @param on the link columns of this table
 * @param source what they must hold, pairwise
 * @param where the map's own narrowing expression, or null
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
        Fate fate,
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
    public PlannedRole withFate(Fate other, List<ColumnAssignment> written) {
        return new PlannedRole(id, table, on, source, where, other, written, export, joins, hiding, at);
    }

    /** The same role with the same SQL written in other words. */
    public PlannedRole with(@Nullable LocatedText condition, List<ColumnAssignment> written, PlannedHiding hidden) {
        return new PlannedRole(id, table, on, source, condition, fate, written, export, joins, hidden, at);
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

    public boolean deletes() {
        return fate instanceof Fate.Delete;
    }

    /** A keep with a legal basis: it wins over what other roles would do to the same row. */
    public boolean keptByLaw() {
        return fate instanceof Fate.Keep keep && keep.basis() != null;
    }

    /** Whether no row may be left in this role once the person is erased. */
    public boolean mustBeEmptyAfterErasure() {
        return fate instanceof Fate.Delete || fate instanceof Fate.Detach || fate instanceof Fate.Reassign;
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
