package dev.exeunt.internal.request;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.request.RequestCount;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Counts requests by kind and state. */
public final class RequestCountQuery {

    private static final Duration REAPERS_OWN = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofDays(7);

    private RequestCountQuery() {}

    private static final String COUNT = """
            SELECT kind, state, count(*),
                count(*) FILTER (WHERE due_at < CAST(? AS timestamptz) AND state IN %1$s),
                count(*) FILTER (WHERE due_at >= CAST(? AS timestamptz) AND due_at < CAST(? AS timestamptz) AND state IN %1$s)
            FROM exeunt.request WHERE subject_kind = ? GROUP BY kind, state ORDER BY kind, state
            """;

    public static List<RequestCount> countAll(LifecycleContext setting) {
        return RequestTransaction.runReadOnly(setting, "counting requests", desk -> {
            SqlFragment count = SqlFragment.of(
                    COUNT.formatted(RequestTable.OPEN),
                    desk.now().minus(REAPERS_OWN).toString(),
                    desk.now().toString(),
                    desk.now().plus(SOON).toString(),
                    setting.kind().text());
            List<RequestCount> tallies = new ArrayList<>();
            try (PreparedStatement statement = count.prepare(desk.connection());
                    ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    tallies.add(read(row));
                }
            }
            return tallies;
        });
    }

    private static RequestCount read(ResultSet row) throws SQLException {
        return new RequestCount(row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5));
    }
}
