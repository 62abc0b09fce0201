package dev.exeunt.lifecycle;

import dev.exeunt.ledger.Events;
import dev.exeunt.map.Flow;
import dev.exeunt.plan.PlannedSubject;
import dev.exeunt.postgres.DatabaseException;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.LockWatch;
import dev.exeunt.postgres.Quote;
import dev.exeunt.postgres.Session;
import dev.exeunt.postgres.TextForm;
import dev.exeunt.postgres.Transaction;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.store.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;

/** One transaction in which something happens to a request: its connection, its moment, the rows it writes to. */
public final class Desk {

    private final Setting setting;
    private final Connection connection;
    private final Instant now;

    private Desk(Setting setting, Connection connection, Instant now) {
        this.setting = setting;
        this.connection = connection;
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
            try (LockWatch watch = LockWatch.over(connection, setting.database())) {
                try {
                    return work.at(open(setting, connection));
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
        return Transaction.rolledBack(setting.database(), doing, connection -> work.at(open(setting, connection)));
    }

    private static Desk open(Setting setting, Connection connection) throws SQLException {
        Migrations.require(connection);
        try (Statement statement = connection.createStatement()) {
            statement.execute(TextForm.SETTINGS + "; SET LOCAL lock_timeout = "
                    + setting.lockWait().toMillis());
        }
        return new Desk(setting, connection, now(connection, setting.clock()));
    }

    /** By the database's clock, which all instances share; an injected one is told to the database for the transaction. */
    private static Instant now(Connection connection, Clock clock) throws SQLException {
        boolean system = clock.equals(Clock.systemUTC());
        Fragment select = system
                ? Fragment.of("SELECT exeunt.clock()")
                : Fragment.of(
                        "SELECT set_config('exeunt.clock', ?, true)::timestamptz",
                        clock.instant().truncatedTo(ChronoUnit.MICROS).toString());
        try (PreparedStatement statement = select.prepare(connection);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
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
        return requests().of(subject).stream()
                .anyMatch(r -> r.state() == RequestState.ERASING && r.flow() != Flow.DELETE_DATA);
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
                    " AND " + Quote.identifier(person.key().get(i).name()) + " = CAST(? AS "
                            + person.key().get(i).type().quotedBase() + ")",
                    subject.parts().get(i)));
        }
        try (PreparedStatement statement = select.plus(" FOR UPDATE").prepare(connection);
                ResultSet row = statement.executeQuery()) {
            return row.next();
        }
    }
}
