package dev.exeunt.internal.erase;

import dev.exeunt.ProgressListener;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.erase.Residue;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.reach.KeyCapture;
import dev.exeunt.internal.reach.LeavingPeople;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Looks through the whole database for what is left of somebody: links by the map, the key and given values in every text,
 * JSON and array column of every table, mapped or not. One scan of each table, whatever the number of columns and values;
 * a run of its own, never inside an erasure.
 */
public final class ResidueScan {

    private static final String BYTES_MATCH =
            "(pg_catalog.encode({column}, 'escape') OPERATOR(pg_catalog.~*) ANY (:any::pg_catalog.text[]))";

    private static final String TEXT_MATCHES =
            "({column}::pg_catalog.text OPERATOR(pg_catalog.~*) ANY (:any::pg_catalog.text[]))";

    private static final String TEXT_EQUALS =
            "({column}::pg_catalog.text OPERATOR(pg_catalog.=) ANY (:any::pg_catalog.text[]))";

    private final Connection connection;
    private final Plan plan;
    private final DatabaseSchema schema;
    private final ProgressListener progress;
    private ErasedPeople erased = ErasedPeople.NONE;

    public ResidueScan(Connection connection, Plan plan, DatabaseSchema schema, ProgressListener progress) {
        this.connection = connection;
        this.plan = plan;
        this.schema = schema;
        this.progress = progress;
    }

    /** The same scan, which knows by this record whose rows stay although they were erased. */
    public ResidueScan withErasedPeople(ErasedPeople record) {
        erased = record;
        return this;
    }

    /**
     * @param subjects need not exist any more
     * @param values former e-mail, name …
     */
    public Residue scan(List<SubjectKey> subjects, List<String> values) {
        try {
            return SearchPath.ofRole(connection, c -> scanTables(subjects, values));
        } catch (SQLException e) {
            throw DatabaseException.of(e, "looking for what is left");
        }
    }

    private Residue scanTables(List<SubjectKey> subjects, List<String> values) throws SQLException {
        ResiduePatterns traces = new ResiduePatterns(values);
        SubjectRows reach =
                KeyCapture.capture(connection, plan, new LeavingPeople(subjects, erased), KeyCapture.CaptureMode.COUNT);
        List<Residue.ResiduePlace> places = new ArrayList<>(links(reach));
        List<String> unreadable = new ArrayList<>(traces.skipped());
        int done = 0;
        for (Table table : schema.tables()) {
            progress.at(
                    "looking through " + table.name(), done++, schema.tables().size());
            if (!table.rights().select()
                    || !table.rights().schemaUsage()
                    || !table.rights().bypassesRowSecurity()) {
                unreadable.add(
                        table.name() + " could not be read: the role lacks the right, or row security hides rows");
            } else {
                places.addAll(scan(table, reach, looks(table, subjects, traces)));
            }
        }
        return new Residue(places, done - (unreadable.size() - traces.skipped().size()), unreadable);
    }

    private List<Residue.ResiduePlace> links(SubjectRows reach) throws SQLException {
        List<Residue.ResiduePlace> places = new ArrayList<>();
        for (PlannedTable table : plan.tables()) {
            for (PlannedRole role : table.roles()) {
                long rows = reach.rows(role);
                long byLaw = role.deletes() && rows > 0 ? rows - leftBut(reach, role, table.keptByLaw()) : 0;
                if (byLaw > 0) {
                    places.add(
                            link(role, byLaw, RetainedRows.why(table.keptByLaw().get(0))));
                }
                if (rows > byLaw) {
                    places.add(link(role, rows - byLaw, RetainedRows.why(role)));
                }
            }
        }
        return places;
    }

    private static Residue.ResiduePlace link(PlannedRole role, long rows, Optional<String> why) {
        String columns = String.join(", ", role.on().stream().map(Column::name).toList());
        return new Residue.ResiduePlace(role.table().name().toString(), columns, "link", rows, why.orElse(null));
    }

    /** A row that one role would delete stays where another keeps it by law, even if nobody can tell any more whose it was. */
    private long leftBut(SubjectRows reach, PlannedRole role, List<PlannedRole> keptByLaw) throws SQLException {
        if (keptByLaw.isEmpty()) {
            return reach.rows(role);
        }
        SqlFragment select = SqlTemplate.of("""
                        SELECT pg_catalog.count(*) FROM {table} WHERE {rows} AND ({kept}) IS NOT TRUE""")
                .fragment("table", role.table().name().quoted())
                .fragment("rows", reach.matches(role))
                .fragment("kept", RetainedRows.rows(reach, keptByLaw))
                .toFragment();
        return SqlRunner.count(connection, select);
    }

    /** Holds one search condition for one column. */
    private record ColumnSearch(Column column, String what, SqlFragment condition) {}

