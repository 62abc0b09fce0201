package dev.exeunt.internal.draft.model;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.names.ImpliedReferences;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.PersonalDataCategory;
import dev.exeunt.internal.names.SubjectHeuristics;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnPrefix;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Index;
import dev.exeunt.internal.schema.ReferenceByName;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Holds what is known while a draft is made: tables, references to them, and roles found so far. */
public final class DraftModel {

    private final DatabaseSchema schema;
    private final DraftTable subject;
    private final List<String> key;
    private final List<String> identifiers;
    private final Map<TableName, DraftTable> tables = new TreeMap<>();
    private final Map<TableName, List<ForeignKey>> inbound = new HashMap<>();
    private final Map<TableName, Set<String>> referredTo = new HashMap<>();
    private final Map<TableName, Integer> distances;
    private final int pathTables;
    private final List<String> notes = new ArrayList<>();
    private final ReferenceByName references;

    /**
     * Holds what an existing map already decides: subject key, identifiers and tables without personal data.
     *
     * @param key the subject's
     * @param notPersonal tables to leave alone, and nothing to be looked for below them
     */
    public record ExistingDecisions(List<String> key, List<String> identifiers, Set<TableName> notPersonal) {}

    public DraftModel(DatabaseSchema schema, TableName subjectName) {
        this(schema, subjectName, null);
    }

    /** @param said the decisions of an existing map; null if there is none */
    public DraftModel(DatabaseSchema schema, TableName subjectName, @Nullable ExistingDecisions said) {
        this.schema = ImpliedReferences.in(schema, subjectName);
        this.references = new ReferenceByName(schema);
        for (Table table : this.schema.tables()) {
            if (said != null && said.notPersonal().contains(table.name())) {
                continue;
            }
            boolean isSubject = table.name().equals(subjectName);
            TablePurpose kind = TablePurpose.of(table.name().name());
            tables.put(table.name(), new DraftTable(table, isSubject, kind));
        }
        DraftTable found = tables.get(subjectName);
        if (found == null) {
            throw new ExeuntException("There is no table " + subjectName + " in database " + schema.database() + ".");
        }
        this.subject = found;
        this.schema.inbound().forEach((parent, keys) -> inbound.put(parent, distinct(keys)));
        this.key = said == null ? keyOf(found.table()) : said.key();
        this.identifiers =
                said == null ? SubjectHeuristics.identifiers(found.table(), schema.tables()) : said.identifiers();
        this.distances = measure(k -> true);
        this.pathTables = measure(ForeignKey::declared).size();
    }

    private static List<String> keyOf(Table table) {
        if (!table.primaryKey().isEmpty()) {
            return table.primaryKey();
        }
        return table.indexes().stream()
                .filter(Index::uniqueForAll)
                .filter(i -> i.columns().stream().allMatch(c -> table.require(c).nullFree()))
                .map(Index::columns)
                .findFirst()
                .orElseThrow(() -> new ExeuntException("The table " + table.name()
                        + " has neither a primary key nor a unique key without NULLs, so nothing tells one person from"
                        + " another. Add one, or name another table as the subject."));
    }

    /** How many foreign keys away from the subject each table on a path is; 0 for the subject itself. */
    private Map<TableName, Integer> measure(Predicate<ForeignKey> followed) {
        Map<TableName, Integer> measured = new LinkedHashMap<>();
        Deque<TableName> open = new ArrayDeque<>(List.of(subject.name()));
        measured.put(subject.name(), 0);
        while (!open.isEmpty()) {
            TableName parent = open.remove();
            int next = 1 + measured.getOrDefault(parent, 0);
            for (ForeignKey inboundKey : referringTo(parent)) {
                if (followed.test(inboundKey) && measured.putIfAbsent(inboundKey.child(), next) == null) {
                    open.add(inboundKey.child());
                }
            }
        }
        return measured;
    }

    public DatabaseSchema schema() {
        return schema;
    }

    public DraftTable subject() {
        return subject;
    }

    /** How the person relates to a row of the table by these columns. */
    public LinkRelation relation(Table table, List<String> columns) {
        return LinkRelation.of(
                ColumnPrefix.bareNames(table, columns), subject.name().name());
    }

    /** The subject's key. */
    public List<String> key() {
        return key;
    }

    /** What a person is known by. */
    public List<String> identifiers() {
        return identifiers;
    }

    /** The address that other tables may hold by value. */
    public Optional<String> email() {
        return identifiers.stream()
                .filter(c -> PersonalDataCategory.of(subject.table().require(c)) == PersonalDataCategory.EMAIL)
                .findFirst();
    }

    /** Adds what the map cannot say, or a draft does not guess, for the reader of the draft. */
    public void note(String note) {
        if (!notes.contains(note)) {
            notes.add(note);
        }
    }

    /** Sentences for the reader of the draft, in the order in which they were found. */
    public List<String> notes() {
        return List.copyOf(notes);
    }

    /** Sorted by name. */
    public Collection<DraftTable> tables() {
        return tables.values();
    }

    @Nullable
    public DraftTable table(TableName name) {
        return tables.get(name);
    }

    /** Where the table is known to be in the schema, as both ends of its foreign keys are. */
    public DraftTable require(TableName name) {
        DraftTable table = tables.get(name);
        if (table == null) {
            throw new IllegalArgumentException("no table " + name);
        }
        return table;
    }

    /** Foreign keys to the table, from tables the schema lists; two over the same columns count once. */
    public List<ForeignKey> referringTo(TableName name) {
        return inbound.getOrDefault(name, List.of());
    }

    private List<ForeignKey> distinct(List<ForeignKey> keys) {
        Set<List<Object>> seen = new HashSet<>();
        return keys.stream()
                .filter(k -> tables.containsKey(k.child()))
                .filter(k -> seen.add(List.of(k.child(), k.columns(), k.parentColumns())))
                .toList();
    }

    /** Whether the column's name says that it refers to a row of some table: {@code realm_id} beside a table {@code realm}. */
    public boolean namesTable(Table table, Column column) {
        return references.isWholeName(table, column);
    }

    public boolean onPath(TableName name) {
        return distances.containsKey(name);
    }

    /** How many tables declared foreign keys lead to from the subject, with the subject's own. */
    public int pathTables() {
        return pathTables;
    }

    /** Far beyond any path where there is none. */
    public int distance(TableName name) {
        return distances.getOrDefault(name, Integer.MAX_VALUE);
    }

    public boolean leaf(TableName name) {
        return referringTo(name).isEmpty();
    }

    /** Columns of the table that some foreign key refers to. */
    public Set<String> referredTo(TableName name) {
        return referredTo.computeIfAbsent(name, n -> {
            Set<String> columns = new LinkedHashSet<>();
            referringTo(n).forEach(k -> columns.addAll(k.parentColumns()));
            return columns;
        });
    }
}
