package dev.exeunt.internal.scan;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.rule.PersonNames;
import dev.exeunt.internal.plan.rule.ReferencedKeys;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ReferenceByName;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Tells which columns may hold keys of people, by foreign keys, types and names. A UUID and a long text are told from any other value,
 * a number is not.
 */
public final class KeyColumns {

    /** A text of so many characters is not another value by accident. */
    static final int TELLING = 8;

    private final Plan plan;
    private final PersonNames names;
    private final ReferenceByName references;
    private final ReferencedKeys referenced;
    private final ReachingRoles reaching;

    public KeyColumns(Plan plan, DatabaseSchema schema) {
        this.plan = plan;
        this.reaching = new ReachingRoles(plan, schema);
        this.names = PersonNames.of(plan);
        this.references = new ReferenceByName(schema);
        this.referenced = new ReferencedKeys(schema, plan.subject());
    }

    public PersonNames names() {
        return names;
    }

    /** Whether the name of a member of a document refers to a person, and to no row of another table. */
    boolean isPerson(String member) {
        return names.refer(member)
                && !isOther(member, references.of(plan.subject().table(), member));
    }

    /** The roles that reach rows of a table. */
    public List<PlannedRole> reaching(Table table) {
        return reaching.of(table);
    }

    /** Whether keys have one part, by which alone people are told apart; of several parts only links hold all. */
    public boolean searchable() {
        return plan.subject().key().size() == 1;
    }

    /** Tells whether such a key differs from any other value, so that every column is searched for it. */
    boolean isTelling(String key) {
        SqlType type = plan.subject().key().get(0).type();
        return type.baseName().equals("uuid") || type.isText() && key.length() >= TELLING;
    }

    /** Whether the link of a role, which is counted as such, is this column alone. */
    private boolean isLink(Table table, Column column) {
        return reaching.of(table).stream().anyMatch(r -> r.on().equals(List.of(column)) && wholeLink(r));
    }

    /** The columns of a table that links of the map go by, where keys have one part. */
    public List<Column> links(Table table) {
        return table.columns().stream()
                .filter(c -> searchable() && isLink(table, c))
                .toList();
    }

    private static boolean wholeLink(PlannedRole role) {
        return role.where() == null && role.source() instanceof KeySource.SubjectKeyValues;
    }

    /** Whether a foreign key or the name says that the column, or the elements of its array, are keys of people. */
    boolean saysKey(Table table, Column column) {
        return refers(table, column) || hasTypeOfKey(column) && isNamed(table, column);
    }

    /** As {@link #saysKey}, of a column of texts, in which keys of any type are written. */
    boolean saysText(Table table, Column column) {
        return refers(table, column) || isNamed(table, column);
    }

    private boolean isNamed(Table table, Column column) {
        return names.refer(column.name()) && !saysOtherTable(table, column);
    }

    /** Whether a foreign key, or else the name, says that the column holds keys of another table's rows. */
    public boolean saysOtherTable(Table table, Column column) {
        return referenced.areDeclared(table, column)
                ? !referenced.leadToPeople(table, column)
                : isOther(column.name(), references.of(table, column));
    }

    /** A copy of the people's table in another schema holds the same keys, and so does a table whose rows have the people's keys. */
    private boolean isOther(String name, Optional<Table> named) {
        return !names.wholeNames().contains(name.toLowerCase(Locale.ROOT))
                && named.filter(t -> !t.name()
                                .name()
                                .equals(plan.subject().table().name().name()))
                        .filter(t -> !referenced.keepPeople(t))
                        .isPresent();
    }

    /** The base name of the type of keys. */
    String keyType() {
        return plan.subject().key().get(0).type().baseName();
    }

    private boolean refers(Table table, Column column) {
        return table.foreignKeys().stream()
                .anyMatch(f -> f.parent().equals(plan.subject().table().name())
                        && f.columns().equals(List.of(column.name()))
                        && f.parentColumns()
                                .equals(List.of(plan.subject().key().get(0).name())));
    }

    /**
     * Whether a number in the column may be the key of another table's row: a column beside it says which table is meant, or a link of
     * the map takes only some of its rows.
     */
    public boolean mayMeanAnother(Table table, Column column) {
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
        return kind || reaching.of(table).stream().anyMatch(r -> r.on().equals(List.of(column)) && r.where() != null);
    }

    /** Whether values of the column, or the elements of its array, can be keys at all. */
    public boolean hasTypeOfKey(Column column) {
        SqlType key = plan.subject().key().get(0).type();
        String base = column.type().baseName();
        String element = column.type().isArray() && base.startsWith("_") ? base.substring(1) : base;
        return switch (key.category()) {
            case 'N' -> Set.of("int2", "int4", "int8", "numeric").contains(element);
            case 'S' -> Set.of("text", "varchar", "bpchar", "citext").contains(element);
            default -> element.equals(key.baseName());
        };
    }
}
