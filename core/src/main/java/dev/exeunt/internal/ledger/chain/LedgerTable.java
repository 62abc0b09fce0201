package dev.exeunt.internal.ledger.chain;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.ledger.LedgerSink.Entry;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Reads and appends the rows of exeunt.ledger. */
public final class LedgerTable {

    /** Rows that the driver fetches at once. */
    private static final int FETCH = 5_000;

    private static final String COLUMNS =
            "SELECT position, pg_catalog.encode(mac, 'hex') AS mac, entry FROM exeunt.ledger";

    private final Connection connection;

    public LedgerTable(Connection connection) {
        this.connection = connection;
    }

    /** Whether the table is there: an erasure by itself needs none. */
    public boolean inUse() throws SQLException {
        return SqlRunner.isTrue(
                connection, SqlFragment.of("SELECT pg_catalog.to_regclass('exeunt.ledger') IS NOT NULL"));
    }

    /** Makes other transactions wait that want to append, until this one ends. */
    void lock() throws SQLException {
        SqlRunner.call(connection, advisoryLock("exeunt ledger"));
    }

    /** Makes other instances wait that want to copy, until this transaction ends. */
    void lockCopy() throws SQLException {
        SqlRunner.call(connection, advisoryLock("exeunt ledger copy"));
    }

    private static SqlFragment advisoryLock(String name) {
        return SqlTemplate.of("SELECT pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtextextended(:name, 0))")
                .bind("name", name)
                .toFragment();
    }

    public Optional<Entry> last() throws SQLException {
        return SqlRunner.first(
                connection, SqlFragment.of(COLUMNS + " ORDER BY position DESC LIMIT 1"), LedgerTable::entry);
    }

    public Optional<Entry> at(long position) throws SQLException {
        SqlFragment select = SqlTemplate.of(COLUMNS + " WHERE position = :position")
                .bind("position", position)
                .toFragment();
        return SqlRunner.first(connection, select, LedgerTable::entry);
    }

    /** Hands over each entry behind this position, in order. */
    public void read(long after, Consumer<Entry> entries) throws SQLException {
        SqlFragment select = SqlTemplate.of(COLUMNS + " WHERE position > :after ORDER BY position")
                .bind("after", after)
                .toFragment();
        SqlRunner.forEach(connection, select, FETCH, row -> entries.accept(entry(row)));
    }

    /** Appends entries whose hashes are made. */
    public void append(List<Entry> entries) throws SQLException {
        SqlFragment insert = SqlTemplate.of("""
                        INSERT INTO exeunt.ledger (position, mac, entry)
                        SELECT p, pg_catalog.decode(m, 'hex'), e
                        FROM ROWS FROM (
                            pg_catalog.unnest(:positions::pg_catalog.int8[]),
                            pg_catalog.unnest(:macs::pg_catalog.text[]),
                            pg_catalog.unnest(:entries::pg_catalog.text[])) AS l(p, m, e)""")
                .bind(
                        "positions",
                        entries.stream().map(e -> Long.toString(e.position())).toArray(String[]::new))
                .bind("macs", entries.stream().map(Entry::mac).toArray(String[]::new))
                .bind("entries", entries.stream().map(Entry::text).toArray(String[]::new))
                .toFragment();
        SqlRunner.update(connection, insert);
    }

    private static Entry entry(ResultSet row) throws SQLException {
        return new Entry(row.getLong("position"), row.getString("mac"), row.getString("entry"));
    }
}
