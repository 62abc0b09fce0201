package dev.exeunt.request;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.Residue.LateRowCounts;
import dev.exeunt.erase.Residue.LateRows;
import dev.exeunt.erase.RestoreResult;
import dev.exeunt.erase.SweepResult;
import dev.exeunt.map.AccountFlow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Submits, cancels and carries out requests to delete data, deactivate or delete an account. Each call is one
 * transaction that changes everything it says, or nothing. {@link dev.exeunt.Exeunt} says how
 * keys are written.
 *
 * <pre>{@code
 * AccountRequests requests = exeunt.requests(map);
 * RequestPreview preview = requests.previewRequest(AccountFlow.DELETE_ACCOUNT, "42"); // show its warnings
 * Request request = requests.submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "42")
 *         .typing("anna@example.org") // what the map's confirm asks for
 *         .acknowledging(preview.warnings().digest()));
 * System.out.println("due at " + request.dueAt());
 * requests.eraseDue("worker-1"); // once an hour; erases whose grace period is over
 * }</pre>
 *
 * <p>Safe for use by several threads and instances at once.
 */
public interface AccountRequests {

    /** Returns the obstacles and the warnings that a request would meet; nothing is changed. */
    RequestPreview previewRequest(AccountFlow flow, String key);

    /** Counts what would be erased if a request for the flow were due now; nothing is changed. */
    ErasurePreview previewErasure(AccountFlow flow, String key);

    /**
     * Submits a request: the data is hidden or, without a grace period, erased. A repeated request returns the one of the same flow
     * that is open.
     *
     * @throws RequestRefusedException where a guard forbids it, warnings were not acknowledged as they stand now, it was not
     *     confirmed, or the map does not offer it
     */
    Request submit(NewRequest ask);

    /**
     * Cancels the strongest open request to delete data or account; a weaker one goes on.
     *
     * @param reason the person's, which is optional, or the staff's
     * @throws RequestRefusedException where there is none, or the erasure has begun
     */
    WithdrawalResult cancel(String key, Actor actor, @Nullable String reason);

    /**
     * Reactivates a deactivated account, also while its sign-in is blocked.
     *
     * @throws RequestRefusedException where it is not deactivated, or the erasure has begun
     */
    WithdrawalResult reactivate(String key, Actor actor, @Nullable String reason);

    /**
     * Makes a person's failed requests due again, once the cause is mended.
     *
     * @param reason the staff's
     * @return the person's requests that had failed, which are due at once
     * @throws RequestRefusedException where none had
     */
    List<Request> retry(String key, Actor staff, String reason);

    /**
     * Records that staff make a call, before anything is done or shown.
     *
     * @param call as {@code GET /admin/{subject}}; never with a key
     * @param key whom it is about, as the caller typed it; null where it is about no person
     */
    void recordStaffCall(Actor staff, String call, @Nullable String key);

    /**
     * Returns a page of all people's requests, for staff.
     *
     * @param all also those that are over; an erasure is not over as long as an external system has to answer
     * @param after the last of the page before; null for the first page
     * @param size of the page, from 1 on
     */
    RequestListPage listRequests(boolean all, RequestListPage.@Nullable RequestListPosition after, int size);

    /** Returns the secret by which {@link #receipt} finds the request. Only the person may have it. */
    String receiptSecret(Request request);

    /** Returns a request and its receipt; empty where the secret is none of ours. */
    Optional<StoredReceipt> receipt(String secret);

    /**
     * Records that a link was used, or a session was ended.
     *
     * @param id what its signature covers, such as the hash of a JWT's signing input. Never its text: another spelling of the text
     *     would pass for another link
     * @param until when it is over anyway
     * @return whether it is the first time, at any instance
     */
    boolean markUsed(String id, Instant until);

    /** Whether the link with this id was used, or the session ended, at any instance, and could still be tried again. */
    boolean isUsed(String id);

    /**
     * Returns the person's gate decision and requests.
     *
     * @throws dev.exeunt.UnknownSubjectException where no person has the key, and none was erased under it
     */
    AccountStatus status(String key);

    /**
     * Returns whether the person may use the application. Ask it at each sign-in.
     *
     * @param issuedAt when the person's token was issued; null where it is not known
     */
    GateDecision gate(String key, @Nullable Instant issuedAt);

    /**
     * The same for a person who signs in, by the key exactly as their row spells it: {@code 01001} and {@code +1001} are not {@code
     * 1001}, and {@code email:anna@example.org} is no key.
     *
     * @param key the key as the token holds it
     * @param issuedAt when the token was issued
     * @return empty where a row has the key, in another spelling; {@link GateDecision.GateState#ERASED} where no row has it
     * @throws dev.exeunt.UnknownSubjectException where no row can have such a key
     */
    Optional<GateDecision> gateForSignIn(String key, Instant issuedAt);

