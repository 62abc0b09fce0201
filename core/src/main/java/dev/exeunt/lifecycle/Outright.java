package dev.exeunt.lifecycle;

import dev.exeunt.ExeuntException;
import dev.exeunt.ledger.Fence;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.plan.Plan;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.reach.Subjects;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An erasure that nobody asked for by a request, on a database where people make requests: it leaves behind what one by request
 * does. In the transaction of the erasure.
 */
public final class Outright {

    private final Connection connection;
    private final Plan plan;
    private final List<SubjectKey> people;

    public Outright(Connection connection, Plan plan, List<SubjectKey> people) {
        this.connection = connection;
        this.plan = plan;
        this.people = people;
    }

    /**
     * That nothing of these people's is out of its tables, and will not be until the transaction ends.
     *
     * @throws ExeuntException where one of them has an open request
     */
    public void before(Duration lockWait) throws SQLException {
        if (!Requests.inUse(connection)) {
            return;
        }
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL lock_timeout = " + lockWait.toMillis());
        }
        new Subjects(connection, plan.subject()).lock(people);
        if (new Requests(connection).anyOpen(people)) {
            throw new ExeuntException("Nothing was erased: "
                    + (people.size() == 1 ? "the person has" : "one of these people has")
                    + " an open request, and part of their data may be hidden outside its tables. Let it run its course"
                    + " (exeunt status KEY), or take it back first: exeunt cancel KEY, exeunt reactivate KEY.");
        }
    }

    /** @param key without it erased people are not known afterwards by what still names them */
    public void after(@Nullable HashKey key, Instant now) throws SQLException {
        if (!Requests.inUse(connection)) {
            return;
        }
        Requests requests = new Requests(connection);
        requests.endExports(people, now);
        requests.forget(people);
        if (key != null) {
            boolean rowStays = !plan.role(plan.self()).orElseThrow().deletes();
            new Fence(connection, key).raise(people, now, rowStays);
        }
    }
}
