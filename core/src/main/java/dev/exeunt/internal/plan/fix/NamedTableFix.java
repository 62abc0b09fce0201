package dev.exeunt.internal.plan.fix;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ReferenceByName;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.SuggestedFix;
import java.util.Optional;

/**
 * Suggests a link for a column whose name says that it refers to another table than the subject's: {@code rev_actor} beside a table
 * {@code actor}. Its numbers are keys of that table. A link {@code subject:} would compare them with keys of people, and reach
 * rows of other people.
 */
public final class NamedTableFix {

    private final BoundMap bound;
    private final LinkSuggestions links;
    private final ReferenceByName references;

    public NamedTableFix(BoundMap bound) {
        this.bound = bound;
        this.links = new LinkSuggestions(bound);
        this.references = new ReferenceByName(bound.schema());
    }

    /** Returns the table that the column's name names, unless that is the subject's. */
    public Optional<Table> named(Table table, Column column) {
        return references.of(table, column).filter(this::isAnother);
    }

    /** As {@link #named(Table, Column)}, for a member of a document. */
    public Optional<Table> named(Table table, String name) {
        return references.of(table, name).filter(this::isAnother);
    }

    private boolean isAnother(Table table) {
        return !table.name().equals(bound.subject().table().name());
    }

    /** Returns a link to paste where the map has both tables; else words. */
    public SuggestedFix link(Table table, Column column, Table named) {
        Optional<PlannedTable> planned = bound.planned(table.name());
        boolean mapped = bound.planned(named.name()).isPresent();
        return mapped && planned.isPresent()
                ? links.byNameThrough(planned.get(), column, named.name())
                : SuggestedFix.words(words(column, named, ""));
    }

    /** @param condition further entries of the link, or empty */
    public String words(Column column, Table named, String condition) {
        String link =
                "a link { " + String.join(", ", links.throughNamed(named.name(), column)) + condition + ", erase: … }";
        return bound.planned(named.name()).isPresent()
                ? link
                : "once the map says whose the rows of " + named.name() + " are, " + link;
    }
}
