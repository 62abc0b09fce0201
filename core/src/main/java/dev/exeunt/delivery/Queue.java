package dev.exeunt.delivery;

import dev.exeunt.lifecycle.Desk;
import dev.exeunt.postgres.Fragment;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;

/** Puts exports into the queue that workers take them from, in the transaction of the request: both are there, or neither. */
public final class Queue {

    /** What workers know such a job by. */
    public static final String EXPORT = "export";

    private Queue() {}

    static void add(Desk desk, UUID export) throws SQLException {
        Fragment insert = Fragment.of(
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
