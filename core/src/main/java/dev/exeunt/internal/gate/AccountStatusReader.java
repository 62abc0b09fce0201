package dev.exeunt.internal.gate;

import dev.exeunt.HashKey;
import dev.exeunt.internal.hold.HeldPeople;
import dev.exeunt.internal.ledger.ErasureTombstones;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectFinder.NamedSubject;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.AccountRequests.AccountStatus;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.Request;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a person's gate decision and the status of their requests. */
public final class AccountStatusReader {

    private final RequestTransaction transaction;

    private AccountStatusReader(RequestTransaction transaction) {
        this.transaction = transaction;
    }

    public static GateDecision gate(LifecycleContext context, String key, @Nullable Instant issuedAt) {
        context.requireKey();
        return RequestTransaction.runReadOnly(context, "looking at the gate", transaction -> {
            NamedSubject named = new SubjectFinder(transaction.connection(), context.subject()).resolve(key);
            return new AccountStatusReader(transaction).gate(named, issuedAt);
        });
    }

    public static Optional<GateDecision> gateForSignIn(LifecycleContext context, String key, Instant issuedAt) {
        context.requireKey();
        return RequestTransaction.runReadOnly(context, "looking at the gate", transaction -> {
            NamedSubject named = new SubjectFinder(transaction.connection(), context.subject()).resolve(key);
            return named.there() && !named.key().text().equals(key)
                    ? Optional.empty()
                    : Optional.of(new AccountStatusReader(transaction).gate(named, issuedAt));
        });
    }

    public static AccountStatus status(LifecycleContext context, String key) {
        return RequestTransaction.runReadOnly(context, "looking at the requests", transaction -> {
            SubjectFinder subjects = new SubjectFinder(transaction.connection(), context.subject());
            NamedSubject named = subjects.resolve(key);
            AccountStatusReader reader = new AccountStatusReader(transaction);
            List<Request> requests = transaction.requests().findBySubject(named.key());
            if (!named.there()
                    && requests.isEmpty()
                    && context.key() != null
                    && reader.erased(named.key()).isEmpty()) {
                throw subjects.unknown(); // a mistyped key must not be reported as an erased person
            }
            return new AccountStatus(reader.gate(named, null), requests, reader.isToldOfHold(named.key(), requests));
        });
    }

    private boolean isToldOfHold(SubjectKey subject, List<Request> requests) throws SQLException {
        for (Request request : requests) {
            FlowPlan flow = transaction.context().flows().get(request.flow());
            if (request.state().isOpen()
                    && flow != null
                    && HeldPeople.isTold(transaction.connection(), flow.erasure(), subject, transaction.now())) {
                return true;
            }
        }
        return false;
    }

    private GateDecision gate(NamedSubject named, @Nullable Instant issuedAt) throws SQLException {
        boolean gone = !named.there() || fenced(named.key(), issuedAt);
        List<Request> requests = gone ? List.of() : LoginBlocks.findDeciding(transaction, named.key());
        return GateRule.decide(new GateRule.GateFacts(gone, requests, transaction.now()));
    }

    /**
     * Tells whether the subject was erased. A row that stays is theirs for ever; a later row with the same key is
     * another person's.
     */
    private boolean fenced(SubjectKey subject, @Nullable Instant issuedAt) throws SQLException {
        return erased(subject)
                .filter(e -> e.rowStays() || issuedAt != null && !issuedAt.isAfter(e.at()))
                .isPresent();
    }

    private Optional<ErasureTombstones.ErasureTombstone> erased(SubjectKey subject) throws SQLException {
        HashKey key = transaction.context().key();
        return key == null ? Optional.empty() : transaction.tombstones(key).find(subject);
    }
}
