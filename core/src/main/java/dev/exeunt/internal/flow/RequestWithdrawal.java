package dev.exeunt.internal.flow;

import dev.exeunt.erase.RestoreResult;
import dev.exeunt.internal.due.HiddenLocators;
import dev.exeunt.internal.entry.SqlRequestTable.WithdrawnRequest;
import dev.exeunt.internal.gate.LoginBlocks;
import dev.exeunt.internal.guard.GuardEvaluator;
import dev.exeunt.internal.hide.HiddenRows;
import dev.exeunt.internal.hide.RowRestorer;
import dev.exeunt.internal.hide.SharedRestoredRows;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.map.LifecycleSettings.OfferedFlow;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestHiding;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests.WithdrawalResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Cancels a request or reactivates an account, and restores what the request hid. */
final class RequestWithdrawal {

    private final RequestTransaction transaction;
    private final DatabaseSchema schema;

    RequestWithdrawal(RequestTransaction transaction) {
        this.transaction = transaction;
        this.schema = SchemaReader.read(transaction.connection());
    }

    /** Takes back the strongest open request to delete. */
    static WithdrawalResult cancel(LifecycleContext context, String key, Actor actor, @Nullable String reason) {
        return back(
                context,
                key,
                new Withdrawal(Request.Transition.CANCEL, actor, reason),
                r -> r.flow() != AccountFlow.DEACTIVATE);
    }

    static WithdrawalResult reactivate(LifecycleContext context, String key, Actor actor, @Nullable String reason) {
        return back(
                context,
                key,
                new Withdrawal(Request.Transition.REACTIVATE, actor, reason),
                r -> r.flow() == AccountFlow.DEACTIVATE);
    }

    /** Ends a request that its person took back in SQL. */
    static void end(LifecycleContext context, WithdrawnRequest withdrawn) {
        RequestTransaction.runAndCommit(context, "taking a request back", transaction -> {
            AccountFlow flow =
                    transaction.requests().find(withdrawn.id()).orElseThrow().flow();
            Request.Transition transition =
                    flow == AccountFlow.DEACTIVATE ? Request.Transition.REACTIVATE : Request.Transition.CANCEL;
            return back(
                    transaction,
                    withdrawn.subject(),
                    new Withdrawal(transition, Actor.SELF, null),
                    r -> r.id().equals(withdrawn.id()));
        });
    }

    /** Holds what is done to a request, by whom and why. */
    private record Withdrawal(
            Request.Transition transition,
            Actor actor,
            @Nullable String reason) {}

    private static WithdrawalResult back(
            LifecycleContext context, String key, Withdrawal wanted, Predicate<Request> which) {
        wanted.actor().requireReason(wanted.reason());
        return RequestTransaction.runAndCommit(context, "taking a request back", transaction -> {
            SubjectKey subject = new SubjectFinder(transaction.connection(), context.subject()).resolveKey(key);
            return back(transaction, subject, wanted, which);
        });
    }

    private static WithdrawalResult back(
            RequestTransaction transaction, SubjectKey subject, Withdrawal wanted, Predicate<Request> which)
            throws SQLException {
        LifecycleContext context = transaction.context();
        new GuardEvaluator(transaction.connection(), context.subject()).lock(List.of(), context.guards());
        transaction.lock(subject);
        List<Request> open = transaction.requests().findOpenForUpdate(subject);
        Request request = open.stream()
                .filter(which)
                .reduce((weaker, stronger) -> stronger)
                .orElseThrow(() -> RequestRefusedException.of(
                        RequestRefusalReason.NOTHING_OPEN, "There is no open request of this person to take back."));
        if (context.map()
                .lifecycle()
                .offer(request.flow())
                .filter(OfferedFlow::blockEndsWithRequest)
                .isPresent()) {
            LoginBlocks.lift(transaction, request);
        }
        Request ended = transaction
                .requests()
                .change(request.id(), wanted.transition(), transaction.now())
                .orElseThrow(() -> RequestRefusedException.of(
                        RequestRefusalReason.TOO_LATE, "It is too late: the erasure has begun. Nothing was changed."));
        RestoreResult restored = new RequestWithdrawal(transaction).undo(request, open, subject);
        transaction
                .requests()
                .recordCancellation(
                        request.id(), transaction.now(), wanted.actor().text(), wanted.reason());
        AuditEventType name = wanted.transition() == Request.Transition.CANCEL
                ? AuditEventType.REQUEST_CANCELLED
                : AuditEventType.REACTIVATED;
        HiddenLocators.read(transaction, List.of(subject));
        transaction.recordEvent(name, request.id(), wanted.actor(), wanted.reason());
        return new WithdrawalResult(ended, restored);
    }

    /** Undoes what later ones hid first, and does that again when the rest is done. */
    private RestoreResult undo(Request request, List<Request> open, SubjectKey subject) throws SQLException {
        List<Request> later = later(request, open);
        List<Request> lastFirst = new ArrayList<>(later);
        Collections.reverse(lastFirst);
        for (Request each : lastFirst) {
            new RowRestorer(transaction.connection(), schema, each.id()).restoreAndKeepJournal();
        }
        RestoreResult restored =
                new RowRestorer(transaction.connection(), schema, request.id()).restoreAndKeepJournal();
        for (Request each : later) {
            Plan plan = transaction.context().flow(each.flow()).hiding();
            if (plan != null) {
                RequestHiding.hider(transaction, again(plan, each, request), each)
                        .hideAgain(subject);
            }
        }
        hideRowsOfOtherLeavers(request, subject);
        new HiddenRows(transaction.connection(), List.of(request.id())).forget();
        return restored;
    }

    /** Hides restored rows that also belong to another person who has asked to leave. */
    private void hideRowsOfOtherLeavers(Request request, SubjectKey subject) throws SQLException {
        Plan moved = transaction.context().flow(request.flow()).hiding();
        if (moved == null) {
            return;
        }
        SharedRestoredRows back = new SharedRestoredRows(transaction.connection(), request.id());
        for (SubjectKey other : back.owners(moved, subject, RequestRow.OPEN)) {
            for (Request each : transaction.requests().findOpenForUpdate(other).stream()
                    .sorted(RequestHiding.ORDER)
                    .toList()) {
                Plan plan = transaction.context().flow(each.flow()).hiding();
                if (plan != null) {
                    Plan own = back.limitToRestoredRows(plan);
                    Plan then = each.flow() == AccountFlow.DELETE_DATA
                            ? HiddenRows.limitToHiddenRows(own, List.of(each.id()), each.requestedAt())
                            : own;
                    RequestHiding.hider(transaction, then, each).hideMore(other);
                }
            }
        }
    }

    /** What came after a request to delete my data is the person's new start, and stays in sight. */
    private static Plan again(Plan plan, Request request, Request ended) {
        return request.flow() == AccountFlow.DELETE_DATA
                ? HiddenRows.limitToHiddenRows(plan, List.of(request.id(), ended.id()), request.requestedAt())
                : plan;
    }

    /** In the order in which they hid. */
    private static List<Request> later(Request request, List<Request> open) {
        return open.stream()
                .filter(r -> !r.id().equals(request.id()))
                .filter(r -> !RequestHiding.hiddenAt(r).isBefore(RequestHiding.hiddenAt(request)))
                .sorted(RequestHiding.ORDER)
                .toList();
    }
}
