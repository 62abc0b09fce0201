package dev.exeunt.promise.made;

import dev.exeunt.postgres.Quote;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A table while it is being made. Each has a column {@code uid}, which nobody writes and nothing refers to: by it a row is
 * found again.
 */
public final class MadeTable {

    public static final String UID = "uid";
    public static final String TENANT = "t";
    public static final String KIND = "kind";
    public static final String TOUCHED = "touched";
    public static final String CODE = "code";
    public static final String CONTACT = "contact";

    private final String schema;
    private final String name;
    final List<MadeColumn> columns = new ArrayList<>();
    final List<String> primaryKey = new ArrayList<>();
    final List<List<String>> uniques = new ArrayList<>();
    final List<Reference> references = new ArrayList<>();
    final List<Map<String, String>> rows = new ArrayList<>();
    final Set<Feature> features = EnumSet.noneOf(Feature.class);
    final StringBuilder later = new StringBuilder();
    MadeTable above;
    String partitioning = "";
    String partitions = "";

    MadeTable(String schema, String name) {
        this.schema = schema;
        this.name = name;
    }

    public String schema() {
        return schema;
    }

    public String name() {
        return name;
    }

    public String quoted() {
        return Quote.identifier(schema) + "." + Quote.identifier(name);
    }

    /** What it inherits from, or null. */
    public MadeTable above() {
        return above;
    }

    public List<MadeColumn> columns() {
        return columns;
    }

    public MadeColumn column(String wanted) {
        return columns.stream()
                .filter(c -> c.name().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(this + " has no " + wanted));
    }

    public boolean has(String wanted) {
        return columns.stream().anyMatch(c -> c.name().equals(wanted));
    }

    public List<String> primaryKey() {
        return primaryKey;
    }

    /** The columns that tell rows apart: the primary key, or else a unique one. */
    public List<String> key() {
        return primaryKey.isEmpty() ? uniques.get(0) : primaryKey;
    }

    public List<String> keyOrNone() {
        return uniques.isEmpty() ? List.of() : key();
    }

    /** Every set of columns that foreign keys may refer to. */
    public List<List<String>> uniques() {
        return uniques;
    }

    public List<Reference> references() {
        return references;
    }

    public Set<Feature> features() {
        return features;
    }

    boolean composite() {
        return uniques.stream().anyMatch(u -> u.size() > 1);
    }

    boolean partitioned() {
        return !partitioning.isEmpty();
    }

    String create() {
        List<String> parts = new ArrayList<>();
        columns.stream().filter(c -> above == null || !above.has(c.name())).forEach(c -> parts.add(c.sql()));
        if (!primaryKey.isEmpty()) {
            parts.add("PRIMARY KEY (" + Quote.identifiers(primaryKey) + ")");
        }
        uniques.stream()
                .filter(u -> !u.equals(primaryKey))
                .forEach(u -> parts.add("UNIQUE (" + Quote.identifiers(u) + ")"));
        return "CREATE TABLE " + quoted() + " (" + String.join(", ", parts) + ")" + partitioning
                + (above == null ? "" : " INHERITS (" + above.quoted() + ")") + ";\n" + partitions;
    }

    String insert() {
        List<MadeColumn> written = columns.stream().filter(MadeColumn::written).toList();
        String values = rows.stream()
                .map(row -> written.stream()
                        .map(c -> row.get(c.name()) == null ? "NULL" : Quote.literal(row.get(c.name())))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(",\n  "));
        return "INSERT INTO " + quoted() + " ("
                + Quote.identifiers(written.stream().map(MadeColumn::name).toList()) + ") VALUES\n  " + values + ";\n";
    }

    /** The row of this number, with its key. */
    Map<String, String> row(int number) {
        return rows.stream()
                .filter(r -> Objects.equals(r.get(UID), "" + number))
                .findFirst()
                .orElseThrow();
    }

    Map<String, String> newRow(int number) {
        Map<String, String> row = new LinkedHashMap<>();
        row.put(UID, "" + number);
        rows.add(row);
        return row;
    }

    @Override
    public String toString() {
        return schema + "." + name;
    }
}
