package dev.exeunt.internal.replay;

import dev.exeunt.HashKey;
import dev.exeunt.internal.hold.LegalHoldService;
import dev.exeunt.internal.ledger.ErasureTombstones.ErasureTombstone;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.replay.GuestReplay.GuestCounts;
import dev.exeunt.internal.replay.LostHistory.LostCase;
import dev.exeunt.internal.replay.PresentGuests.GuestRows;
import dev.exeunt.internal.replay.PresentGuests.PresentGuest;
import dev.exeunt.internal.replay.PresentSubjects.PresentSubject;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.ledger.ErasureLedger.WaitingCase;
import dev.exeunt.request.Request;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What has to be done for each person of lost entries who is in the restored database. */
final class ReplaySteps {

    private final long entries;
    private final Instant now;
    private final List<ReplayStep> steps = new ArrayList<>();
    private final List<GuestStep> guests = new ArrayList<>();
    private int absent;
    private int newcomers;
    private int uncertain;
    private int undecided;

    /** A lost case, with the person it is about. */
    record ReplayStep(LostCase lost, SubjectKey person) {}

    /**
     * A lost erasure of a person without an account, with the value that tells their rows.
     *
     * @param trusted whether rows of which nothing tells when they were made are theirs
     */
    record GuestStep(LostCase lost, PresentGuest guest, boolean trusted) {}

    private ReplaySteps(long entries, Instant now) {
        this.entries = entries;
        this.now = now;
    }

    static ReplaySteps of(RequestTransaction transaction, LostEntries lost, List<HashKey> keys, boolean trustKeys)
            throws SQLException {
        ReplaySteps steps = new ReplaySteps(lost.count(), transaction.now());
        Map<String, PresentSubject> present = PresentSubjects.find(
                transaction.connection(), transaction.context().plan(), hashes(lost, c -> !c.guest()), keys);
        Map<UUID, Request.State> states = transaction
                .requests()
                .states(lost.history().cases().stream().map(LostCase::number).toList());
        Map<SubjectKey, ErasureTombstone> erased = transaction
                .tombstones(transaction.context().requireKey())
                .findAll(present.values().stream().map(PresentSubject::key).toList());
        Map<SubjectKey, Integer> ended = ended(lost.history(), present);
        PresentGuests inDatabase = new PresentGuests(
                transaction.connection(), transaction.context().plan());
        Map<String, PresentGuest> guests = inDatabase.find(hashes(lost, LostCase::guest), keys);
        for (LostCase each : lost.history().cases()) {
            if (each.guest()) {
                steps.decide(each, guests.get(each.subject()), inDatabase, trustKeys);
                continue;
            }
            PresentSubject person = present.get(each.subject());
            if (person == null || isOfLaterPerson(each, ended.get(person.key()))) {
                steps.absent += each.isErased() ? 1 : 0;
            } else if (!isOver(transaction, each, states.get(each.number()))
                    && !isErasedSince(each, erased.get(person.key()))) {
                boolean known = states.containsKey(each.number()) || each.isReleased();
                steps.decide(each, person, known || trustKeys);
            }
        }
        return steps;
    }

    private static Set<String> hashes(LostEntries lost, Predicate<LostCase> which) {
        return lost.history().cases().stream()
                .filter(which)
                .map(LostCase::subject)
                .collect(Collectors.toSet());
    }

    /** Which of the lost entries says first that the account of each key was erased, under whatever secret it was hashed. */
    private static Map<SubjectKey, Integer> ended(LostHistory history, Map<String, PresentSubject> present) {
        Map<SubjectKey, Integer> ended = new HashMap<>();
        history.endedAccounts().forEach((hash, entry) -> {
            PresentSubject person = present.get(hash);
            if (person != null) {
                ended.merge(person.key(), entry, Math::min);
            }
        });
        return ended;
    }

    /**
     * Whether the case began after the account with its key was erased. Then it is about another person, whom the restored database cannot
     * have: it has the row of the erased one.
     */
    private static boolean isOfLaterPerson(LostCase lost, @Nullable Integer ended) {
        return ended != null && ended < lost.first();
    }