    /** @throws dev.exeunt.ExeuntException where people were erased under a key that is not given, and so would not be known */
    void requireKey();

    /** Counts the requests by kind and state, exports included. */
    List<RequestCount> countRequests();

    /** Returns the statements that make or replace the gate's SQL function, see docs/explanation/lifecycle.md. */
    String gateFunction();

    /** Runs {@link #gateFunction}; it may be repeated. */
    void makeGateFunction();

    /** Whether the map names roles that may call the functions in SQL. */
    boolean offersSqlFunctions();

    /**
     * Returns the statements that make or replace the functions in SQL, see docs/guides/postgrest-or-supabase.md. Where the map offers
     * none, they drop the functions. The gate's function must be there.
     */
    String sqlFunctions();

    /** Runs {@link #sqlFunctions}; it may be repeated. */
    void makeSqlFunctions();

    /**
     * Carries out what people asked for in SQL: submits their requests, and ends those they took back. Exports are left to {@link
     * dev.exeunt.export.ExportJobs#carryOutSqlRequests}.
     *
     * @return how many requests were accepted, refused or ended
     * @throws dev.exeunt.ExeuntException of the first that failed, once all others are done
     */
    int carryOutSqlRequests();

    /**
     * Erases all people whose requests are due, each in a transaction of its own. One failure stops no other erasure; it is tried again
     * later.
     *
     * @param worker a name that no other worker has at the same time
     */
    ReapResult eraseDue(String worker);

    /**
     * Looks by the links of the map for rows that came after an erasure, as from a cache or an import, of all people whose next look
     * is due. The map says when that is, and whether found rows are erased ({@code late-rows}).
     */
    LateRowCounts lookForLateRows();

    /** Returns the people of whom late rows were found and are still there, the latest first; at most 1,000. */
    List<LateRows> lateRows();

    /** Counts all of them. */
    long countLateRows();

    /**
     * Erases one person's late rows, by the plan of the flow that erased the account.
     *
     * @param request as {@link LateRows#request()}
     * @throws dev.exeunt.ExeuntException where none are listed for the request, the key is in use again, or the erasure fails
     */
    void eraseLateRows(UUID request, Actor staff, String reason);

    /**
     * Ends the watch for one person: the rows are not theirs, or staff have seen to them.
     *
     * @param request as {@link LateRows#request()}
     * @throws dev.exeunt.ExeuntException where none are listed for the request
     */
    void dismissLateRows(UUID request, Actor staff, String reason);

    /** Counts the rows that erasures kept for a period which is over ({@code then: delete}), and deletes nothing. */
    SweepResult previewSweep();

    /**
     * Deletes the rows that erasures kept for a period, once it is over. Several sweeps may run at the same time. Where rows of one
     * erasure cannot be deleted they stay recorded, and the others are deleted all the same.
     */
    SweepResult sweepKeptRows();

    /**
     * Holds the withdrawn request and what could be restored.
     *
     * @param request as it is now
     * @param restored the rows put back exactly, and those changed meanwhile
     */
    record WithdrawalResult(Request request, RestoreResult restored) {}

    /**
     * Holds a request and its receipt as JSON.
     *
     * @param receipt JSON without personal data: what was done to which table; null until it is done
     */
    record StoredReceipt(Request request, @Nullable String receipt) {}

    /**
     * Counts the requests that one reaper run erased, blocked or failed.
     *
     * @param erased requests carried out
     * @param blocked where a guard stands in the way; looked at again later
     * @param failed in this run; tried again later, or shown as failed
     * @param held all that are due and that a legal hold keeps from being erased
     */
    record ReapResult(int erased, int blocked, int failed, int held) {

        /** The result of a run that found no request under a legal hold. */
        public ReapResult(int erased, int blocked, int failed) {
            this(erased, blocked, failed, 0);
        }
    }

    /**
     * Counts the requests of one kind and state, and those overdue or due soon.
     *
     * @param kind {@code export} or a flow's word
     * @param state {@code held} where the request is due and a legal hold keeps it from being carried out; such requests are not overdue
     * @param overdue of those, to be erased by now for five minutes at least, and still there
     * @param soon of those, due within the next seven days
     */
    record RequestCount(String kind, String state, long requests, long overdue, long soon) {}

    /**
     * Holds a person's gate decision and requests, the latest first.
     *
     * @param requests the latest first
     * @param delayedByHold whether a legal hold that the person may know of keeps an open request from being carried out
     */
    record AccountStatus(GateDecision gate, List<Request> requests, boolean delayedByHold) {

        public AccountStatus {
            requests = List.copyOf(requests);
        }

        /** The latest request of a flow, whatever became of it. */
        public Optional<Request> latest(AccountFlow flow) {
            return requests.stream().filter(r -> r.flow() == flow).findFirst();
        }

