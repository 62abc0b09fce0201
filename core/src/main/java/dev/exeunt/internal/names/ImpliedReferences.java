package dev.exeunt.internal.names;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.ColumnPrefix;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import dev.exeunt.internal.schema.ReferenceByName;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Adds to a schema the references to aliases of people that only names tell of. An alias is a row beside the person's own, such as an
 * {@code actor} with a key to a user and a name to show. Its key, and what refers to it by its name, such as {@code rev_actor}, then
 * count as if foreign keys said so, with {@link ForeignKey#declared()} false.
 */
public final class ImpliedReferences {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");
    private static final Set<String> ENDINGS = Set.of("id", "uuid", "key");
    /** tables that hold aliases although no index allows one row for each person only */
    private static final Set<String> ALIASES = NameWords.set("actor author alias persona");

    private final DatabaseSchema schema;
    private final Table subject;
    private final ReferenceByName references;

    private ImpliedReferences(DatabaseSchema schema, Table subject) {
        this.schema = schema;
        this.subject = subject;
        this.references = new ReferenceByName(schema);
    }

    /** The schema with these references; the same one where it has none. */
    public static DatabaseSchema in(DatabaseSchema schema, TableName subject) {
        return schema.tables().stream()
                .filter(t -> t.name().equals(subject) && t.primaryKey().size() == 1)
                .findFirst()
                .map(s -> new ImpliedReferences(schema, s).added())
                .orElse(schema);
    }

    private DatabaseSchema added() {
        Set<TableName> aliases = new HashSet<>();
        schema.tables().stream().filter(this::alias).forEach(t -> aliases.add(t.name()));
        return aliases.isEmpty()
                ? schema
                : schema.withTables(
                        schema.tables().stream().map(t -> added(t, aliases)).toList());
    }

    private Table added(Table table, Set<TableName> aliases) {
        List<ForeignKey> keys = new ArrayList<>(table.foreignKeys());
        if (aliases.contains(table.name())) {
            table.columns().stream()
                    .filter(c -> free(table, c) && ofPerson(table, c))
                    .forEach(c -> keys.add(key(table, c, subject)));
        }
        for (Column column : table.columns()) {
            if (free(table, column)) {
                referred(table, column)
                        .filter(a -> aliases.contains(a.name()) && !a.name().equals(table.name()))
                        .ifPresent(a -> keys.add(key(table, column, a)));
            }
        }
        return keys.size() == table.foreignKeys().size() ? table : table.withForeignKeys(keys);
    }

    private Optional<Table> referred(Table table, Column column) {
        return references
                .of(table, column)
                .filter(t -> t.primaryKey().size() == 1
                        && sameType(
                                column.type(), t.require(t.primaryKey().get(0)).type()));
    }

    private static ForeignKey key(Table table, Column column, Table parent) {
        return new ForeignKey(
                "",
                table.name(),
                List.of(column.name()),
                parent.name(),
                parent.primaryKey(),
                ReferentialAction.NO_ACTION,
                ReferentialAction.NO_ACTION,
                List.of(),
                false,
                false,
                false);
    }

    private static boolean free(Table table, Column column) {
        return !column.generated()
                && table.foreignKeys().stream().noneMatch(f -> f.columns().contains(column.name()))
                && ColumnHeuristics.kindBeside(table, column).isEmpty();
    }

    /** Whether each row is one person's: one row for each of them, or a table of authors or actors. */
    private boolean alias(Table table) {
        boolean named = NameWords.singular(table.name().name()).stream().anyMatch(ALIASES::contains);
        return !table.equals(subject)
                && table.primaryKey().size() == 1
                && table.columns().stream().anyMatch(c -> ofPerson(table, c) && (named || oneEach(table, c)));
    }

    private static boolean oneEach(Table table, Column column) {
        return table.indexes().stream()
                .anyMatch(i -> i.uniqueForAll() && i.columns().equals(List.of(column.name())));
    }

    private boolean ofPerson(Table table, Column column) {
        Optional<ForeignKey> key = table.foreignKeys().stream()
                .filter(f -> f.columns().equals(List.of(column.name())))
                .findFirst();
        return key.map(f -> f.parent().equals(subject.name()))
                .orElseGet(() -> sameType(
                                column.type(),
                                subject.require(subject.primaryKey().get(0)).type())
                        && names(table, column));
    }

    /** Whether the column is called as the subject's table is, with or without its own table's prefix. */
    private boolean names(Table table, Column column) {
        List<String> words = NameWords.singular(ColumnPrefix.bareName(table, column.name()));
        boolean ending = words.size() > 1 && ENDINGS.contains(words.get(words.size() - 1));
        String named = String.join("", ending ? words.subList(0, words.size() - 1) : words);
        String people = String.join("", NameWords.singular(subject.name().name()));
        return named.equals(people)
                || named.equals("user")
                        && references
                                .of(table, column)
                                .map(Table::name)
                                .filter(n -> !n.equals(subject.name()))
                                .isEmpty();
    }

    private static boolean sameType(SqlType here, SqlType there) {
        return here.baseName().equals(there.baseName())
                || INTEGERS.contains(here.baseName()) && INTEGERS.contains(there.baseName());
    }
}
