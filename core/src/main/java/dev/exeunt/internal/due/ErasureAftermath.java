package dev.exeunt.internal.due;

import dev.exeunt.HashKey;
import dev.exeunt.erase.Receipt;
import dev.exeunt.internal.hold.EndedHolds;
import dev.exeunt.internal.ledger.ErasureTombstones;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestAnonymizer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Does what follows the erasure of accounts, in its transaction: ends the people's exports, removes their keys from their requests
 * and legal holds, and records that they were erased.
 */
final class ErasureAftermath {

    private final Connection connection;
    private final Plan plan;
    private final @Nullable HashKey key;

    /**
     * @param plan by which the people were erased
     * @param key without it erased people are not known afterwards by what still names them
     */
    ErasureAftermath(Connection connection, Plan plan, @Nullable HashKey key) {
        this.connection = connection;
        this.plan = plan;
        this.key = key;
    }

    /** @param receipt of the erasure */
    void follow(List<SubjectKey> people, Instant now, Receipt receipt) throws SQLException {
        new RequestAnonymizer(connection, plan.subject().kind()).anonymize(people, now);
        EndedHolds.forget(connection, plan.subject().kind(), people, UUID.fromString(receipt.receipt()), now);
        if (key != null) {
            boolean rowStays = !plan.role(plan.self()).orElseThrow().deletes();
            new ErasureTombstones(connection, key, plan.subject().kind()).add(people, now, rowStays);
        }
    }
}
