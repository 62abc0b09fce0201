package dev.exeunt.internal.sample;

import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.draft.model.SampledShare;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.sample.PlaceCounts.ContentCounts;
import dev.exeunt.internal.sample.PlaceCounts.PersonMatch;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TableSample;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Samples one table at a time. What PostgreSQL refuses or does not finish in time becomes a sentence, and the next table is sampled all
 * the same.
 */
final class TableSampler {

    /** A sample with fewer rows than this says nothing of a table that was taken for a large one. */
    private static final int FEW = 100;

    private final Connection connection;
    private final Map<TableName, PlannedTable> planned = new HashMap<>();
    private final SampleSql sql;
    private final OwnRowSql own;
    private final List<String> notes = new ArrayList<>();

    TableSampler(Connection connection, BoundMap bound) {
        this.connection = connection;
        this.sql = new SampleSql(bound.subject());
        this.own = new OwnRowSql(bound);
        bound.tablesWithInheriting().forEach(t -> planned.putIfAbsent(t.name(), t));
    }

    /** Makes the transaction one that only reads, and limits the time of each statement. */
    void begin(Duration timeout) throws SQLException {
        SqlRunner.call(
                connection,
                SqlTemplate.of("""
                        SELECT pg_catalog.set_config('transaction_read_only', 'on', true),
                            pg_catalog.set_config('statement_timeout', :timeout, true),
                            pg_catalog.set_config('jit', 'off', true)""")
                        .bind("timeout", Long.toString(timeout.toMillis()))
                        .toFragment());
    }

    /** What could not be sampled. */
    List<String> notes() {
        return notes;
    }

    /** Returns the counts of the table's places; none where there is nothing to tell, or the table could not be sampled. */
    List<PlaceCounts> sample(Table table) throws SQLException {
        List<SampledPlace> places = SampledPlace.of(table);
        if (places.isEmpty()) {
            return List.of();
        }
        Optional<String> why = unreadable(table);
        if (why.isPresent()) {
            notes.add(why.get());
            return List.of();
        }
        return attempt(table, () -> read(table, places));
    }

    /** Returns for each condition how many sampled rows it is true for; nothing where the table could not be sampled. */
    List<SampledShare> shares(Table table, List<SqlFragment> conditions) throws SQLException {
        if (conditions.isEmpty() || unreadable(table).isPresent()) {
            return List.of(); // sampling the same table has said why
        }
        return attempt(table, () -> count(table, conditions));
    }

    private static Optional<String> unreadable(Table table) {
        if (!table.rights().select() || !table.rights().schemaUsage()) {
            return Optional.of(table.name() + " could not be sampled: the role may not read it.");
        }
        return table.rights().bypassesRowSecurity()
                ? Optional.empty()
                : Optional.of(table.name() + " could not be sampled: row security hides rows from the role.");
    }

    private List<SampledShare> count(Table table, List<SqlFragment> conditions) throws SQLException {
        SqlFragment counts = conditions.stream()
                .map(c -> SqlTemplate.of("pg_catalog.count(*) FILTER (WHERE {condition})")
                        .fragment("condition", c)
                        .toFragment())
                .collect(SqlFragment.joining(", "));
        String blocks = TableSample.clause(table, 1.1 * SampledRows.LIMIT);
        SqlFragment sql = SqlTemplate.of("""
                        SELECT pg_catalog.count(*), {counts}
                          FROM (SELECT * FROM {table} {blocks} LIMIT {limit}) AS exeunt_t""")
                .fragment("counts", counts)
                .fragment("table", table.name().quoted())
                .fragment("blocks", blocks)
                .fragment("limit", Integer.toString(SampledRows.LIMIT))
                .toFragment();
        return SqlRunner.one(connection, sql, row -> {
            List<SampledShare> shares = new ArrayList<>();
            long of = row.getLong(1);
            for (int i = 0; i < conditions.size(); i++) {
                shares.add(new SampledShare(row.getLong(i + 2), of, blocks.isEmpty() && of < SampledRows.LIMIT));
            }
            return shares;
        });
    }

    /** Reads a sample of one table. */
    private interface SampleReader<T> {
        List<T> read() throws SQLException;
    }

    private <T> List<T> attempt(Table table, SampleReader<T> reader) throws SQLException {
        Savepoint before = connection.setSavepoint();
        try {
            List<T> counts = reader.read();
            connection.releaseSavepoint(before);
            return counts;
        } catch (SQLException e) {
            DatabaseException refused = DatabaseException.of(e, "sampling " + table.name());
            if (connection.isClosed() || refused.sqlState().startsWith("08")) {
                throw e;
            }
            connection.rollback(before);
            notes.add(table.name() + " could not be sampled: " + refused.getMessage());
            return List.of();
        }
    }

    private List<PlaceCounts> read(Table table, List<SampledPlace> places) throws SQLException {
        Optional<PlannedTable> known = Optional.ofNullable(planned.get(table.name()));
        SqlFragment owned = known.map(t -> own.of(t, "exeunt_r")).orElse(SqlFragment.of("FALSE"));
        SampledRows rows = SampledRows.of(table, places, known);
        if (!rows.blocks().isEmpty() && rowsIn(rows) < FEW) {
            rows = rows.fromTheBeginning();
        }
        Map<List<Object>, PlaceCounts> counts = new LinkedHashMap<>();
        SqlRunner.forEach(connection, sql.of(rows, places, owned), 0, row -> {
            SampledPlace place = places.get(row.getInt("place"));
            PlaceCounts one = counts(place, row);
            List<Object> at = List.of(place.number(), one.path(), one.names());
            counts.merge(at, one, PlaceCounts::withMatchesOf);
        });
        return List.copyOf(counts.values());
    }

    private long rowsIn(SampledRows rows) throws SQLException {
        return SqlRunner.count(
                connection,
                SqlTemplate.of("SELECT pg_catalog.count(*) FROM (SELECT FROM {table} {blocks} LIMIT {few}) AS exeunt_t")
                        .fragment("table", rows.table().quoted())
                        .fragment("blocks", rows.blocks())
                        .fragment("few", Integer.toString(FEW))
                        .toFragment());
    }

    private static PlaceCounts counts(SampledPlace place, ResultSet row) throws SQLException {
        List<PersonMatch> matches = new ArrayList<>();
        int identifier = row.getInt("kind");
        if (!row.wasNull()) {
            matches.add(new PersonMatch(
                    identifier, row.getLong("matched"), row.getLong("telling"), row.getBoolean("spread")));
        }
        ContentCounts content = new ContentCounts(
                row.getLong("emails"), row.getLong("phones"), row.getLong("digits"), row.getLong("addresses"));
        return new PlaceCounts(
                place,
                row.getString("shown"),
                row.getBoolean("named"),
                row.getLong("total"),
                row.getLong("different"),
                content,
                matches);
    }
}
