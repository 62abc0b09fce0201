package dev.exeunt.internal.flow;

import dev.exeunt.internal.entry.SqlRequestQueue;
import dev.exeunt.internal.entry.SqlRequestTable;
import dev.exeunt.internal.entry.SqlRequestTable.SqlRefusal;
import dev.exeunt.internal.entry.SqlRequestTable.SqlRequest;
import dev.exeunt.internal.entry.SqlRequestTable.WithdrawnRequest;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.RequestRefusedException;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Submits and withdraws the requests to leave that people made in SQL. */
final class SqlRequestIntake implements SqlRequestQueue.SqlRequestHandler {

    private final LifecycleContext context;
    private @Nullable RuntimeException failure;

    private SqlRequestIntake(LifecycleContext context) {
        this.context = context;
    }

    /** Ends first what people took back, so that a new request of the same person is not taken for the old one. */
    static int carryOut(LifecycleContext context) {
        SqlRequestIntake intake = new SqlRequestIntake(context);
        int ended = intake.withdrawAll();
        int done = ended + new SqlRequestQueue(context).carryOut(false, intake);
        if (intake.failure != null) {
            throw intake.failure;
        }
        return done;
    }

    private int withdrawAll() {
        List<WithdrawnRequest> withdrawn = RequestTransaction.runReadOnly(
                context,
                "looking for what was taken back in SQL",
                transaction -> new SqlRequestTable(transaction).findWithdrawn());
        return (int) withdrawn.stream().filter(this::withdraw).count();
    }

    private boolean withdraw(WithdrawnRequest request) {
        try {
            RequestWithdrawal.end(context, request);
            return true;
        } catch (RequestRefusedException e) {
            return false; // another worker or call ended it meanwhile
        } catch (RuntimeException e) {
            failure = failure == null ? e : failure; // tried again with the next run; the others go on
            return false;
        }
    }

    @Override
    public boolean accept(RequestTransaction transaction, SqlRequest request) throws SQLException {
        AccountFlow flow = AccountFlow.of(request.kind()).orElseThrow();
        RequestSubmission submission = RequestSubmission.begin(transaction, flow);
        submission.lock(request.subject());
        if (!new SqlRequestTable(transaction).take(request.id())) {
            return false;
        }
        NewRequest ask = new NewRequest(
                flow, "", Actor.SELF, request.reason(), request.typed(), request.acknowledged(), false, null);
        submission.ask(ask, request.subject());
        return true;
    }

    @Override
    public Optional<SqlRefusal> refusal(RuntimeException thrown) {
        return thrown instanceof RequestRefusedException refused
                ? Optional.of(new SqlRefusal(
                        refused.why().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                        String.valueOf(refused.getMessage()),
                        refused.obstacles()))
                : Optional.empty();
    }
}
