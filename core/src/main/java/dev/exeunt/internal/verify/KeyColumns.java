package dev.exeunt.internal.verify;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.internal.schema.Table;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Tells which columns may hold keys of people, by foreign keys, types and names. A UUID and a long text are told from any other value,
 * a number is not.
 */
final class KeyColumns {

    /** A text of so many characters is not another value by accident. */
    static final int TELLING = 8;

    private static final Set<String> PERSON_WORDS = Set.of(
            "user",
            "owner",
            "author",
            "member",
            "actor",
            "creator",
            "requester",
            "sender",
            "recipient",
            "assignee",
            "reviewer",
            "customer",
            "whodunnit");
    /** What follows the word that names a person in a column's name. */
    private static final Set<String> ENDINGS = Set.of("id", "ids", "key", "keys", "no", "number", "ref");

    private final Plan plan;
    private final Set<String> words = new LinkedHashSet<>();

    KeyColumns(Plan plan) {
        this.plan = plan;
        words.addAll(PERSON_WORDS);
        words.add(singular(plan.subject().table().name().name()));
        plan.roles().stream()
                .filter(r -> r.source() instanceof KeySource.SubjectKeyValues && r.on().size() == 1)
                .filter(r -> !r.id().equals(plan.self()))
                .map(r -> ColumnHeuristics.nameWords(r.on().get(0).name()))
                .filter(name -> name.size() > 1 && ENDINGS.contains(name.get(name.size() - 1)))
                .forEach(name -> words.add(name.get(name.size() - 2)));
    }

    /** The words that name a person in the name of a column or of a member of a JSON document. */
    List<String> personWords() {
        return List.copyOf(words);
    }

    /** Whether keys have one part, by which alone people are told apart; of several parts only links hold all. */
    boolean searchable() {
        return plan.subject().key().size() == 1;
    }

    /** Whether such a key is told from any other value, so that every column is searched for it. */
    boolean isTelling(String key) {
        SqlType type = plan.subject().key().get(0).type();
        return type.baseName().equals("uuid") || type.isText() && key.length() >= TELLING;
    }

    /** Whether the link of a role, which is counted as such, is this column alone. */
    boolean isLink(Table table, Column column) {
        return plan.roles().stream()
                .filter(r -> r.table().name().equals(table.name()))
                .anyMatch(r -> r.on().equals(List.of(column)) && wholeLink(r));
    }

    private static boolean wholeLink(PlannedRole role) {
        return role.where() == null && role.source() instanceof KeySource.SubjectKeyValues;
    }

    /** Whether a foreign key or the name says that the column, or the elements of its array, are keys of people. */
    boolean saysKey(Table table, Column column) {
        return refers(table, column) || hasTypeOfKey(column) && namesPerson(column.name());
    }

    private boolean refers(Table table, Column column) {
        return table.foreignKeys().stream()
                .anyMatch(f -> f.parent().equals(plan.subject().table().name())
                        && f.columns().equals(List.of(column.name()))
                        && f.parentColumns()
                                .equals(List.of(plan.subject().key().get(0).name())));
    }

    /** Whether the name reads like a reference to a person. */
    boolean namesPerson(String column) {
        List<String> name = ColumnHeuristics.nameWords(column);
        if (name.isEmpty()) {
            return false;
        }
        String last = name.get(name.size() - 1);
        return name.size() > 1 && last.equals("by")
                || name.size() > 1 && ENDINGS.contains(last) && words.contains(name.get(name.size() - 2))
                || words.contains(last)
                || words.contains(singular(last));
    }

    /**
     * Whether a number in the column may be the key of another table's row: a column beside it says which table is meant, or a link of
     * the map takes only some of its rows.
     */
    boolean mayMeanAnother(Table table, Column column) {
        if (column.type().category() != 'N') {
            return false;
        }
        String stem = column.name().replaceFirst("_?(id|ID|Id)$", "");
        boolean kind = table.columns().stream()
                .map(c -> c.name().toLowerCase(Locale.ROOT))
                .anyMatch(name -> !stem.equals(column.name())
                        && List.of("type", "kind", "class").stream()
                                .anyMatch(k -> name.replace("_", "")
                                        .equals((stem + k).replace("_", "").toLowerCase(Locale.ROOT))));
        return kind
                || plan.roles().stream()
                        .anyMatch(r -> r.table().name().equals(table.name())
                                && r.on().equals(List.of(column))
                                && r.where() != null);
    }

    /** Whether values of the column, or the elements of its array, can be keys at all. */
    boolean hasTypeOfKey(Column column) {
        SqlType key = plan.subject().key().get(0).type();
        String base = column.type().baseName();
        String element = column.type().isArray() && base.startsWith("_") ? base.substring(1) : base;
        return switch (key.category()) {
            case 'N' -> Set.of("int2", "int4", "int8", "numeric").contains(element);
            case 'S' -> Set.of("text", "varchar", "bpchar", "citext").contains(element);
            default -> element.equals(key.baseName());
        };
    }

    static String singular(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.length() > 1 && lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
    }
}
