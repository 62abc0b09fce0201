package dev.exeunt.internal.sample;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.rule.PersonNames;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.ColumnPrefix;
import dev.exeunt.internal.schema.ReferenceByName;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;

/**
 * Tells by names whether numbers refer to people. {@code recipient_id} and {@code last_recipient} are a person's words, but not where the
 * database has a table {@code recipients}; nor is {@code member_id} beside {@code member_type}, which says what each number means.
 */
final class ReferenceNames {

    private final PersonNames names;
    private final ReferenceByName references;
    private final TableName people;

    ReferenceNames(BoundMap bound) {
        this.names = PersonNames.of(bound);
        this.references = new ReferenceByName(bound.schema());
        this.people = bound.subject().table().name();
    }

    /** Whether the name reads like a reference to a person, and to nothing else that the database has. */
    boolean sayPerson(Table table, PlaceCounts counts) {
        String name = counts.name();
        return (names.refer(name) || names.refer(ColumnPrefix.bareName(table, name)))
                && references
                        .of(table, name)
                        .filter(t -> !t.name().equals(people))
                        .isEmpty()
                && !ColumnHeuristics.keyElsewhere(ColumnHeuristics.nameWords(name));
    }

    /** Whether a column beside it says what kind of row is meant. */
    static boolean hasKindBeside(Table table, Column column) {
        return ColumnHeuristics.nameWords(ColumnPrefix.bareName(table, column.name()))
                                .size()
                        > 1
                && ColumnHeuristics.kindBeside(table, column).isPresent();
    }
}
