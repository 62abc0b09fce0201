package dev.exeunt.internal.schema;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Tells by a column's name which table it refers to, where no foreign key says so: {@code rev_actor}, {@code actor_id} and {@code
 * last_actor} refer to a table {@code actor} or {@code actors}. Tables of the column's own schema come first.
 */
public final class ReferenceByName {

    private static final Set<String> ENDINGS = Set.of("id", "ids", "uuid", "key", "keys", "no", "number", "ref");
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8", "numeric");

    /** by their names in the singular, without anything between the words */
    private final Map<String, List<Table>> tables = new HashMap<>();

    public ReferenceByName(DatabaseSchema schema) {
        for (Table table : schema.tables()) {
            tables.computeIfAbsent(singular(words(table.name().name())), n -> new ArrayList<>())
                    .add(table);
        }
    }

    /** Returns the table whose name the last words of the column's name are, and whose primary key the column can hold. */
    public Optional<Table> of(Table table, Column column) {
        return of(table, column.name()).filter(t -> mayHoldKey(column, t));
    }

    /** As {@link #of(Table, Column)}, for a name of which the type is not known, such as that of a member of a document. */
    public Optional<Table> of(Table table, String name) {
        List<String> words = words(name);
        int end = words.size() > 1 && ENDINGS.contains(words.get(words.size() - 1)) ? words.size() - 1 : words.size();
        for (int begin = 0; begin < end; begin++) {
            Optional<Table> named = named(table, singular(words.subList(begin, end)));
            if (named.isPresent()) {
                return named;
            }
        }
        return Optional.empty();
    }

    /** Whether the column's whole name, but for an ending, is that of a table: {@code realm_id} beside a table {@code realm}. */
    public boolean isWholeName(Table table, Column column) {
        List<String> words = words(column.name());
        int end = words.size() - 1;
        return end > 0
                && ENDINGS.contains(words.get(end))
                && named(table, singular(words.subList(0, end))).isPresent();
    }

    private Optional<Table> named(Table from, String name) {
        List<Table> named = tables.getOrDefault(name, List.of());
        return named.stream()
                .filter(t -> t.name().schema().equals(from.name().schema()))
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    /** A text and a document can hold any key. */
    private static boolean mayHoldKey(Column column, Table table) {
        if (table.primaryKey().size() != 1 || ColumnHeuristics.freeForm(column)) {
            return true;
        }
        String key = table.require(table.primaryKey().get(0)).type().baseName();
        String base = column.type().baseName();
        String held = column.type().isArray() ? base.substring(1) : base;
        return held.equals(key) || INTEGERS.contains(held) && INTEGERS.contains(key);
    }

    private static List<String> words(String name) {
        return ColumnHeuristics.nameWords(name);
    }

    private static String singular(List<String> words) {
        String name = String.join("", words).toLowerCase(Locale.ROOT);
        return name.length() > 2 && name.endsWith("s") && !name.endsWith("ss")
                ? name.substring(0, name.length() - 1)
                : name;
    }
}
