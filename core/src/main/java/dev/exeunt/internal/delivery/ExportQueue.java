package dev.exeunt.internal.delivery;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Adds export jobs to the scheduler's queue, in the transaction of the request. */
public final class ExportQueue {

    /** What workers know such a job by. */
    public static final String EXPORT = "export";

    private ExportQueue() {}

    static void add(RequestTransaction desk, UUID export) throws SQLException {
        SqlFragment insert = SqlFragment.of(
                "INSERT INTO exeunt.job (task_name, task_instance, execution_time, picked, version)"
                        + " VALUES (?, ?, CAST(? AS timestamptz), FALSE, 1)",
                EXPORT,
                export.toString(),
                desk.now().toString());
        try (PreparedStatement statement = insert.prepare(desk.connection())) {
            statement.executeUpdate();
        }
    }
}
