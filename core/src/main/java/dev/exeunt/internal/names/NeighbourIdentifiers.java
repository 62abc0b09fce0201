package dev.exeunt.internal.names;

import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.Collection;
import java.util.List;

/**
 * Finds columns by which a person is known that stand beside the person's row: in a table with exactly one row for each person, such
 * as {@code local_user.email} beside {@code person}. A map names identifiers of the person's own row only.
 */
public final class NeighbourIdentifiers {

    private NeighbourIdentifiers() {}

    /** As {@code table.column}, e-mail addresses and logins. */
    public static List<String> of(Collection<Table> tables, TableName subject) {
        return tables.stream()
                .filter(t -> !t.name().equals(subject))
                .filter(t -> t.foreignKeys().stream().anyMatch(k -> k.parent().equals(subject) && oneEach(t, k)))
                .flatMap(t -> SubjectHeuristics.identifiers(t).stream().map(c -> t.name() + "." + c))
                .toList();
    }

    private static boolean oneEach(Table table, ForeignKey key) {
        return table.indexes().stream()
                .anyMatch(i -> i.uniqueForAll() && key.columns().containsAll(i.columns()));
    }
}
