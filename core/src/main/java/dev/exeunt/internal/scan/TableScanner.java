package dev.exeunt.internal.scan;

import dev.exeunt.ProgressListener;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.scan.ScannedColumn.TokenSearch;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.transaction.SnapshotConnections;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table once and finds the rows that hold keys, identifiers or values of people. The rows of a table that inherits are read there,
 * where the roles of both tables are known. Needs a transaction of one snapshot: the places
 * of rows change otherwise.
 */
public final class TableScanner {

    /** Types whose values are no keys: truths, moments, shapes and spans. */
    private static final Set<Character> NO_KEYS = Set.of('B', 'D', 'G', 'T');

    private static final Pattern NUMBER = Pattern.compile("[0-9.eE+-]+");

    private final SnapshotConnections connections;
    private final RowStream stream;
    private final PersonTerms terms;
    private final ProgressListener progress;
    private @Nullable TableParts parts;

    /** @param progress told of the parts of large tables */
    public TableScanner(SnapshotConnections connections, PersonTerms terms, ProgressListener progress) {
        this.connections = connections;
        this.progress = progress;
        this.stream = new RowStream(connections.first());
        this.terms = terms;
    }

    /** Reads on one connection only, without progress. */
    public TableScanner(Connection connection, PersonTerms terms) {
        this(new SnapshotConnections(connection, null), terms, ProgressListener.NONE);
    }

    /**
     * @param skipped columns that are told by links
     * @param keyLike columns of which nothing but their values says that they hold keys
     */
    public TableHits scan(Table table, List<Column> skipped, List<Column> keyLike) throws SQLException {
        List<ScannedColumn> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            if (!skipped.contains(column)) {
                ScannedColumn scanned = scanned(table, column, keyLike.contains(column));
                if (scanned.isSearched()) {
                    columns.add(scanned);
                }
            }
        }
        if (columns.isEmpty()) {
            return TableHits.NONE;
        }
        List<SqlFragment> selects = parts().of(table).stream()
                .map(part -> select(table, columns, part))
                .toList();
        List<Connection> readers = selects.size() == 1 ? List.of(connections.first()) : connections.all();
        PartProgress read = new PartProgress(table.name() + " in parts", selects.size());
        return new PartedScan(readers, () -> new HitCollector(columns, terms), read::next).read(selects);
    }

    /** Tells how many parts of a large table were read. */
    private final class PartProgress {

        private final String what;
        private final int parts;
        private int done;

        PartProgress(String what, int parts) {
            this.what = what;
            this.parts = parts;
        }

        synchronized void next() {
            done++;
            if (parts > 1) {
                progress.at("looking through " + what, done, parts);
            }
        }
    }

    private TableParts parts() throws SQLException {
        if (parts == null) {
            parts = TableParts.read(connections.first());
        }
        return parts;
    }

    /**
     * Looks once more at rows of which one column held terms of several people, or before they were erased. Of a foreign table, whose rows
     * have no place, it reads all.
     *
     * @param rows true for these rows, in batches
     * @return those that hold a term of this kind
     */
    public RowIds scanAgain(Table table, Column column, TermKind kind, List<SqlFragment> rows) throws SQLException {
        RowIds found = new RowIds();
        ScannedColumn read = scanned(table, column, true);
        boolean foreign = table.kind() == Table.RelationKind.FOREIGN;
        for (SqlFragment batch : foreign ? List.of(SqlFragment.of("TRUE")) : rows) {
            HitCollector hits = new HitCollector(List.of(read), terms);
            stream.read(select(table, List.of(read), batch), hits);
            hits.result().columns().stream()
                    .filter(each -> each.kind() == kind)
                    .forEach(each -> found.addAll(each.rows()));
        }
        return found;
    }

    /** Says why the role cannot read all rows of a table, where it cannot. */
    public static Optional<String> unreadable(Table table) {
        boolean readable = table.rights().select()
                && table.rights().schemaUsage()
                && table.rights().bypassesRowSecurity();
        return readable
                ? Optional.empty()
                : Optional.of(
                        table.name() + " could not be read: the role lacks the right, or row security hides rows");
    }

    /** Whether a column is looked through at all. */
    public boolean looksThrough(Table table, Column column) {
        return scanned(table, column, false).isSearched();
    }

    private ScannedColumn scanned(Table table, Column column, boolean keyLike) {
        KeyColumns keys = terms.columns();
        boolean any = !terms.keys().isEmpty();
        boolean named = any && keys.saysKey(table, column);
        if (ColumnHeuristics.freeForm(column)) {
            boolean texts = column.type().isText() || column.type().isArray();
            boolean text = any && texts && keys.saysText(table, column);
            return ScannedColumn.of(column, named || text, TokenSearch.ALL);
        }
        boolean telling = !terms.telling().isEmpty();
        if (named || keyLike || telling && keys.hasTypeOfKey(column)) {
            return ScannedColumn.of(column, true, TokenSearch.NONE);
        }
        boolean number =
                column.type().category() == 'N' && terms.telling().stream().noneMatch(NUMBER.asMatchPredicate());
        boolean tokens = telling && !number && !NO_KEYS.contains(column.type().category());
        return ScannedColumn.of(column, false, tokens ? TokenSearch.TELLING_KEYS : TokenSearch.NONE);
    }

    private static SqlFragment select(Table table, List<ScannedColumn> columns, SqlFragment rows) {
        String place = table.kind() == Table.RelationKind.FOREIGN ? "NULL, NULL" : "tableoid, ctid";
        return SqlTemplate.of("SELECT {place}, {values} FROM {only}{table} WHERE {rows}")
                .fragment("place", place)
                .fragments(
                        "values",
                        ", ",
                        columns.stream().map(ScannedColumn::value).toList())
                .fragment("only", table.kind() == Table.RelationKind.ORDINARY ? "ONLY " : "")
                .fragment("table", table.name().quoted())
                .fragment("rows", rows)
                .toFragment();
    }
}
