package dev.exeunt.internal.entry;

import dev.exeunt.internal.entry.SqlRequestTable.SqlRefusal;
import dev.exeunt.internal.entry.SqlRequestTable.SqlRequest;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.transaction.ReusableConnection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what people asked for in SQL, each in a transaction of its own that takes it off the list. A request that is refused stays
 * on the list with the reason. A request that fails is tried again later, and does not stop the others.
 */
public final class SqlRequestQueue {

    private final LifecycleContext context;

    public SqlRequestQueue(LifecycleContext context) {
        this.context = context;
    }

    /** Carries out one kind of request. */
    public interface SqlRequestHandler {

        /** @return false where the request no longer waits: another worker took it, or the person took it back */
        boolean accept(RequestTransaction transaction, SqlRequest request) throws SQLException;

        /** Returns what an exception of {@link #accept} tells the person; empty where something failed. */
        Optional<SqlRefusal> refusal(RuntimeException thrown);
    }

    /**
     * Carries out what waits.
     *
     * @param exports whether the exports or the requests to leave
     * @return how many were accepted or refused
     * @throws RuntimeException of the first that failed, once all others are done
     */
    public int carryOut(boolean exports, SqlRequestHandler handler) {
        try (ReusableConnection session = new ReusableConnection(context.database())) {
            List<SqlRequest> waiting = inTransaction(session, transaction -> {
                SqlRequestTable table = new SqlRequestTable(transaction);
                table.removeOldRefusals();
                return table.findWaiting(exports);
            });
            int done = 0;
            RuntimeException first = null;
            for (SqlRequest request : waiting) {
                RuntimeException failure = tryToCarryOut(session, request, handler);
                done += failure == null ? 1 : 0;
                first = first == null ? failure : first;
            }
            if (first != null) {
                throw first;
            }
            return done;
        }
    }

    private @Nullable RuntimeException tryToCarryOut(
            ReusableConnection session, SqlRequest request, SqlRequestHandler handler) {
        try {
            inTransaction(session, transaction -> handler.accept(transaction, request));
            return null;
        } catch (RuntimeException e) {
            Optional<SqlRefusal> refusal = handler.refusal(e);
            inTransaction(session, transaction -> {
                SqlRequestTable table = new SqlRequestTable(transaction);
                if (refusal.isPresent()) {
                    table.refuse(request.id(), refusal.get());
                } else {
                    table.putOff(request);
                }
                return true;
            });
            return refusal.isPresent() ? null : e;
        }
    }

    private <T> T inTransaction(ReusableConnection session, RequestTransaction.RequestWork<T> work) {
        return RequestTransaction.runAndCommit(context, session, "carrying out what was asked for in SQL", work);
    }
}
