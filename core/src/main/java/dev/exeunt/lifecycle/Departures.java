package dev.exeunt.lifecycle;

import dev.exeunt.erase.Preview;
import dev.exeunt.erase.hide.Restored;
import dev.exeunt.ledger.Actor;
import dev.exeunt.ledger.Fence;
import dev.exeunt.map.Flow;
import dev.exeunt.postgres.Session;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * People who leave, and come back: requests with a grace period, and what is done when it is over. Each call is one transaction
 * that changes everything it says, or nothing. Keys are as somebody types them, see {@link dev.exeunt.Exeunt}.
 *
 * <p>Safe for use by several threads and instances at once.
 */
public final class Departures {

    private final Setting setting;

    public Departures(Setting setting) {
        this.setting = setting;
    }

    /** What stands in the way, and what the person has to have read before they ask; nothing is changed. */
    public Outlook outlook(Flow flow, String key) {
        return Asking.outlook(setting, flow, key);
    }

    /** What would be erased if the person asked for the flow and it were due now; nothing is changed. */
    public Preview preview(Flow flow, String key) {
        return Asking.preview(setting, flow, key);
    }

    /**
     * Asks to leave: the data is hidden, or, without grace, erased. Whoever asks again while a request of the same flow is open
     * gets that one.
     *
     * @throws DepartureRefusedException where a guard forbids it, warnings were not acknowledged as they stand now, it was not
     *     confirmed, or the map does not offer it
     */
    public Request ask(Ask ask) {
        return Asking.ask(setting, ask);
    }

    /**
     * Takes back the strongest open request to delete data or account; a weaker one goes on.
     *
     * @param reason the person's, which is optional, or the staff's
     * @throws DepartureRefusedException where there is none, or the erasure has begun
     */
    public Returned cancel(String key, Actor actor, @Nullable String reason) {
        return returned(Return.cancel(setting, key, actor, reason));
    }

    /** Takes up a deactivated account again. */
    public Returned reactivate(String key, Actor actor, @Nullable String reason) {
        return returned(Return.reactivate(setting, key, actor, reason));
    }

    private static Returned returned(Return.Back back) {
        return new Returned(back.request(), back.restored());
    }

    /**
     * @param request as it is now
     * @param restored what could be put back exactly, and what somebody has changed meanwhile
     */
    public record Returned(Request request, Restored restored) {}

    /**
     * Lets what was given up be tried again, now that its cause is put right.
     *
     * @param reason the staff's
     * @return the person's requests that had failed, which are due at once
     * @throws DepartureRefusedException where none had
     */
    public List<Request> retry(String key, Actor staff, String reason) {
        return Retry.of(setting, key, staff, reason);
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
    public Register.Page register(boolean all, Register.@Nullable After after, int size) {
        return Desk.looking(
                setting, "looking at everybody's requests", desk -> Register.page(desk.connection(), all, after, size));
    }

    /** By which {@link #receipt} knows the request: for the person, and for nobody else. */
    public String receiptSecret(Request request) {
        return new Receipts(Erasing.key(setting)).secret(request.id());
    }

    /** What became of a request; empty where the secret is none of ours. */
    public Optional<Receipts.Kept> receipt(String secret) {
        return new Receipts(Erasing.key(setting)).of(setting, secret);
    }

    /**
     * Records that a link was used, or a session was ended.
     *
     * @param id what its signature covers, such as the hash of a JWT's signing input. Never its text: another spelling of the text
     *     would pass for another link
     * @param until when it is over anyway
     * @return whether it is the first time, at any instance
     */
    public boolean useUp(String id, Instant until) {
        return new UsedLinks(setting).use(id, until);
    }

    /** Whether the link with this id was used, or the session ended, at any instance, and could still be tried again. */
    public boolean usedUp(String id) {
        return new UsedLinks(setting).used(id);
    }

    /** @throws dev.exeunt.reach.Subjects.UnknownSubjectException where there is nobody, and was nobody erased, by that key */
    public Status status(String key) {
        return Gatekeeper.status(setting, key);
    }

    /**
     * Whether the person may use the application.
     *
     * @param issuedAt of the token they come with; null where it is not known
     */
    public Gate gate(String key, @Nullable Instant issuedAt) {
        return Gatekeeper.gate(setting, key, issuedAt);
    }

    /**
     * The same for a person who signs in, by the key exactly as their row spells it: {@code 01001} and {@code +1001} are not {@code
     * 1001}, and {@code email:anna@example.org} is no key.
     *
     * @param key as a token has it
     * @param issuedAt of the token
     * @return empty where a row has the key, in another spelling; {@link Gate.State#ERASED} where no row has it
     * @throws dev.exeunt.reach.Subjects.UnknownSubjectException where no row can have such a key
     */
    public Optional<Gate> gateForSignIn(String key, Instant issuedAt) {
        return Gatekeeper.gateForSignIn(setting, key, issuedAt);
    }

    /** @throws dev.exeunt.ExeuntException where people were erased under another key, and so would not be known by this one */
    public void requireKey() {
        Desk.looking(setting, "asking which key people were erased under", desk -> {
            new Fence(desk.connection(), Erasing.key(setting)).requireSameKey();
            return true;
        });
    }

    /** How many requests of any kind there are, exports included. */
    public List<Tally> tally() {
        return Tally.of(setting);
    }

    /** The statements that make or renew the gate's SQL function, see docs/lifecycle.md. */
    public String gateFunction() {
        return GateFunction.sql(setting);
    }

    /** Carries {@link #gateFunction} out, as often as one likes. */
    public void makeGateFunction() {
        Desk.committed(setting, "making the gate's function", desk -> {
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
    public Reaped reap(String worker) {
        try (Session session = new Session(setting.database())) {
            long begun = System.nanoTime();
            Reaped reaped = new Reaper(setting, session, worker).reap();
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
