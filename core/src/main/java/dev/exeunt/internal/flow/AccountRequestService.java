package dev.exeunt.internal.flow;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Residue.LateRowCounts;
import dev.exeunt.erase.Residue.LateRows;
import dev.exeunt.erase.SweepResult;
import dev.exeunt.internal.due.ErasureReaper;
import dev.exeunt.internal.due.ErasureRetry;
import dev.exeunt.internal.due.FoundLateRows;
import dev.exeunt.internal.due.LateRowLook;
import dev.exeunt.internal.entry.EntryFunctions;
import dev.exeunt.internal.entry.SqlRequestTable.WithdrawnRequest;
import dev.exeunt.internal.gate.AccountStatusReader;
import dev.exeunt.internal.gate.GateSqlFunction;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.ReceiptSecrets;
import dev.exeunt.internal.request.RequestCountQuery;
import dev.exeunt.internal.request.RequestListQuery;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.request.StaffCallLog;
import dev.exeunt.internal.request.UsedLinks;
import dev.exeunt.internal.sweep.KeptRowSweep;
import dev.exeunt.internal.transaction.ReusableConnection;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.AccountStatus;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.AccountRequests.RequestCount;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestListPage;
import dev.exeunt.request.RequestPreview;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Carries out the calls of {@link AccountRequests}, each in one transaction. */
public final class AccountRequestService implements AccountRequests {

    private final LifecycleContext context;

    /** For what is done at a start, also on a database that was restored. */
    private final LifecycleContext preparing;

    public AccountRequestService(LifecycleContext context) {
        this.context = context;
        this.preparing = context.withoutLedgerCopy();
    }

    @Override
    public RequestPreview previewRequest(AccountFlow flow, String key) {
        return RequestPreviewReader.previewRequest(context, flow, key);
    }

    @Override
    public ErasurePreview previewErasure(AccountFlow flow, String key) {
        return RequestPreviewReader.previewErasure(context, flow, key);
    }

    @Override
    public Request submit(NewRequest ask) {
        return RequestSubmission.ask(context, ask);
    }

    @Override
    public WithdrawalResult cancel(String key, Actor actor, @Nullable String reason) {
        return RequestWithdrawal.cancel(context, key, actor, reason);
    }

    @Override
    public WithdrawalResult reactivate(String key, Actor actor, @Nullable String reason) {
        return RequestWithdrawal.reactivate(context, key, actor, reason);
    }

    /** Takes a request back as its person did before a restore. */
    public void withdraw(UUID request, SubjectKey person) {
        RequestWithdrawal.end(context, new WithdrawnRequest(request, person));
    }

    @Override
    public List<Request> retry(String key, Actor staff, String reason) {
        return ErasureRetry.retry(context, key, staff, reason);
    }

    @Override
    public void recordStaffCall(Actor staff, String call, @Nullable String key) {
        StaffCallLog.record(context, staff, call, key);
    }

    @Override
    public RequestListPage listRequests(boolean all, RequestListPage.@Nullable RequestListPosition after, int size) {
        return RequestTransaction.runReadOnly(
                context,
                "listing the requests of all people",
                transaction -> RequestListQuery.page(transaction, all, after, size));
    }

    @Override
    public String receiptSecret(Request request) {
        return new ReceiptSecrets(context.requireKey()).secret(request.id());
    }

    @Override
    public Optional<AccountRequests.StoredReceipt> receipt(String secret) {
        return new ReceiptSecrets(context.requireKey()).find(context, secret);
    }

    @Override
    public boolean markUsed(String id, Instant until) {
        return new UsedLinks(context).use(id, until);
    }

    @Override
    public boolean isUsed(String id) {
        return new UsedLinks(context).used(id);
    }

    @Override
    public AccountStatus status(String key) {
        return AccountStatusReader.status(context, key);
    }

    @Override
    public GateDecision gate(String key, @Nullable Instant issuedAt) {
        return AccountStatusReader.gate(context, key, issuedAt);
    }

    @Override
    public Optional<GateDecision> gateForSignIn(String key, Instant issuedAt) {
        return AccountStatusReader.gateForSignIn(context, key, issuedAt);
    }

    @Override
    public void requireKey() {
        RequestTransaction.runReadOnly(preparing, "asking which key people were erased under", transaction -> {
            transaction.tombstones(context.requireKey()).requireKnownKeys();
            return true;
        });
    }

    @Override
    public List<RequestCount> countRequests() {
        return RequestCountQuery.countAll(context);
    }

    @Override
    public String gateFunction() {
        return GateSqlFunction.sql(context);
    }

    @Override
    public void makeGateFunction() {
        RequestTransaction.runAndCommit(preparing, "making the gate's function", transaction -> {
            try (Statement statement = transaction.connection().createStatement()) {
                return statement.execute(gateFunction());
            }
        });
    }

    @Override
    public boolean offersSqlFunctions() {
        return context.map().lifecycle().sql().offered();
    }

    @Override
    public String sqlFunctions() {
        return EntryFunctions.sql(context);
    }

    @Override
    public void makeSqlFunctions() {
        RequestTransaction.runAndCommit(preparing, "making the functions in SQL", transaction -> {
            try (Statement statement = transaction.connection().createStatement()) {
                statement.setEscapeProcessing(false);
                return statement.execute(sqlFunctions());
            }
        });
    }

    @Override
    public int carryOutSqlRequests() {
        return SqlRequestIntake.carryOut(context);
    }

    @Override
    public ReapResult eraseDue(String worker) {
        try (ReusableConnection session = new ReusableConnection(context.database())) {
            long begun = System.nanoTime();
            ReapResult reaped = new ErasureReaper(context, session, worker).reap();
            context.observer()
                    .reaped(
                            Duration.ofNanos(System.nanoTime() - begun),
                            reaped.erased(),
                            reaped.blocked(),
                            reaped.failed());
            return reaped;
        }
    }

    @Override
    public LateRowCounts lookForLateRows() {
        return new LateRowLook(context).look();
    }

    @Override
    public List<LateRows> lateRows() {
        return new FoundLateRows(context).list();
    }

    @Override
    public long countLateRows() {
        return new FoundLateRows(context).count();
    }

    @Override
    public void eraseLateRows(UUID request, Actor staff, String reason) {
        new FoundLateRows(context).erase(request, staff, reason);
    }

    @Override
    public void dismissLateRows(UUID request, Actor staff, String reason) {
        new FoundLateRows(context).dismiss(request, staff, reason);
    }

    @Override
    public SweepResult previewSweep() {
        return new KeptRowSweep(context).preview();
    }

    @Override
    public SweepResult sweepKeptRows() {
        return new KeptRowSweep(context).sweep();
    }
}
