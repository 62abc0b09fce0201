package dev.exeunt.internal.gate;

import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.request.SubjectCondition;
import dev.exeunt.request.Request;
import java.sql.SQLException;
import java.util.List;

/** Finds and lifts login blocks. A block may hold longer than its request is open. */
public final class LoginBlocks {

    private LoginBlocks() {}

    /** Finds what decides about the person's access: open requests, and requests that were taken back whose login block still holds. */
    static List<Request> findDeciding(RequestTransaction transaction, SubjectKey subject) throws SQLException {
        return SqlRunner.list(
                transaction.connection(),
                SqlTemplate.of("""
                                SELECT {columns} FROM exeunt.request
                                WHERE {subject} AND kind <> 'export'
                                    AND (state IN {open} OR login_blocked_until > :now AND state IN {withdrawn})
                                ORDER BY requested_at DESC, id""")
                        .fragment("columns", RequestRow.COLUMNS)
                        .fragment(
                                "subject",
                                SubjectCondition.is(transaction.context().kind(), subject))
                        .fragment("open", RequestRow.OPEN)
                        .bind("now", transaction.now())
                        .fragment("withdrawn", RequestRow.WITHDRAWN)
                        .toFragment(),
                RequestRow::read);
    }

    /** Ends the login block of a request now. */
    public static void lift(RequestTransaction transaction, Request request) throws SQLException {
        SqlRunner.update(
                transaction.connection(),
                SqlTemplate.of("""
                        UPDATE exeunt.request SET login_blocked_until = :now WHERE id = :id AND login_blocked_until > :since""")
                        .bind("now", transaction.now())
                        .bind("id", request.id())
                        .bind("since", transaction.now())
                        .toFragment());
    }
}
