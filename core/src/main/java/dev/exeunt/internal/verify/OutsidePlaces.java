package dev.exeunt.internal.verify;

import dev.exeunt.erase.Residue.ResiduePlace;
import dev.exeunt.erase.Residue.UnjudgedPlace;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.scan.LargeObjectScan;
import dev.exeunt.internal.scan.MaterializedView;
import dev.exeunt.internal.scan.PersonTerms;
import dev.exeunt.internal.scan.TableHits;
import dev.exeunt.internal.scan.TableScanner;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.TimeSpan;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for texts outside the tables: in large objects, materialized views, planner statistics; and names replication slots. In the pinned
 * search path.
 */
public final class OutsidePlaces {

    /** The types of columns that refer to large objects. */
    private static final Set<String> REFERENCES = Set.of("oid", "lo");

    private static final String ORPHANS = """
            SELECT pg_catalog.count(*) FROM pg_catalog.pg_largeobject_metadata AS exeunt_m WHERE {unreferred}""";
    private static final String UNREFERRED = """
            NOT EXISTS (SELECT FROM {table} WHERE {table}.{column}::pg_catalog.oid OPERATOR(pg_catalog.=) exeunt_m.oid)""";

    /** Statistics of an index are its table's. */
    private static final String STATISTICS = """
            SELECT DISTINCT format('%I.%I', tn.nspname, t.relname), s.attname::text
            FROM pg_catalog.pg_stats s
            JOIN pg_catalog.pg_namespace n ON n.nspname = s.schemaname
            JOIN pg_catalog.pg_class c ON c.relnamespace = n.oid AND c.relname = s.tablename
            LEFT JOIN pg_catalog.pg_index i ON i.indexrelid = c.oid
            JOIN pg_catalog.pg_class t ON t.oid = coalesce(i.indrelid, c.oid)
            JOIN pg_catalog.pg_namespace tn ON tn.oid = t.relnamespace
            WHERE s.schemaname NOT IN ('pg_catalog', 'information_schema', 'exeunt')
                AND (s.most_common_vals::text ~* ANY (:any::text[]) OR s.histogram_bounds::text ~* ANY (:any::text[])
                    OR s.most_common_elems::text ~* ANY (:any::text[]))
            """;

    private static final SqlFragment SLOTS = SqlFragment.of("""
            SELECT slot_name::text FROM pg_catalog.pg_replication_slots
            WHERE database IS NULL OR database = pg_catalog.current_database() ORDER BY 1
            """);

    private static final SqlFragment ARCHIVED = SqlFragment.of("""
            SELECT pg_catalog.count(*) FROM pg_catalog.pg_settings WHERE name = 'archive_mode' AND setting <> 'off'
            """);

    private final Connection connection;
    private final PersonTerms terms;
    private final List<ResiduePlace> inRows;
    private final @Nullable TimeSpan backups;
    private final List<ResiduePlace> places = new ArrayList<>();
    private final List<String> unreadable = new ArrayList<>();
    private final List<String> outside = new ArrayList<>();
    private final List<UnjudgedPlace> unjudged = new ArrayList<>();

    /**
     * Looks outside the tables of one database.
     *
     * @param inRows where rows hold what is looked for
     * @param backups how long backups are kept; null where that is not known
     */
    public OutsidePlaces(
            Connection connection, PersonTerms terms, List<ResiduePlace> inRows, @Nullable TimeSpan backups) {
        this.backups = backups;
        this.inRows = List.copyOf(inRows);
        this.connection = connection;
        this.terms = terms;
    }

    public List<ResiduePlace> places() {
        return places;
    }

    public List<String> unreadable() {
        return unreadable;
    }

    List<UnjudgedPlace> unjudged() {
        return unjudged;
    }

    public List<String> outside() {
        return outside;
    }

