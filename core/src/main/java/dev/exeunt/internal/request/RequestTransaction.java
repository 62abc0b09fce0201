package dev.exeunt.internal.request;

import dev.exeunt.HashKey;
import dev.exeunt.database.DatabaseException;
import dev.exeunt.internal.hide.IdentifierRedaction;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.ledger.AuditLog;
import dev.exeunt.internal.ledger.ErasureTombstones;
import dev.exeunt.internal.ledger.chain.LedgerWriter;
import dev.exeunt.internal.outbox.OutboxWriter;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.CustomSettings;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.KeyPredicate;
import dev.exeunt.internal.store.Migrations;
import dev.exeunt.internal.transaction.LockHolderWatch;
import dev.exeunt.internal.transaction.ReusableConnection;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Runs work on requests in one transaction, with its connection, time and audit log. */
public final class RequestTransaction {

    private static final String OPENING = """
            SELECT {version} AS version, pg_catalog.pg_backend_pid() AS process, {now} AS now, {settings},
                pg_catalog.set_config('lock_timeout', :lockWait, true)
            """;

    private final LifecycleContext context;
    private final Connection connection;
    private final int process;
    private final Instant now;
    private final OutboxWriter outbox;
    private final LedgerWriter ledger;

    private RequestTransaction(LifecycleContext context, Connection connection, int process, Instant now) {
        this.context = context;
        this.connection = connection;
        this.process = process;
        this.now = now;
        this.outbox = new OutboxWriter(
                connection,
                context.subject(),
                context.key(),
                context.map().lifecycle().external());
        this.ledger = new LedgerWriter(connection, context.kind(), context.key());
    }

    /** Runs inside a request transaction and returns a result. */
    public interface RequestWork<T> {
        T run(RequestTransaction transaction) throws SQLException;
    }

    /** Committed, or after any exception as if it had never been. */
    public static <T> T runAndCommit(LifecycleContext context, String doing, RequestWork<T> work) {
        try (ReusableConnection session = new ReusableConnection(context.database())) {
            return runAndCommit(context, session, doing, work);
        }
    }

    /** The same in a session that has done something before, and will do more. */
    public static <T> T runAndCommit(
            LifecycleContext context, ReusableConnection session, String doing, RequestWork<T> work) {
        context.ledger().requireOpen();
        AtomicBoolean wishes = new AtomicBoolean();
        T done = session.committed(doing, connection -> {
            RequestTransaction transaction = open(context, connection, session.used());
            try (LockHolderWatch watch = LockHolderWatch.over(transaction.process, context.database())) {
                try {
                    T result = work.run(transaction);
                    transaction.outbox.write();
                    transaction.ledger.write(context.ledger());
                    wishes.set(transaction.ledger.wroteWishes());
                    SearchPath.toRole(connection); // deferred triggers of the application run when this commits
                    return result;
                } catch (SQLException e) {
                    throw watch.explain(DatabaseException.of(e, doing));
                } catch (DatabaseException e) {
                    throw watch.explain(e);
                }
            }
        });
        if (wishes.get()) {
            context.ledger().look(session);
        }
        return done;
    }

    /** Only looks. */
    public static <T> T runReadOnly(LifecycleContext context, String doing, RequestWork<T> work) {
        context.ledger().requireOpen();
        return Transaction.runAndRollBack(
                context.database(), doing, connection -> work.run(open(context, connection, false)));
    }

    /**
     * Opens a transaction at the moment of the database's clock, which all instances share. An injected clock is set in
     * the database for the transaction.
     *
     * @param known that the tables are those this program knows
     */
    private static RequestTransaction open(LifecycleContext context, Connection connection, boolean known)
            throws SQLException {
        SqlFragment opening = SqlTemplate.of(OPENING)
                .fragment("version", known ? "NULL" : Migrations.VERSION)
                .fragment("now", now(context.clock()))
                .fragment("settings", TransactionSettings.ALL)
                .bind("lockWait", Long.toString(context.lockWait().toMillis()))
                .toFragment();
        try {
            RequestTransaction opened = SqlRunner.one(connection, opening, row -> {
                if (!known) {
                    Migrations.require(row.getString("version"));
                }
                Instant now = row.getObject("now", OffsetDateTime.class).toInstant();
                return new RequestTransaction(context, connection, row.getInt("process"), now);
            });
            CustomSettings.apply(connection, context.map().settings());
            return opened;
        } catch (SQLException e) {
            Migrations.refuseMissing(e);
            throw e;
        }
    }

