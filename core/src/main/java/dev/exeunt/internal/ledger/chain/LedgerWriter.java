package dev.exeunt.internal.ledger.chain;

import dev.exeunt.HashKey;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.ledger.AuditLog;
import dev.exeunt.internal.ledger.chain.LedgerEntry.HoldFacts;
import dev.exeunt.internal.ledger.chain.LedgerEntry.NumberOf;
import dev.exeunt.internal.ledger.chain.LedgerEntry.RequestFacts;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.ledger.LedgerSink.Entry;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Collects the ledger's entries of a transaction and appends them at its end. The lock on the end of the chain is then taken last, and held
 * for the commit only. Without a key it records nothing: no person can be erased without one.
 */
public final class LedgerWriter implements AuditLog.AuditListener {

    private static final String REQUESTS = """
            SELECT id, kind, subject, requested_at, soft_deleted_at, login_blocked_until, due_at, requested_by
            FROM exeunt.request WHERE id = ANY (:ids) AND subject IS NOT NULL ORDER BY id
            """;

    private final Connection connection;
    private final SubjectKind kind;
    private final @Nullable HashKey key;
    private final List<LedgerEntry> pending = new ArrayList<>();
    private boolean wroteWishes;

    public LedgerWriter(Connection connection, SubjectKind kind, @Nullable HashKey key) {
        this.connection = connection;
        this.kind = kind;
        this.key = key;
    }

    @Override
    public void appended(AuditEventType event, Instant at, List<UUID> requests, Actor actor) throws SQLException {
        Optional<LedgerEntryType> type = LedgerEntryType.of(event);
        if (type.isEmpty() || key == null || requests.isEmpty()) {
            return;
        }
        switch (type.get()) {
            case REQUESTED, INTENT -> readRequests(type.get(), at, requests, key);
            case WITHDRAWN, COMMITTED, ABORTED, HELD, RELEASED ->
                requests.forEach(r -> pending.add(
                        new LedgerEntry(type.get(), at, kind, NumberOf.REQUEST, r, null, null, null, key.id())));
        }
    }

    private void readRequests(LedgerEntryType type, Instant at, List<UUID> requests, HashKey by) throws SQLException {
        SqlRunner.forEach(
                connection, SqlTemplate.of(REQUESTS).bind("ids", requests).toFragment(), 0, row -> {
                    String subject = by.hashHex(kind.text(), SqlRunner.texts(row, "subject"));
                    UUID id = row.getObject("id", UUID.class);
                    pending.add(
                            new LedgerEntry(type, at, kind, NumberOf.REQUEST, id, subject, facts(row), null, by.id()));
                });
    }

    private static RequestFacts facts(ResultSet row) throws SQLException {
        return new RequestFacts(
                AccountFlow.of(row.getString("kind")).orElseThrow(),
                Objects.requireNonNull(SqlRunner.moment(row, "requested_at")),
                SqlRunner.moment(row, "soft_deleted_at"),
                SqlRunner.moment(row, "login_blocked_until"),
                Objects.requireNonNull(SqlRunner.moment(row, "due_at")),
                !row.getString("requested_by").equals(Actor.SELF.text()));
    }

    /**
     * Adds an entry of an erasure without a request.
     *
     * @param number of the erasure
     */
    public void add(LedgerEntryType type, Instant at, UUID number, LedgerSubject subject) {
        if (key != null) {
            pending.add(
                    new LedgerEntry(type, at, kind, subject.about(), number, subject.hash(key), null, null, key.id()));
        }
    }

    /**
     * Adds that a legal hold was placed or released.
     *
     * @param subject the parts of the person's key
     * @param facts null of one that was released
     */
    public void addHold(LedgerEntryType type, Instant at, UUID hold, List<String> subject, @Nullable HoldFacts facts) {
        if (key != null) {
            String hash = key.hashHex(kind.text(), subject);
            pending.add(new LedgerEntry(type, at, kind, NumberOf.HOLD, hold, hash, null, facts, key.id()));
        }
    }

    /**
     * Appends what was collected. Call it as the last statement before the commit.
     *
     * @param copy knows how far the ledger had come
     * @throws dev.exeunt.ledger.LedgerException where the database has been restored from a backup meanwhile
     */
    public void write(LedgerCopy copy) throws SQLException {
        if (pending.isEmpty() || key == null) {
            return;
        }
        LedgerTable table = new LedgerTable(connection);
        table.lock();
        Optional<Entry> last = table.last();
        long position = last.map(Entry::position).orElse(0L);
        copy.requireNotRestored(position);
        String mac = last.map(Entry::mac).orElse(LedgerChain.START);
        List<Entry> entries = new ArrayList<>();
        for (LedgerEntry each : pending) {
            String text = each.text();
            mac = LedgerChain.mac(key, mac, ++position, text);
            entries.add(new Entry(position, mac, text));
        }
        table.append(entries);
        wroteWishes = pending.stream().anyMatch(e -> e.type().isWish());
        pending.clear();
    }

    /** Whether it has written what a person wants, which a restore would lose until the next copy is made. */
    public boolean wroteWishes() {
        return wroteWishes;
    }
}