    public OutsidePlaces find(DatabaseSchema schema) throws SQLException {
        orphanedLargeObjects(schema);
        List<String> expressions = terms.expressions();
        if (!expressions.isEmpty()) {
            largeObjects();
            statistics(expressions);
            views();
        }
        SqlRunner.forEach(
                connection,
                SLOTS,
                0,
                row -> outside.add("The replication slot " + row.getString(1)
                        + " keeps former values in the write-ahead log until its consumer has read on."));
        WaitingMessages.note(connection).ifPresent(outside::add);
        WaitingFiles.note(connection).ifPresent(outside::add);
        outside.add(log());
        outside.add(
                backups == null
                        ? "Backups still hold it. How long they are kept is not known: backups: 35d in the map says it."
                        : "Backups still hold it, for " + backups.words() + " after an erasure (backups in the map).");
        return this;
    }

    private String log() throws SQLException {
        String written = "The write-ahead log holds former values until its files are written over";
        return SqlRunner.count(connection, ARCHIVED) > 0
                ? written + "; it is archived, and the archive holds them for as long as it is kept."
                : written + ", some checkpoints later.";
    }

    private void largeObjects() throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            LargeObjectScan objects = LargeObjectScan.read(connection, terms);
            if (objects.holding() > 0) {
                places.add(new ResiduePlace("pg_largeobject", "data", "large object", objects.holding(), null));
            }
            if (objects.beginnings() > 0) {
                unreadable.add(objects.beginnings()
                        + " large objects are longer than 16 MB, and only their beginnings were looked through");
            }
        } catch (SQLException e) {
            if (!"42501".equals(e.getSQLState())) {
                throw e;
            }
            connection.rollback(before);
            unreadable.add("large objects could not be read: the role lacks the right");
        }
    }

    /** A row that is deleted leaves its large object behind, which no table shows any more. */
    private void orphanedLargeObjects(DatabaseSchema schema) throws SQLException {
        List<SqlFragment> unreferred = new ArrayList<>();
        for (Table table : schema.tables()) {
            for (Column column : table.columns()) {
                if (REFERENCES.contains(column.type().baseName())) {
                    if (!table.rights().select() || !table.rights().schemaUsage()) {
                        return; // the table is reported as unreadable
                    }
                    unreferred.add(SqlTemplate.of(UNREFERRED)
                            .fragment("table", table.name().quoted())
                            .identifier("column", column.name())
                            .toFragment());
                }
            }
        }
        SqlFragment all = unreferred.isEmpty() ? SqlFragment.of("TRUE") : SqlFragment.join(" AND ", unreferred);
        long orphans = SqlRunner.count(
                connection, SqlTemplate.of(ORPHANS).fragment("unreferred", all).toFragment());
        if (orphans > 0) {
            unjudged.add(
                    new UnjudgedPlace(
                            "pg_largeobject",
                            "data",
                            orphans,
                            "no row refers to these large objects: they may be of rows that were erased (vacuumlo removes them)"));
        }
    }

    private void views() throws SQLException {
        TableScanner scanner = new TableScanner(connection, terms);
        for (MaterializedView view : MaterializedView.all(connection)) {
            String name = view.table().name().toString();
            if (!view.readable()) {
                unreadable.add("the materialized view " + name
                        + " could not be read: the role lacks the right, or it was never refreshed");
                continue;
            }
            TableHits hits = scanner.scan(view.table(), List.of(), List.of());
            long rows = hits.columns().stream()
                    .mapToLong(each -> each.rows().count())
                    .max()
                    .orElse(0);
            if (rows > 0) {
                places.add(new ResiduePlace(name, "until it is refreshed", "materialized view", rows, null));
            }
        }
    }

    /** Where rows still hold it, its statistics say no more than they do. */
    private void statistics(List<String> expressions) throws SQLException {
        SqlFragment select = SqlTemplate.of(STATISTICS)
                .bind("any", expressions.toArray(String[]::new))
                .toFragment();
        Set<String> tables = new TreeSet<>();
        SqlRunner.forEach(connection, select, 0, row -> {
            String table = row.getString(1);
            String column = row.getString(2);
            if (inRows.stream()
                    .noneMatch(p -> p.table().equals(shown(table))
                            && List.of(p.column().split(", ", -1)).contains(column))) {
                tables.add(table);
            }
        });
        if (!tables.isEmpty()) {
            outside.add("The planner's statistics hold it until they are made anew: ANALYZE "
                    + String.join(", ", tables) + ".");
        }
    }

    private static String shown(String name) {
        return name.startsWith("public.") ? name.substring("public.".length()) : name;
    }
}