    private static SqlFragment now(Clock clock) {
        return clock.equals(Clock.systemUTC())
                ? SqlFragment.of("exeunt.clock()")
                : SqlTemplate.of("pg_catalog.set_config('exeunt.clock', :now, true)::pg_catalog.timestamptz")
                        .bind(
                                "now",
                                clock.instant().truncatedTo(ChronoUnit.MICROS).toString())
                        .toFragment();
    }

    public LifecycleContext context() {
        return context;
    }

    public Connection connection() {
        return connection;
    }

    public Instant now() {
        return now;
    }

    public RequestTable requests() {
        return new RequestTable(connection, context.kind());
    }

    public LeavingSubjects leaving() {
        return new LeavingSubjects(connection, context.kind());
    }

    public AuditLog events() {
        return new AuditLog(connection, context.kind(), (name, at, requests, actor) -> {
            outbox.appended(name, at, requests, actor);
            ledger.appended(name, at, requests, actor);
        });
    }

    /** The events for other systems, which are written when the work is done. */
    public OutboxWriter outbox() {
        return outbox;
    }

    /** The entries for the ledger, which are appended when the work is done. */
    public LedgerWriter ledger() {
        return ledger;
    }

    public ErasureTombstones tombstones(HashKey key) {
        return new ErasureTombstones(connection, key, context.kind());
    }

    /** Writes an audit event of now. A reason is kept only where staff give it, without the person's key and identifiers. */
    public void recordEvent(AuditEventType name, UUID request, Actor actor, @Nullable String reason)
            throws SQLException {
        String kept = reason == null || !actor.isStaff() ? null : redacted(request, reason);
        events().append(new AuditLog.AuditEvent(name, now, request, actor, kept));
    }

    private String redacted(UUID request, String reason) throws SQLException {
        Optional<SubjectKey> subject = requests().subject(request);
        if (subject.isEmpty()) {
            return reason; // the account is erased, and nothing tells what its key and identifiers were
        }
        List<UUID> open =
                requests().findOpen(subject.get()).stream().map(Request::id).toList();
        return new IdentifierRedaction(connection, context.subject()).redact(subject.get(), open, reason);
    }

    /** Whether the erasure of the person's account is under way. */
    public boolean isAccountErasureRunning(SubjectKey subject) throws SQLException {
        return requests().findOpen(subject).stream()
                .anyMatch(r -> r.state() == Request.State.ERASING && r.flow() != AccountFlow.DELETE_DATA);
    }

    /**
     * Locks the subject as {@link #lock} does, for a request in the person's name. The caller gives up on false.
     *
     * @return false if the account was erased, even while waiting for the lock; the key may have been reused
     */
    public boolean lockUnlessErased(SubjectKey subject) throws SQLException {
        HashKey key = context.key();
        return lock(subject)
                && (key == null
                        || tombstones(key)
                                .find(subject)
                                .filter(ErasureTombstones.ErasureTombstone::rowStays)
                                .isEmpty());
    }

    /**
     * Locks the person's own row, so that of two who act for them one waits for the other.
     *
     * @return whether there is one
     */
    public boolean lock(SubjectKey subject) throws SQLException {
        PlannedSubject person = context.subject();
        SqlFragment select = SqlTemplate.of("SELECT FROM {table} AS p WHERE {found} FOR UPDATE")
                .fragment("table", person.table().name().quoted())
                .fragment("found", KeyPredicate.bound("p", person.key(), subject.parts()))
                .toFragment();
        return SqlRunner.exists(connection, select);
    }
}
