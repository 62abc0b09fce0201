package dev.exeunt.internal.flow;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.RestoreResult;
import dev.exeunt.internal.due.DueErasure;
import dev.exeunt.internal.due.ErasureReaper;
import dev.exeunt.internal.due.ErasureRetry;
import dev.exeunt.internal.gate.AccountStatusReader;
import dev.exeunt.internal.gate.GateSqlFunction;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.ReceiptSecrets;
import dev.exeunt.internal.request.RequestCount;
import dev.exeunt.internal.request.RequestList;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.request.StaffCallLog;
import dev.exeunt.internal.request.UsedLinks;
import dev.exeunt.internal.transaction.ReusableConnection;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountStatus;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.ReapResult;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.request.RequestRefusedException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Submits, cancels and carries out requests to delete data, deactivate or delete an account. Each call is one
 * transaction that changes everything it says, or nothing. Keys are as somebody types them, see
 * {@link dev.exeunt.Exeunt}.
 *
 * <p>Safe for use by several threads and instances at once.
 */
public final class AccountRequests {

    private final LifecycleContext setting;

    public AccountRequests(LifecycleContext setting) {
        this.setting = setting;
    }

    /** What stands in the way, and what the person has to have read before they ask; nothing is changed. */
    public RequestPreview previewRequest(AccountFlow flow, String key) {
        return RequestSubmission.previewRequest(setting, flow, key);
    }

    /** What would be erased if the person asked for the flow and it were due now; nothing is changed. */
    public ErasurePreview previewErasure(AccountFlow flow, String key) {
        return RequestSubmission.previewErasure(setting, flow, key);
    }

    /**
     * Asks to leave: the data is hidden, or, without grace, erased. Whoever asks again while a request of the same flow is open
     * gets that one.
     *
     * @throws RequestRefusedException where a guard forbids it, warnings were not acknowledged as they stand now, it was not
     *     confirmed, or the map does not offer it
     */
    public Request submit(NewRequest ask) {
        return RequestSubmission.ask(setting, ask);
    }

    /**
     * Takes back the strongest open request to delete data or account; a weaker one goes on.
     *
     * @param reason the person's, which is optional, or the staff's
     * @throws RequestRefusedException where there is none, or the erasure has begun
     */
    public WithdrawalResult cancel(String key, Actor actor, @Nullable String reason) {
        return RequestWithdrawal.cancel(setting, key, actor, reason);
    }

    /** Takes up a deactivated account again. */
    public WithdrawalResult reactivate(String key, Actor actor, @Nullable String reason) {
        return RequestWithdrawal.reactivate(setting, key, actor, reason);
    }

    /**
     * Holds the withdrawn request and what could be restored.
     *
     * @param request as it is now
     * @param restored what could be put back exactly, and what somebody has changed meanwhile
     */
    public record WithdrawalResult(Request request, RestoreResult restored) {}

    /**
     * Lets what was given up be tried again, now that its cause is put right.
     *
     * @param reason the staff's
     * @return the person's requests that had failed, which are due at once
     * @throws RequestRefusedException where none had
     */
    public List<Request> retry(String key, Actor staff, String reason) {
        return ErasureRetry.retry(setting, key, staff, reason);
    }

    /**
     * Records that staff make a call, before anything is done or shown.
     *
     * @param call as {@code GET /admin/{subject}}; never with a key
     * @param key whom it is about, as the caller typed it; null where it is about no person
     */
    public void recordStaffCall(Actor staff, String call, @Nullable String key) {
        StaffCallLog.record(setting, staff, call, key);
    }

    /**
     * A page of everybody's requests, for staff.
     *
     * @param all also those that are over
     * @param after the last of the page before; null for the first page
     * @param size of the page, from 1 on
     */
    public RequestList.RequestListPage listRequests(
            boolean all, RequestList.@Nullable RequestListPosition after, int size) {
        return RequestTransaction.runReadOnly(
                setting, "looking at everybody's requests", desk -> RequestList.page(desk, all, after, size));
    }

    /** By which {@link #receipt} knows the request: for the person, and for nobody else. */
    public String receiptSecret(Request request) {
        return new ReceiptSecrets(DueErasure.key(setting)).secret(request.id());
    }

    /** What became of a request; empty where the secret is none of ours. */
    public Optional<ReceiptSecrets.StoredReceipt> receipt(String secret) {
        return new ReceiptSecrets(DueErasure.key(setting)).find(setting, secret);
    }

    /**
     * Records that a link was used, or a session was ended.
     *
     * @param id what its signature covers, such as the hash of a JWT's signing input. Never its text: another spelling of the text
     *     would pass for another link
     * @param until when it is over anyway
     * @return whether it is the first time, at any instance
     */
    public boolean markUsed(String id, Instant until) {
        return new UsedLinks(setting).use(id, until);
    }

    /** Whether the link with this id was used, or the session ended, at any instance, and could still be tried again. */
    public boolean isUsed(String id) {
        return new UsedLinks(setting).used(id);
    }

    /**
     * @throws dev.exeunt.internal.reach.SubjectFinder.UnknownSubjectException where there is nobody, and was nobody erased, by that key
     */
    public AccountStatus status(String key) {
        return AccountStatusReader.status(setting, key);
    }

    /**
     * Whether the person may use the application.
     *
     * @param issuedAt of the token they come with; null where it is not known
     */
    public GateDecision gate(String key, @Nullable Instant issuedAt) {
        return AccountStatusReader.gate(setting, key, issuedAt);
    }

    /**
     * The same for a person who signs in, by the key exactly as their row spells it: {@code 01001} and {@code +1001} are not {@code
     * 1001}, and {@code email:anna@example.org} is no key.
     *
     * @param key as a token has it
     * @param issuedAt of the token
     * @return empty where a row has the key, in another spelling; {@link GateDecision.GateState#ERASED} where no row has it
     * @throws dev.exeunt.internal.reach.SubjectFinder.UnknownSubjectException where no row can have such a key
     */
    public Optional<GateDecision> gateForSignIn(String key, Instant issuedAt) {
        return AccountStatusReader.gateForSignIn(setting, key, issuedAt);
    }

    /** @throws dev.exeunt.ExeuntException where people were erased under another key, and so would not be known by this one */
    public void requireKey() {
        RequestTransaction.runReadOnly(setting, "asking which key people were erased under", desk -> {
            desk.tombstones(DueErasure.key(setting)).requireSameKey();
            return true;
        });
    }

    /** How many requests of any kind there are, exports included. */
    public List<RequestCount> countRequests() {
        return RequestCount.countAll(setting);
    }

    /** The statements that make or renew the gate's SQL function, see docs/lifecycle.md. */
    public String gateFunction() {
        return GateSqlFunction.sql(setting);
    }

    /** Carries {@link #gateFunction} out, as often as one likes. */
    public void makeGateFunction() {
        RequestTransaction.runAndCommit(setting, "making the gate's function", desk -> {
            try (Statement statement = desk.connection().createStatement()) {
                return statement.execute(gateFunction());
            }
        });
    }

    /**
     * Erases everybody whose time has come.
     *
     * @param worker a name that no other has at the same time
     */
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
