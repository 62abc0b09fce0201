package dev.exeunt.spring.mail;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Residue.LateRowCounts;
import dev.exeunt.erase.Residue.LateRows;
import dev.exeunt.erase.SweepResult;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestListPage;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.support.message.MessageRecipient;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Notes the address of a person before their request or their erasure, and forgets it when they take the request back. */
public final class MailedAccountRequests implements AccountRequests {

    private final AccountRequests requests;
    private final MessageRecorder recorder;

    public MailedAccountRequests(AccountRequests requests, MessageRecorder recorder) {
        this.requests = requests;
        this.recorder = recorder;
    }

    @Override
    public RequestPreview previewRequest(AccountFlow flow, String key) {
        return requests.previewRequest(flow, key);
    }

    @Override
    public ErasurePreview previewErasure(AccountFlow flow, String key) {
        return requests.previewErasure(flow, key);
    }

    @Override
    public Request submit(NewRequest ask) {
        Optional<MessageRecipient> recipient = recorder.recipient(ask.key());
        Request request = requests.submit(ask);
        recipient.ifPresent(known -> recorder.add(request.id(), known, ask.actor()));
        return request;
    }

    @Override
    public WithdrawalResult cancel(String key, Actor actor, @Nullable String reason) {
        WithdrawalResult withdrawn = requests.cancel(key, actor, reason);
        recorder.forgetWithdrawn();
        return withdrawn;
    }

    @Override
    public WithdrawalResult reactivate(String key, Actor actor, @Nullable String reason) {
        WithdrawalResult withdrawn = requests.reactivate(key, actor, reason);
        recorder.forgetWithdrawn();
        return withdrawn;
    }

    @Override
    public List<Request> retry(String key, Actor staff, String reason) {
        return requests.retry(key, staff, reason);
    }

    @Override
    public void recordStaffCall(Actor staff, String call, @Nullable String key) {
        requests.recordStaffCall(staff, call, key);
    }

    @Override
    public RequestListPage listRequests(boolean all, RequestListPage.@Nullable RequestListPosition after, int size) {
        return requests.listRequests(all, after, size);
    }

    @Override
    public String receiptSecret(Request request) {
        return requests.receiptSecret(request);
    }

    @Override
    public Optional<StoredReceipt> receipt(String secret) {
        return requests.receipt(secret);
    }

    @Override
    public boolean markUsed(String id, Instant until) {
        return requests.markUsed(id, until);
    }

    @Override
    public boolean isUsed(String id) {
        return requests.isUsed(id);
    }

    @Override
    public AccountStatus status(String key) {
        return requests.status(key);
    }

    @Override
    public GateDecision gate(String key, @Nullable Instant issuedAt) {
        return requests.gate(key, issuedAt);
    }

    @Override
    public Optional<GateDecision> gateForSignIn(String key, Instant issuedAt) {
        return requests.gateForSignIn(key, issuedAt);
    }

    @Override
    public void requireKey() {
        requests.requireKey();
    }

    @Override
    public List<RequestCount> countRequests() {
        return requests.countRequests();
    }

    @Override
    public String gateFunction() {
        return requests.gateFunction();
    }

    @Override
    public void makeGateFunction() {
        requests.makeGateFunction();
    }

    @Override
    public boolean offersSqlFunctions() {
        return requests.offersSqlFunctions();
    }

    @Override
    public String sqlFunctions() {
        return requests.sqlFunctions();
    }

    @Override
    public void makeSqlFunctions() {
        requests.makeSqlFunctions();
    }

    @Override
    public int carryOutSqlRequests() {
        return requests.carryOutSqlRequests();
    }

    @Override
    public ReapResult eraseDue(String worker) {
        recorder.capture();
        return requests.eraseDue(worker);
    }

    @Override
    public LateRowCounts lookForLateRows() {
        return requests.lookForLateRows();
    }

    @Override
    public List<LateRows> lateRows() {
        return requests.lateRows();
    }

    @Override
    public long countLateRows() {
        return requests.countLateRows();
    }

    @Override
    public void eraseLateRows(UUID request, Actor staff, String reason) {
        requests.eraseLateRows(request, staff, reason);
    }

    @Override
    public void dismissLateRows(UUID request, Actor staff, String reason) {
        requests.dismissLateRows(request, staff, reason);
    }

    @Override
    public SweepResult previewSweep() {
        return requests.previewSweep();
    }

    @Override
    public SweepResult sweepKeptRows() {
        return requests.sweepKeptRows();
    }
}