    /** Whether the database is as the ledger says already: a replay is done a second time, or the case is from before the backup. */
    private static boolean isOver(RequestTransaction transaction, LostCase lost, Request.@Nullable State state)
            throws SQLException {
        if (lost.direct()) {
            return false;
        }
        if (lost.isHeld()) {
            return LegalHoldService.isKnown(transaction, lost.number());
        }
        if (lost.isReleased()) {
            return !LegalHoldService.isActive(transaction, lost.number());
        }
        boolean open = state != null && state.isOpen();
        if (lost.isWithdrawn()) {
            return !open;
        }
        return state != null && (lost.isOpen() || !open);
    }

    /** Whether the person, whose row stays, was erased after the entry: by a replay before this one. */
    private static boolean isErasedSince(LostCase lost, @Nullable ErasureTombstone tombstone) {
        return lost.direct() && tombstone != null && tombstone.at().isAfter(lost.at());
    }

    /**
     * By a clock that has been set back since the entry, times of creation do not tell a new person from an old one.
     *
     * @param sure whether it is the same person where no time of creation tells it: the restored database has the person's request or hold
     */
    private void decide(LostCase lost, PresentSubject person, boolean sure) {
        if (lost.isUndecided()) {
            undecided++;
        } else if (lost.direct() && !lost.isErased()) {
            return; // it was not done
        } else if (person.cameAfter(lost.at())) {
            newcomers++;
        } else if (sure || person.wasThereAt(lost.at()) && !lost.at().isAfter(now)) {
            steps.add(new ReplayStep(lost, person.key()));
        } else {
            uncertain++;
        }
    }

    /** Of a guest's rows those are erased again that were there at the erasure. */
    private void decide(LostCase lost, @Nullable PresentGuest guest, PresentGuests inDatabase, boolean trusted)
            throws SQLException {
        if (guest == null) {
            absent += lost.isErased() ? 1 : 0;
        } else if (lost.isUndecided()) {
            undecided++;
        } else if (lost.isErased()) {
            GuestRows rows = inDatabase.rows(guest, lost.at());
            if (rows.old() == 0 && rows.uncertain() == 0) {
                newcomers++;
            } else if (trusted || rows.uncertain() == 0 && !lost.at().isAfter(now)) {
                guests.add(new GuestStep(lost, guest, trusted));
            } else {
                uncertain++;
            }
        }
    }

    List<GuestStep> guests() {
        return guests;
    }

    List<ReplayStep> list(Predicate<LostCase> which) {
        return steps.stream().filter(s -> which.test(s.lost())).toList();
    }

    /**
     * Lists the legal holds to place again.
     *
     * @param late those that were placed after an erasure of the person's data, and must not hold it
     */
    List<ReplayStep> held(boolean late) {
        return list(LostCase::isHeld).stream()
                .filter(h -> late == isAfterErasure(h))
                .toList();
    }

    private boolean isAfterErasure(ReplayStep hold) {
        return steps.stream()
                .filter(s -> s.lost().isErased() && s.person().equals(hold.person()))
                .anyMatch(s -> s.lost().decided() < hold.lost().first());
    }

    ReplayResult preview() {
        return result(
                count(LostCase::isErased),
                count(LostCase::isOpen),
                count(LostCase::isWithdrawn),
                new GuestCounts(
                        (int) guests.stream().map(GuestStep::guest).distinct().count(), 0, 0),
                List.of());
    }

    /** People, not requests: one erasure may end several requests. */
    private int count(Predicate<LostCase> which) {
        return new HashSet<>(list(which).stream().map(ReplayStep::person).toList()).size();
    }

    ReplayResult result(int erased, int restored, int withdrawn, GuestCounts counts, List<WaitingCase> waiting) {
        return new ReplayResult(
                entries,
                erased + counts.erased(),
                restored,
                withdrawn,
                absent + counts.absent(),
                newcomers + counts.newcomers(),
                uncertain,
                undecided,
                waiting);
    }
}
