package dev.exeunt.promise.made;

import dev.exeunt.internal.postgres.SqlQuoting;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Holds a randomly generated table with its columns, keys, references and rows. Each has a column {@code uid}, which
 * nobody writes and nothing refers to: by it a row is found again.
 */
public final class RandomTable {

    public static final String UID = "uid";
    public static final String TENANT = "t";
    public static final String KIND = "kind";
    public static final String TOUCHED = "touched";
    public static final String CODE = "code";
    public static final String CONTACT = "contact";
    /** Holds the key of a person, beside the tenant column where the key has one; no foreign key says so. */
    public static final String MEMBER = "member";
    /** Says when a row was made. */
    public static final String MADE = "made";
    /** Refers to a large object. */
    public static final String FILE = "file";

    private final String schema;
    private final String name;
    final List<RandomColumn> columns = new ArrayList<>();
    final List<String> primaryKey = new ArrayList<>();
    final List<List<String>> uniques = new ArrayList<>();
    final List<RandomForeignKey> references = new ArrayList<>();
    final List<Map<String, String>> rows = new ArrayList<>();
    final Set<TestedFeature> features = EnumSet.noneOf(TestedFeature.class);
    final StringBuilder later = new StringBuilder();
    RandomTable above;
    String partitioning = "";
    String partitions = "";

    RandomTable(String schema, String name) {
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
        return SqlQuoting.identifier(schema) + "." + SqlQuoting.identifier(name);
    }

    /** What it inherits from, or null. */
    public RandomTable above() {
        return above;
    }

    public List<RandomColumn> columns() {
        return columns;
    }

    public RandomColumn column(String wanted) {
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

    public List<RandomForeignKey> references() {
        return references;
    }

    public Set<TestedFeature> features() {
        return features;
    }

    /** Whether a trigger copies rows of another table into it. */
    public boolean isCopies() {
        return features.contains(TestedFeature.TRIGGER_COPIES_MAPPED);
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
            parts.add("PRIMARY KEY (" + SqlQuoting.identifiers(primaryKey) + ")");
        }
        uniques.stream()
                .filter(u -> !u.equals(primaryKey))
                .forEach(u -> parts.add("UNIQUE (" + SqlQuoting.identifiers(u) + ")"));
        return "CREATE TABLE " + quoted() + " (" + String.join(", ", parts) + ")" + partitioning
                + (above == null ? "" : " INHERITS (" + above.quoted() + ")") + ";\n" + partitions;
    }

    String insert() {
        List<RandomColumn> written =
                columns.stream().filter(RandomColumn::written).toList();
        String values = rows.stream()
                .map(row -> written.stream()
                        .map(c -> row.get(c.name()) == null ? "NULL" : SqlQuoting.literal(row.get(c.name())))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(",\n  "));
        return "INSERT INTO " + quoted() + " ("
                + SqlQuoting.identifiers(
                        written.stream().map(RandomColumn::name).toList()) + ") VALUES\n  " + values + ";\n";
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
