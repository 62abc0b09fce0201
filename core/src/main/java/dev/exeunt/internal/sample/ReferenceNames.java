package dev.exeunt.internal.sample;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.rule.PersonNames;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.Table;
import java.util.HashSet;
import java.util.Set;

/**
 * Tells by names whether numbers refer to people. {@code recipient_id} is a person's word, but not where the database has a table {@code
 * recipients}; nor is {@code member_id} beside {@code member_type}, which says what each number means.
 */
final class ReferenceNames {

    private final PersonNames names;
    private final Set<String> otherTables = new HashSet<>();

    ReferenceNames(BoundMap bound) {
        this.names = PersonNames.of(bound);
        bound.schema().tables().stream()
                .map(Table::name)
                .filter(t -> !t.equals(bound.subject().table().name()))
                .forEach(t -> otherTables.add(PersonNames.singular(t.name())));
    }

    /** Whether the name reads like a reference to a person, and to nothing else that the database has. */
    boolean sayPerson(PlaceCounts counts) {
        String name = counts.name();
        return names.refer(name)
                && names.personOf(name).filter(otherTables::contains).isEmpty()
                && !ColumnHeuristics.keyElsewhere(ColumnHeuristics.nameWords(name));
    }

    /** Whether a column beside it says what kind of row is meant. */
    static boolean hasKindBeside(Table table, Column column) {
        return ColumnHeuristics.nameWords(column.name()).size() > 1
                && ColumnHeuristics.kindBeside(table, column).isPresent();
    }
}
