package dev.exeunt.internal.delivery;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.SQLException;
import java.util.UUID;

/** Adds export jobs to the scheduler's queue, in the transaction of the request. */
public final class ExportQueue {

    /** What workers know such a job by. */
    public static final String EXPORT = "export";

    private static final String INSERT = """
            INSERT INTO exeunt.job (task_name, task_instance, execution_time, picked, version)
            VALUES (:name, :export, :now, FALSE, 1)
            """;

    private ExportQueue() {}

    static void add(RequestTransaction transaction, UUID export) throws SQLException {
        SqlFragment insert = SqlTemplate.of(INSERT)
                .bind("name", EXPORT)
                .bind("export", export.toString())
                .bind("now", transaction.now())
                .toFragment();
        SqlRunner.update(transaction.connection(), insert);
    }
}
