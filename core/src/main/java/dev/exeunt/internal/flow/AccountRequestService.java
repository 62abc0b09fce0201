package dev.exeunt.internal.flow;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.internal.due.ErasureReaper;
import dev.exeunt.internal.due.ErasureRetry;
import dev.exeunt.internal.gate.AccountStatusReader;
import dev.exeunt.internal.gate.GateSqlFunction;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.ReceiptSecrets;
import dev.exeunt.internal.request.RequestCountQuery;
import dev.exeunt.internal.request.RequestListQuery;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.request.StaffCallLog;
import dev.exeunt.internal.request.UsedLinks;
import dev.exeunt.internal.transaction.ReusableConnection;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountStatus;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.ReapResult;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestCount;
import dev.exeunt.request.RequestListPage;
import dev.exeunt.request.RequestPreview;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Carries out the calls of {@link AccountRequests}, each in one transaction. */
public final class AccountRequestService implements AccountRequests {

    private final LifecycleContext setting;

    public AccountRequestService(LifecycleContext setting) {
        this.setting = setting;
    }

    @Override
    public RequestPreview previewRequest(AccountFlow flow, String key) {
        return RequestSubmission.previewRequest(setting, flow, key);
    }

    @Override
    public ErasurePreview previewErasure(AccountFlow flow, String key) {
        return RequestSubmission.previewErasure(setting, flow, key);
    }

    @Override
    public Request submit(NewRequest ask) {
        return RequestSubmission.ask(setting, ask);
    }

    @Override
    public WithdrawalResult cancel(String key, Actor actor, @Nullable String reason) {
        return RequestWithdrawal.cancel(setting, key, actor, reason);
    }

    @Override
    public WithdrawalResult reactivate(String key, Actor actor, @Nullable String reason) {
        return RequestWithdrawal.reactivate(setting, key, actor, reason);
    }

    @Override
    public List<Request> retry(String key, Actor staff, String reason) {
        return ErasureRetry.retry(setting, key, staff, reason);
    }

    @Override
    public void recordStaffCall(Actor staff, String call, @Nullable String key) {
        StaffCallLog.record(setting, staff, call, key);
    }

    @Override
    public RequestListPage listRequests(boolean all, RequestListPage.@Nullable RequestListPosition after, int size) {
        return RequestTransaction.runReadOnly(
                setting, "looking at everybody's requests", desk -> RequestListQuery.page(desk, all, after, size));
    }

    @Override
    public String receiptSecret(Request request) {
        return new ReceiptSecrets(setting.requireKey()).secret(request.id());
    }

    @Override
    public Optional<AccountRequests.StoredReceipt> receipt(String secret) {
        return new ReceiptSecrets(setting.requireKey()).find(setting, secret);
    }

    @Override
    public boolean markUsed(String id, Instant until) {
        return new UsedLinks(setting).use(id, until);
    }

    @Override
    public boolean isUsed(String id) {
        return new UsedLinks(setting).used(id);
    }

    @Override
    public AccountStatus status(String key) {
        return AccountStatusReader.status(setting, key);
    }

    @Override
    public GateDecision gate(String key, @Nullable Instant issuedAt) {
        return AccountStatusReader.gate(setting, key, issuedAt);
    }

    @Override
    public Optional<GateDecision> gateForSignIn(String key, Instant issuedAt) {
        return AccountStatusReader.gateForSignIn(setting, key, issuedAt);
    }

    @Override
    public void requireKey() {
        RequestTransaction.runReadOnly(setting, "asking which key people were erased under", desk -> {
            desk.tombstones(setting.requireKey()).requireSameKey();
            return true;
        });
    }

    @Override
    public List<RequestCount> countRequests() {
        return RequestCountQuery.countAll(setting);
    }

    @Override
    public String gateFunction() {
        return GateSqlFunction.sql(setting);
    }

    @Override
    public void makeGateFunction() {
        RequestTransaction.runAndCommit(setting, "making the gate's function", desk -> {
            try (Statement statement = desk.connection().createStatement()) {
                return statement.execute(gateFunction());
            }
        });
    }

    @Override
    public ReapResult eraseDue(String worker) {
        try (ReusableConnection session = new ReusableConnection(setting.database())) {
            long begun = System.nanoTime();
            ReapResult reaped = new ErasureReaper(setting, session, worker).reap();
            setting.observer()
                    .reaped(
                            Duration.ofNanos(System.nanoTime() - begun),
                            reaped.erased(),
                            reaped.blocked(),
                            reaped.failed());
            return reaped;
        }
    }
}
