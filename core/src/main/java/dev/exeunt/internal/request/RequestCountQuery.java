package dev.exeunt.internal.request;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.request.AccountRequests.RequestCount;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** Counts requests by kind and state. */
public final class RequestCountQuery {

    private static final Duration REAPERS_OWN = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofDays(7);

    private RequestCountQuery() {}

    private static final String COUNT = """
            SELECT kind, {state} AS shown, count(*),
                count(*) FILTER (WHERE due_at < :overdue AND state IN {open} AND held_at IS NULL),
                count(*) FILTER (WHERE due_at >= :now AND due_at < :soon AND state IN {open})
            FROM exeunt.request WHERE subject_kind = :kind GROUP BY kind, shown ORDER BY kind, shown
            """;

    public static List<RequestCount> countAll(LifecycleContext context) {
        return RequestTransaction.runReadOnly(context, "counting requests", transaction -> {
            SqlFragment count = SqlTemplate.of(COUNT)
                    .bind("overdue", transaction.now().minus(REAPERS_OWN))
                    .bind("now", transaction.now())
                    .bind("soon", transaction.now().plus(SOON))
                    .fragment("open", RequestRow.OPEN)
                    .fragment("state", RequestRow.STAFF_STATE)
                    .bind("kind", context.kind().text())
                    .toFragment();
            return SqlRunner.list(transaction.connection(), count, RequestCountQuery::read);
        });
    }

    private static RequestCount read(ResultSet row) throws SQLException {
        return new RequestCount(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }
}
