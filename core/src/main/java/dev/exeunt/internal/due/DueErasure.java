package dev.exeunt.internal.due;

import dev.exeunt.HashKey;
import dev.exeunt.erase.Receipt;
import dev.exeunt.internal.erase.Eraser;
import dev.exeunt.internal.files.deletion.ErasedFiles;
import dev.exeunt.internal.hide.HiddenRows;
import dev.exeunt.internal.hide.OrphanedStashRows;
import dev.exeunt.internal.hide.RowRestorer;
import dev.exeunt.internal.late.LateRowEntry;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.DueRequest;
import dev.exeunt.internal.request.RequestHiding;
import dev.exeunt.internal.request.RequestTable;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Erases the people of due requests in one transaction and writes receipts and tombstones. */
public final class DueErasure {

    private final RequestTransaction transaction;
    private final FlowPlan flow;
    private final List<DueRequest> due;
    private final List<Request> open;

    private DueErasure(RequestTransaction transaction, FlowPlan flow, List<DueRequest> due, List<Request> open) {
        this.transaction = transaction;
        this.flow = flow;
        this.due = due;
        this.open = open;
    }

    /** Of one person, whatever else they have asked for. */
    static DueErasure of(RequestTransaction transaction, FlowPlan flow, DueRequest due) throws SQLException {
        return new DueErasure(
                transaction, flow, List.of(due), transaction.requests().findOpenForUpdate(due.subject()));
    }

    /** Of several people of whom each has asked for nothing else, and whom no guard protects. */
    static DueErasure of(RequestTransaction transaction, FlowPlan flow, List<DueRequest> due) {
        return new DueErasure(
                transaction, flow, due, due.stream().map(DueRequest::request).toList());
    }

    /** A flow without grace: the request and the erasure are one. */
    public static Request eraseAtOnce(
            RequestTransaction transaction, FlowPlan flow, Request request, SubjectKey subject) throws SQLException {
        HashKey key = transaction.context().requireKey();
        if (transaction
                .requests()
                .change(request.id(), Request.Transition.CLAIM, transaction.now())
                .isEmpty()) {
            throw new RequestTable.RequestLostException();
        }
        transaction.recordEvent(AuditEventType.ERASURE_STARTED, request.id(), Actor.EXEUNT, null);
        of(transaction, flow, new DueRequest(request, subject))
                .restoreStashedRows()
                .erase(key);
        return transaction.requests().find(request.id()).orElseThrow();
    }

    /**
     * Puts rows that were moved out of sight where they were, so that guards and links find them; of <em>delete my data</em> all
     * that other requests, which go on, have hidden, whether before it or since.
     */
    DueErasure restoreStashedRows() throws SQLException {
        if (flow.flow() != AccountFlow.DELETE_DATA && !hidden().hasStashedRows()) {
            return this;
        }
        DatabaseSchema schema = SchemaReader.read(transaction.connection());
        List<Request> lastFirst = new ArrayList<>(open);
        lastFirst.sort(RequestHiding.ORDER.reversed());
        for (Request each : lastFirst) {
            RowRestorer restorer = new RowRestorer(transaction.connection(), schema, each.id());
            if (otherRequests().contains(each)) {
                restorer.restoreAndForget();
            } else {
                restorer.restoreStashedRows();
            }
        }
        return this;
    }

    private Request first() {
        return due.get(0).request();
    }

    /** Those that go on when this one is done: beside <em>delete my data</em> both others. */
    private List<Request> otherRequests() {
        return flow.flow() == AccountFlow.DELETE_DATA
                ? open.stream()
                        .filter(r -> !r.id().equals(first().id()))
                        .sorted(RequestHiding.ORDER)
                        .toList()
                : List.of();
    }

    private HiddenRows hidden() {
        return new HiddenRows(
                transaction.connection(), hiding().stream().map(Request::id).toList());
    }

    /** The requests whose hidden rows the erasure is about. */
    private List<Request> hiding() {
        return flow.flow() == AccountFlow.DELETE_DATA ? List.of(first()) : open;
    }

    /** After {@link #restoreStashedRows}. */
    void erase(HashKey key) throws SQLException {
        transaction.outbox().readLocators(due.stream().map(DueRequest::subject).toList());
        if (flow.flow() == AccountFlow.DELETE_DATA) {
            eraseData();
        } else {
            eraseAccount(key);
        }
    }

    /** What was there at the request; what has come since stays. */
    private void eraseData() throws SQLException {
        Request request = first();
        Plan then = HiddenRows.limitToRequestTime(flow.erasure(), request.id(), request.requestedAt());
        orphanedRows().erase(flow.erasure(), List.of(due.get(0).subject()), request.requestedAt());
        Receipt receipt = eraser(then)
                .erase(List.of(due.get(0).subject()), lockWait())
                .signedBy(transaction.context().key());
        hidden().forget();
        markDone(List.of(request), receipt, Request.Transition.ERASE);
        for (Request each : otherRequests()) {
            RequestHiding.hide(
                    transaction,
                    transaction.context().flow(each.flow()),
                    each,
                    due.get(0).subject());
        }
    }

    private void eraseAccount(HashKey key) throws SQLException {
        List<SubjectKey> people = due.stream().map(DueRequest::subject).toList();
        orphanedRows().erase(flow.erasure(), people, null);
        Receipt receipt = eraser(flow.erasure()).erase(people, lockWait()).signedBy(key);
        hidden().forget();
        List<UUID> asked = due.stream().map(d -> d.request().id()).toList();
        markDone(open.stream().filter(r -> asked.contains(r.id())).toList(), receipt, Request.Transition.ERASE);
        markDone(open.stream().filter(r -> !asked.contains(r.id())).toList(), receipt, Request.Transition.OVERTAKE);
        new ErasureAftermath(transaction.connection(), flow.erasure(), key).follow(people, transaction.now(), receipt);
        LateRowEntry.enter(transaction, key, due);
    }

    private OrphanedStashRows orphanedRows() {
        return new OrphanedStashRows(
                transaction.connection(), open.stream().map(Request::id).toList());
    }

    private void markDone(List<Request> requests, Receipt receipt, Request.Transition transition) throws SQLException {
        if (requests.isEmpty()) {
            return;
        }
        List<UUID> ids = requests.stream().map(Request::id).toList();
        transaction.requests().markErased(ids, transition, transaction.now(), receipt.toJson());
        transaction.events().append(AuditEventType.ERASED, transaction.now(), ids, Actor.EXEUNT);
    }

    private Eraser eraser(Plan plan) throws SQLException {
        Clock moment = Clock.fixed(transaction.now(), ZoneOffset.UTC);
        boolean byValue = plan.roles().stream().anyMatch(r -> r.source() instanceof KeySource.IdentifierValues);
        return new Eraser(
                        transaction.connection(),
                        plan,
                        moment,
                        transaction.context().progress())
                .withErasedPeople(transaction.context().erasedPeople())
                .withFiles(new ErasedFiles(
                        transaction.context().key(),
                        hiding().stream().map(Request::id).toList()))
                .withFormerIdentifiers(byValue ? hidden().identifiers(plan.subject()) : List.of());
    }

    private Duration lockWait() {
        return transaction.context().lockWait();
    }
}
