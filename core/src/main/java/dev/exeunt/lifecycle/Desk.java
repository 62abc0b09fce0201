package dev.exeunt.lifecycle;

import dev.exeunt.ledger.Events;
import dev.exeunt.ledger.Fence;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.map.Flow;
import dev.exeunt.plan.PlannedSubject;
import dev.exeunt.postgres.DatabaseException;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.LockWatch;
import dev.exeunt.postgres.Quote;
import dev.exeunt.postgres.SearchPath;
import dev.exeunt.postgres.Session;
import dev.exeunt.postgres.Transaction;
import dev.exeunt.postgres.TransactionSettings;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.store.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** One transaction in which something happens to a request: its connection, its moment, the rows it writes to. */
public final class Desk {

    private final Setting setting;
    private final Connection connection;
    private final int process;
    private final Instant now;

    private Desk(Setting setting, Connection connection, int process, Instant now) {
        this.setting = setting;
        this.connection = connection;
        this.process = process;
        this.now = now;
    }

    /** What is done at a desk. */
    public interface Work<T> {
        T at(Desk desk) throws SQLException;
    }

    /** Committed, or after any exception as if it had never been. */
    public static <T> T committed(Setting setting, String doing, Work<T> work) {
        try (Session session = new Session(setting.database())) {
            return committed(setting, session, doing, work);
        }
    }

    /** The same in a session that has done something before, and will do more. */
    static <T> T committed(Setting setting, Session session, String doing, Work<T> work) {
        return session.committed(doing, connection -> {
            Desk desk = open(setting, connection, session.used());
            try (LockWatch watch = LockWatch.over(desk.process, setting.database())) {
                try {
                    T result = work.at(desk);
                    SearchPath.toRole(connection); // deferred triggers of the application run when this commits
                    return result;
                } catch (SQLException e) {
                    throw watch.explain(DatabaseException.of(e, doing));
                } catch (DatabaseException e) {
                    throw watch.explain(e);
                }
            }
        });
    }

    /** Only looks. */
    public static <T> T looking(Setting setting, String doing, Work<T> work) {
        return Transaction.rolledBack(
                setting.database(), doing, connection -> work.at(open(setting, connection, false)));
    }

    /**
     * The moment is the database's, whose clock all instances share; an injected clock is told to the database for the transaction.
     *
     * @param known that the tables are those this program knows
     */
    private static Desk open(Setting setting, Connection connection, boolean known) throws SQLException {
        Clock clock = setting.clock();
        Fragment opening = Fragment.of(
                        "SELECT " + (known ? "NULL" : Migrations.VERSION) + ", pg_catalog.pg_backend_pid(), ")
                .plus(
                        clock.equals(Clock.systemUTC())
                                ? Fragment.of("exeunt.clock()")
                                : Fragment.of(
                                        "pg_catalog.set_config('exeunt.clock', ?, true)::pg_catalog.timestamptz",
                                        clock.instant()
                                                .truncatedTo(ChronoUnit.MICROS)
                                                .toString()))
                .plus(", " + TransactionSettings.ALL + ", pg_catalog.set_config('lock_timeout', '"
                        + setting.lockWait().toMillis() + "', true)");
        try (PreparedStatement statement = opening.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            row.next();
            if (!known) {
                Migrations.require(row.getString(1));
            }
            Instant now = row.getObject(3, OffsetDateTime.class).toInstant();
            return new Desk(setting, connection, row.getInt(2), now);
        } catch (SQLException e) {
            Migrations.refuseMissing(e);
            throw e;
        }
    }

    public Setting setting() {
        return setting;
    }

    public Connection connection() {
        return connection;
    }

    public Instant now() {
        return now;
    }

    Requests requests() {
        return new Requests(connection);
    }

    public Events events() {
        return new Events(connection);
    }

    /** Whether the erasure of the person's account is under way. */
    public boolean erasing(SubjectKey subject) throws SQLException {
        return requests().standing(subject).stream()
                .anyMatch(r -> r.state() == RequestState.ERASING && r.flow() != Flow.DELETE_DATA);
    }

    /**
     * As {@link #lock}; whoever asks for something in a person's name has to wait so, and to give up where it was in vain.
     *
     * @return false where the account was erased, be it while this waited: the key is nobody's, or soon somebody else's
     */
    public boolean lockUnlessErased(SubjectKey subject) throws SQLException {
        HashKey key = setting.key();
        return lock(subject)
                && (key == null
                        || new Fence(connection, key)
                                .of(subject)
                                .filter(Fence.Erased::rowStays)
                                .isEmpty());
    }

    /**
     * Locks the person's own row, so that of two who act for them one waits for the other.
     *
     * @return whether there is one
     */
    public boolean lock(SubjectKey subject) throws SQLException {
        PlannedSubject person = setting.subject();
        Fragment select = Fragment.of("SELECT FROM " + person.table().name().quoted() + " WHERE TRUE");
        for (int i = 0; i < person.key().size(); i++) {
            select = select.plus(Fragment.of(
                    " AND " + Quote.identifier(person.key().get(i).name()) + " "
                            + person.key().get(i).type().equality() + " CAST(? AS "
                            + person.key().get(i).type().quotedBase() + ")",
                    subject.parts().get(i)));
        }
        try (PreparedStatement statement = select.plus(" FOR UPDATE").prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }
}