    /** At most two for each column: a statement has room for some 1,600 counts. */
    private List<ColumnSearch> looks(Table table, List<SubjectKey> subjects, ResiduePatterns traces) {
        List<String> keys = subjects.stream().flatMap(s -> key(s).stream()).toList();
        List<String> keyExpressions = ResiduePatterns.ofKeys(keys, singular());
        List<ColumnSearch> looks = new ArrayList<>();
        for (Column column : table.columns()) {
            if (isLink(table, column)) {
                continue;
            }
            if (ColumnHeuristics.freeForm(column) || column.type().isArray()) {
                String condition = column.type().baseName().equals("bytea") ? BYTES_MATCH : TEXT_MATCHES;
                look(column, "value", condition, traces.expressions()).ifPresent(looks::add);
                look(column, "key", condition, keyExpressions).ifPresent(looks::add);
            } else if (mayHoldKey(column)) {
                look(column, "key", TEXT_EQUALS, keys).ifPresent(looks::add);
            }
        }
        return looks;
    }

    private static Optional<ColumnSearch> look(Column column, String what, String condition, List<String> any) {
        if (any.isEmpty()) {
            return Optional.empty();
        }
        SqlFragment found = SqlTemplate.of(condition)
                .identifier("column", column.name())
                .bind("any", any.toArray(String[]::new))
                .toFragment();
        return Optional.of(new ColumnSearch(column, what, found));
    }

    /** A link's rows have been counted as such. */
    private boolean isLink(Table table, Column column) {
        return plan.roles().stream()
                .anyMatch(r -> r.table().name().equals(table.name())
                        && r.on().equals(List.of(column))
                        && r.where() == null
                        && r.source() instanceof KeySource.SubjectKeyValues);
    }

    /** The part of a key that tells people apart; of several parts only all together do, and only links hold all. */
    private Optional<String> key(SubjectKey subject) {
        return subject.parts().size() == 1 ? Optional.of(subject.parts().get(0)) : Optional.empty();
    }

    /** A UUID is nobody else's; a number only where the column's name reads like a reference to a person. */
    private boolean mayHoldKey(Column column) {
        if (plan.subject().key().size() != 1) {
            return false;
        }
        String keyType = plan.subject().key().get(0).type().baseName();
        if (keyType.equals("uuid")) {
            return column.type().baseName().equals("uuid");
        }
        List<String> words = ColumnHeuristics.nameWords(column.name());
        return column.type().category() == plan.subject().key().get(0).type().category()
                && words.size() > 1
                && words.get(words.size() - 1).equals("id")
                && (words.contains(singular()) || words.contains("user"));
    }

    private String singular() {
        String name = plan.subject().table().name().name().toLowerCase(Locale.ROOT);
        return name.endsWith("s") ? name.substring(0, name.length() - 1) : name;
    }

    /** For each look the rows the map keeps as they are, and the others. */
    private List<Residue.ResiduePlace> scan(Table table, SubjectRows reach, List<ColumnSearch> looks)
            throws SQLException {
        if (looks.isEmpty()) {
            return List.of();
        }
        List<SqlFragment> counts = new ArrayList<>();
        List<RetainedRows> keepings = new ArrayList<>();
        for (ColumnSearch look : looks) {
            RetainedRows keeping =
                    RetainedRows.of(reach, table, look.column(), look.what().equals("key"));
            keepings.add(keeping);
            counts.add(count("{found} AND ({kept})", look, keeping));
            counts.add(count("{found} AND ({kept}) IS NOT TRUE", look, keeping));
        }
        SqlFragment select = SqlTemplate.of("SELECT {counts} FROM {table}")
                .fragments("counts", ", ", counts)
                .fragment("table", table.name().quoted())
                .toFragment();
        return SqlRunner.one(connection, select, row -> {
            List<Residue.ResiduePlace> places = new ArrayList<>();
            for (int i = 0; i < looks.size(); i++) {
                String why = keepings.get(i).why();
                place(table, looks.get(i), row.getLong(2 * i + 1), why).ifPresent(places::add);
                place(table, looks.get(i), row.getLong(2 * i + 2), null).ifPresent(places::add);
            }
            return places;
        });
    }

    private static SqlFragment count(String condition, ColumnSearch look, RetainedRows keeping) {
        SqlFragment filter = SqlTemplate.of(condition)
                .fragment("found", look.condition())
                .fragment("kept", keeping.rows())
                .toFragment();
        return SqlTemplate.of("pg_catalog.count(*) FILTER (WHERE {filter})")
                .fragment("filter", filter)
                .toFragment();
    }

    private static Optional<Residue.ResiduePlace> place(
            Table table, ColumnSearch look, long rows, @org.jspecify.annotations.Nullable String kept) {
        return rows == 0
                ? Optional.empty()
                : Optional.of(new Residue.ResiduePlace(
                        table.name().toString(), look.column().name(), look.what(), rows, kept));
    }
}
