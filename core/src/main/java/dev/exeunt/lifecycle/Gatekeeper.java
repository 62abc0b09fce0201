package dev.exeunt.lifecycle;

import dev.exeunt.ledger.Fence;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.map.Flow;
import dev.exeunt.reach.SubjectKey;
import dev.exeunt.reach.Subjects;
import dev.exeunt.reach.Subjects.Named;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Answers where a person stands. */
final class Gatekeeper {

    private final Desk desk;

    private Gatekeeper(Desk desk) {
        this.desk = desk;
    }

    static Gate gate(Setting setting, String key, @Nullable Instant issuedAt) {
        Erasing.key(setting);
        return Desk.looking(setting, "looking at the gate", desk -> {
            Named named = new Subjects(desk.connection(), setting.subject()).look(key);
            return new Gatekeeper(desk).gate(named, issuedAt);
        });
    }

    static Optional<Gate> gateForSignIn(Setting setting, String key, Instant issuedAt) {
        Erasing.key(setting);
        return Desk.looking(setting, "looking at the gate", desk -> {
            Named named = new Subjects(desk.connection(), setting.subject()).look(key);
            return named.there() && !named.key().text().equals(key)
                    ? Optional.empty()
                    : Optional.of(new Gatekeeper(desk).gate(named, issuedAt));
        });
    }

    static Status status(Setting setting, String key) {
        return Desk.looking(setting, "looking at the requests", desk -> {
            Subjects subjects = new Subjects(desk.connection(), setting.subject());
            Named named = subjects.look(key);
            Gatekeeper keeper = new Gatekeeper(desk);
            List<Request> requests = desk.requests().of(named.key());
            if (!named.there()
                    && requests.isEmpty()
                    && setting.key() != null
                    && keeper.erased(named.key()).isEmpty()) {
                throw subjects.unknown(); // whoever mistypes a key must not tell somebody that they are erased
            }
            return new Status(keeper.gate(named, null), requests);
        });
    }

    private Gate gate(Named named, @Nullable Instant issuedAt) throws SQLException {
        if (!named.there() || fenced(named.key(), issuedAt)) {
            return Gate.ERASED;
        }
        List<Request> open = desk.requests().standing(named.key());
        Optional<Gate> blocked = open.stream()
                .map(Request::loginBlockedUntil)
                .filter(until -> until != null && desk.now().isBefore(until))
                .max(Instant::compareTo)
                .map(until -> new Gate(Gate.State.BLOCKED, until));
        return blocked.or(() -> due(open, Flow.DEACTIVATE, Gate.State.DEACTIVATED))
                .or(() -> due(open, Flow.DELETE_ACCOUNT, Gate.State.SCHEDULED))
                .or(() -> due(open, Flow.DELETE_DATA, Gate.State.SCHEDULED))
                .orElse(Gate.ALLOWED);
    }

    /** A row that stays is theirs for ever; one that has come since, with the same key, is somebody else's. */
    private boolean fenced(SubjectKey subject, @Nullable Instant issuedAt) throws SQLException {
        return erased(subject)
                .filter(e -> e.rowStays() || issuedAt != null && !issuedAt.isAfter(e.at()))
                .isPresent();
    }

    private Optional<Fence.Erased> erased(SubjectKey subject) throws SQLException {
        HashKey key = desk.setting().key();
        return key == null ? Optional.empty() : new Fence(desk.connection(), key).of(subject);
    }

    private static Optional<Gate> due(List<Request> open, Flow flow, Gate.State state) {
        return open.stream().filter(r -> r.flow() == flow).findFirst().map(r -> new Gate(state, r.dueAt()));
    }
}
