package dev.exeunt.internal.enforce;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.RoleLifecycle.PolicyForm;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedHiding.Watermark;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.internal.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One link of the map, with what tells old and hidden rows.
 *
 * @param keys where hidden people are looked up
 * @param hiddenData which rows a request to delete data hides
 * @param markers columns that are set where a row is hidden or erased
 */
record EnforcedLink(PlannedRole role, HiddenKeys keys, HiddenData hiddenData, List<Column> markers) {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    private static final Set<String> TEXTS = Set.of("text", "varchar");

    EnforcedLink {
        markers = List.copyOf(markers);
    }

    /**
     * Says which rows of a link a request to delete data hides.
     *
     * @param some whether it hides any
     * @param watermark tells the rows that were there at the request; null where all rows of the link are meant
     */
    record HiddenData(boolean some, @Nullable Watermark watermark) {

        static final HiddenData NO_ROWS = new HiddenData(false, null);

        static final HiddenData ALL_ROWS = new HiddenData(true, null);

        /**
         * Returns the condition that a row existed at the request, which {@code exeunt_a} holds. A column without a time zone holds
         * UTC, as the erasure reads it, whatever zone the session has that asks.
         */
        String isOlder(Function<Column, String> columnOfRow) {
            Watermark known = watermark;
            return known == null
                    ? "TRUE"
                    : SqlTemplate.of(
                                    known.created()
                                            ? "({column} OPERATOR(pg_catalog.<) {request} OR {column} IS NULL)"
                                            : "{column} OPERATOR(pg_catalog.<=) {request}")
                            .fragment("column", columnOfRow.apply(known.column()))
                            .fragment(
                                    "request",
                                    known.column().type().hasTimeZone()
                                            ? "exeunt_a.requested_at"
                                            : "pg_catalog.timezone('UTC', exeunt_a.requested_at)")
                            .toFragment()
                            .sql();
        }
    }

    /**
     * Returns the condition that a row of a table of keys holds the link's key.
     *
     * @param keyTable the table of keys, as the statement knows it
     * @param value the SQL of the link's column at each place
     */
    String isOneOf(String keyTable, IntFunction<String> value) {
        List<String> equal = new ArrayList<>();
        for (int i = 0; i < role.on().size(); i++) {
            equal.add(SqlTemplate.of("{key} {equals} {value}")
                    .fragment("key", key(keyTable, i))
                    .fragment(
                            "equals",
                            byValue()
                                    ? "OPERATOR(pg_catalog.=)"
                                    : role.on().get(i).type().equality())
                    .fragment("value", byValue() ? AbsentRowViews.folded(value.apply(i)) : value.apply(i))
                    .toFragment()
                    .sql());
        }
        return String.join(" AND ", equal);
    }

    private boolean byValue() {
        return role.source() instanceof KeySource.IdentifierValues;
    }

    /** A key of another type than the link is compared in the link's type, as an erasure compares it. */
    private String key(String keyTable, int i) {
        String column = keyTable + "." + AbsenceTables.keyColumn(keys.places().get(i));
        SqlType link = role.on().get(i).type();
        return byValue() || alike(i) ? column : "CAST(" + column + " AS " + link.quotedBase() + ")";
    }

    /** Which queries the table's policy keeps quick. */
    PolicyForm policyForm() {
        return role.hiding().said().policyForm();
    }

    /** Whether an index of the key serves each column of the link. */
    boolean comparesAsKey() {
        return !byValue() && IntStream.range(0, role.on().size()).allMatch(this::alike);
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
        return columnNames().equals(other.columnNames())
                && keys.equals(other.keys)
                && condition().equals(other.condition());
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
        return foreignKeys(subject).anyMatch(key -> columns.containsAll(key.columns()));
    }

    /**
     * Whether a foreign key locks the very row that the link names as soon as a row was inserted, and not at the commit. In a
     * partitioned table it locks the row's latest version, whatever the snapshot of the transaction.
     */
    boolean isLockedByForeignKey(Table subject) {
        Set<Map.Entry<String, String>> pairs = pairs(
                columnNames(),
                role.source().columns().stream().map(Column::name).toList());
        return subject.kind() != Table.RelationKind.PARTITIONED
                && foreignKeys(subject)
                        .anyMatch(key -> !key.deferrable()
                                && pairs(key.columns(), key.parentColumns()).equals(pairs));
    }

    /** One that is not enforced counts as not validated. */
    private Stream<ForeignKey> foreignKeys(Table subject) {
        return role.table().foreignKeys().stream()
                .filter(key -> key.declared() && key.validated() && key.parent().equals(subject.name()));
    }

    private static Set<Map.Entry<String, String>> pairs(List<String> columns, List<String> parentColumns) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> Map.entry(columns.get(i), parentColumns.get(i)))
                .collect(Collectors.toSet());
    }
}
