package dev.exeunt.internal.enforce;

import dev.exeunt.internal.map.RoleLifecycle.PolicyForm;
import dev.exeunt.internal.plan.PlannedHiding.Watermark;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.LocatedText;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One link of the map that holds the person's key, with what tells old and hidden rows.
 *
 * @param places where the key has the part that each column of the link holds; a foreign key may have another order than the key
 * @param watermark tells the rows that a request to delete data concerns; null where such a request hides no row of the link
 * @param markers columns that are set where a row is hidden or erased
 */
record EnforcedLink(
        PlannedRole role, List<Integer> places, @Nullable Watermark watermark, List<Column> markers) {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    private static final Set<String> TEXTS = Set.of("text", "varchar");

    EnforcedLink {
        places = List.copyOf(places);
        markers = List.copyOf(markers);
    }

    /**
     * Returns the condition that a row of a table of keys holds the link's key.
     *
     * @param keys the table of keys, as the statement knows it
     * @param value the SQL of the link's column at each place
     */
    String isOneOf(String keys, IntFunction<String> value) {
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < role.on().size(); i++) {
            equal.add(SqlTemplate.of("{key} {equals} {value}")
                    .fragment("key", key(keys, i))
                    .fragment("equals", role.on().get(i).type().equality())
                    .fragment("value", value.apply(i))
                    .toFragment()
                    .sql());
        }
        return String.join(" AND ", equal);
    }

    /** A key of another type than the link is compared in the link's type, as an erasure compares it. */
    private String key(String keys, int i) {
        String column = keys + "." + AbsenceTables.keyColumn(places.get(i));
        SqlType link = role.on().get(i).type();
        return alike(i) ? column : "CAST(" + column + " AS " + link.quotedBase() + ")";
    }

    /** Which queries the table's policy keeps quick. */
    PolicyForm policyForm() {
        return role.hiding().said().policyForm();
    }

    /** Whether an index of the key serves each column of the link. */
    boolean comparesAsKey() {
        return IntStream.range(0, role.on().size()).allMatch(this::alike);
    }

    private boolean alike(int i) {
        SqlType link = role.on().get(i).type();
        SqlType key = role.source().columns().get(i).type();
        return Stream.of(INTEGERS, TEXTS)
                        .anyMatch(family -> family.contains(link.baseName()) && family.contains(key.baseName()))
                || link.quotedBase().equals(key.quotedBase());
    }

    /** Whether the other link, of a table above or below, finds the same rows by columns of the same names. */
    boolean findsTheSameRowsAs(EnforcedLink other) {
        return columnNames().equals(other.columnNames()) && condition().equals(other.condition());
    }

    private List<String> columnNames() {
        return role.on().stream().map(Column::name).toList();
    }

    private String condition() {
        LocatedText where = role.where();
        return where == null ? "" : where.text();
    }

    /** Whether the database itself refuses a row of a person who does not exist. */
    boolean hasForeignKey(Table subject) {
        List<String> columns = columnNames();
        return role.table().foreignKeys().stream()
                .anyMatch(key -> key.parent().equals(subject.name()) && columns.containsAll(key.columns()));
    }
}
