package dev.exeunt.internal.due;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.erase.Receipt;
import dev.exeunt.internal.enforce.OwnWrites;
import dev.exeunt.internal.hide.OrphanedStashRows;
import dev.exeunt.internal.hold.HeldPeople;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestTable;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Refuses an erasure without a request while one is open, and forgets the people's requests afterwards. In the
 * transaction of the erasure.
 */
public final class DirectErasure {

    private final Connection connection;
    private final Plan plan;
    private final List<SubjectKey> people;

    public DirectErasure(Connection connection, Plan plan, List<SubjectKey> people) {
        this.connection = connection;
        this.plan = plan;
        this.people = people;
    }

    /**
     * That nothing of these people's is out of its tables, and will not be until the transaction ends.
     *
     * @throws ExeuntException where one of them has an open request
     */
    public void requireNoOpenRequests(Duration lockWait) throws SQLException {
        if (!RequestTable.inUse(connection)) {
            return;
        }
        SqlRunner.call(
                connection,
                SqlTemplate.of("SELECT pg_catalog.set_config('lock_timeout', :milliseconds, true)")
                        .bind("milliseconds", Long.toString(lockWait.toMillis()))
                        .toFragment());
        new SubjectFinder(connection, plan.subject()).lock(people);
        if (new RequestTable(connection, plan.subject().kind()).anyOpen(people)) {
            throw new ExeuntException("Nothing was erased: "
                    + (people.size() == 1 ? "the person has" : "one of these people has")
                    + " an open request, and part of their data may be hidden outside its tables. Let it run its course"
                    + " (exeunt status KEY), or take it back first: exeunt cancel KEY, exeunt reactivate KEY.");
        }
    }

    /**
     * That no legal hold keeps one of these people from being erased. Call it after {@link #requireNoOpenRequests}, which locks them.
     *
     * @throws ExeuntException where a hold does
     */
    public void requireNoHold(Instant now) throws SQLException {
        if (RequestTable.inUse(connection)) {
            HeldPeople.requireNone(connection, plan, people, now);
        }
    }

    /**
     * Deletes what other people's requests have moved out of its tables of these people, and the people's keys where they stand with
     * requests.
     *
     * @param key without it erased people are not known afterwards by what still names them
     */
    public void forgetPeople(@Nullable HashKey key, Instant now, Receipt receipt) throws SQLException {
        if (RequestTable.inUse(connection)) {
            new OrphanedStashRows(connection, List.of()).erase(plan, people, null);
            new ErasureAftermath(connection, plan, key).follow(people, now, receipt);
            OwnWrites.enterErased(
                    connection, people.stream().map(SubjectKey::parts).toList());
        }
    }
}
