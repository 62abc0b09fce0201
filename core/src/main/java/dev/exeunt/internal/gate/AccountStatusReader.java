package dev.exeunt.internal.gate;

import dev.exeunt.internal.ledger.ErasureTombstones;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectFinder.NamedSubject;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.request.AccountStatus;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.Request;
import dev.exeunt.security.HashKey;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a person's gate decision and the status of their requests. */
public final class AccountStatusReader {

    private final RequestTransaction desk;

    private AccountStatusReader(RequestTransaction desk) {
        this.desk = desk;
    }

    public static GateDecision gate(LifecycleContext setting, String key, @Nullable Instant issuedAt) {
        setting.requireKey();
        return RequestTransaction.runReadOnly(setting, "looking at the gate", desk -> {
            NamedSubject named = new SubjectFinder(desk.connection(), setting.subject()).resolve(key);
            return new AccountStatusReader(desk).gate(named, issuedAt);
        });
    }

    public static Optional<GateDecision> gateForSignIn(LifecycleContext setting, String key, Instant issuedAt) {
        setting.requireKey();
        return RequestTransaction.runReadOnly(setting, "looking at the gate", desk -> {
            NamedSubject named = new SubjectFinder(desk.connection(), setting.subject()).resolve(key);
            return named.there() && !named.key().text().equals(key)
                    ? Optional.empty()
                    : Optional.of(new AccountStatusReader(desk).gate(named, issuedAt));
        });
    }

    public static AccountStatus status(LifecycleContext setting, String key) {
        return RequestTransaction.runReadOnly(setting, "looking at the requests", desk -> {
            SubjectFinder subjects = new SubjectFinder(desk.connection(), setting.subject());
            NamedSubject named = subjects.resolve(key);
            AccountStatusReader keeper = new AccountStatusReader(desk);
            List<Request> requests = desk.requests().findBySubject(named.key());
            if (!named.there()
                    && requests.isEmpty()
                    && setting.key() != null
                    && keeper.erased(named.key()).isEmpty()) {
                throw subjects.unknown(); // whoever mistypes a key must not tell somebody that they are erased
            }
            return new AccountStatus(keeper.gate(named, null), requests);
        });
    }

    private GateDecision gate(NamedSubject named, @Nullable Instant issuedAt) throws SQLException {
        boolean gone = !named.there() || fenced(named.key(), issuedAt);
        List<Request> open = gone ? List.of() : desk.requests().findOpen(named.key());
        return GateRule.decide(new GateRule.GateFacts(gone, open, desk.now()));
    }

    /** A row that stays is theirs for ever; one that has come since, with the same key, is somebody else's. */
    private boolean fenced(SubjectKey subject, @Nullable Instant issuedAt) throws SQLException {
        return erased(subject)
                .filter(e -> e.rowStays() || issuedAt != null && !issuedAt.isAfter(e.at()))
                .isPresent();
    }

    private Optional<ErasureTombstones.ErasureTombstone> erased(SubjectKey subject) throws SQLException {
        HashKey key = desk.setting().key();
        return key == null ? Optional.empty() : desk.tombstones(key).find(subject);
    }
}