        public @Nullable Instant dataDeletionRequestedAt() {
            return latest(AccountFlow.DELETE_DATA).map(Request::requestedAt).orElse(null);
        }

        public @Nullable Instant deactivatedAt() {
            return latest(AccountFlow.DEACTIVATE).map(Request::requestedAt).orElse(null);
        }

        public @Nullable Instant reactivatedAt() {
            return latest(AccountFlow.DEACTIVATE).map(Request::reactivatedAt).orElse(null);
        }
    }

    /**
     * Places legal holds on people and releases them, for staff. While a hold is active, no erasure that it holds is done and no row
     * that it holds is swept. Once it ends, workers go on by themselves.
     *
     * <pre>{@code
     * AccountRequests.LegalHolds holds = exeunt.holds(map);
     * LegalHold hold = holds.place(NewLegalHold.on("42", "lawsuit 17/26").telling(), Actor.staff("kim"));
     * holds.release(hold.id(), Actor.staff("kim"), "settled");
     * }</pre>
     */
    interface LegalHolds {

        /**
         * Places a hold on a person, from now on.
         *
         * @throws RequestRefusedException where the erasure of the person has begun or is done, a table is not in the map, no rows are
         *     recorded under the receipt, or the end is not in the future
         * @throws dev.exeunt.ExeuntException where no reason is given, or the actor is no staff
         */
        LegalHold place(NewLegalHold hold, Actor staff);

        /**
         * Ends a hold now.
         *
         * @param reason the staff's
         * @throws RequestRefusedException where there is no such hold, or it has ended
         */
        LegalHold release(UUID hold, Actor staff, String reason);

        /**
         * Returns the holds, the latest first; at most 1,000.
         *
         * @param key of one person, written as for every other call; null for all people
         * @param ended whether to return also holds that have ended, which are kept for a year
         */
        List<LegalHold> list(@Nullable String key, boolean ended);

        /** Counts the active holds. */
        long countActive();
    }

    /**
     * Describes a hold to place. The reason may say who the person is: it is never logged.
     *
     * @param key of the person; null for a hold on rows that an erasure kept
     * @param receipt the number of the receipt of that erasure; null for a hold on a person
     * @param tables as the map names them; empty for all rows
     * @param until when it ends by itself; null where it is to be released
     * @param told whether the person learns that a legal hold delays the erasure
     */
    record NewLegalHold(
            @Nullable String key,
            @Nullable UUID receipt,
            List<String> tables,
            String reason,
            @Nullable Instant until,
            boolean told) {

        /** @throws IllegalArgumentException unless there is either a key or a receipt */
        public NewLegalHold {
            if ((key == null) == (receipt == null)) {
                throw new IllegalArgumentException("a legal hold is on a person or on the rows of a receipt");
            }
            tables = List.copyOf(tables);
        }

        /** A hold on all rows of a person, until it is released, which the person does not learn of. */
        public static NewLegalHold on(String key, String reason) {
            return new NewLegalHold(key, null, List.of(), reason, null, false);
        }

        /**
         * A hold on rows that an erasure kept for a period, so that no sweep deletes them. The person was erased, and has no key any more.
         * An erasure of several people has one receipt; the hold is on the rows of all of them.
         *
         * @param receipt the receipt's number
         */
        public static NewLegalHold onKeptRows(UUID receipt, String reason) {
            return new NewLegalHold(null, receipt, List.of(), reason, null, false);
        }

        public NewLegalHold onTables(List<String> named) {
            return new NewLegalHold(key, receipt, named, reason, until, told);
        }

        public NewLegalHold until(Instant end) {
            return new NewLegalHold(key, receipt, tables, reason, end, told);
        }

        public NewLegalHold telling() {
            return new NewLegalHold(key, receipt, tables, reason, until, true);
        }

        @Override
        public String toString() {
            return "NewLegalHold[hidden]";
        }
    }

    /**
     * Holds what staff may see of a legal hold.
     *
     * @param subject the key as the caller would type it; null once the account is erased. Never to be logged
     * @param receipt the number of the receipt of the erasure that kept the rows; null while the person has an account
     * @param tables empty for all rows
     * @param reason the staff's; null once the account is erased. Never to be logged
     * @param until when it ends by itself
     * @param active whether it is neither released nor over
     */
    record LegalHold(
            UUID id,
            @Nullable String subject,
            @Nullable UUID receipt,
            List<String> tables,
            @Nullable String reason,
            Instant placedAt,
            String placedBy,
            @Nullable Instant until,
            boolean told,
            @Nullable Instant releasedAt,
            @Nullable String releasedBy,
            boolean active) {

        public LegalHold {
            tables = List.copyOf(tables);
        }

        @Override
        public String toString() {
            return "LegalHold[" + id + "]";
        }
    }
}
