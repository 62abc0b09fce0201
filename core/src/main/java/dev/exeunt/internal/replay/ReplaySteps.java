package dev.exeunt.internal.replay;

import dev.exeunt.HashKey;
import dev.exeunt.internal.hold.LegalHoldService;
import dev.exeunt.internal.ledger.ErasureTombstones.ErasureTombstone;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.replay.LostHistory.LostCase;
import dev.exeunt.internal.replay.PresentSubjects.PresentSubject;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.ledger.ErasureLedger.WaitingCase;
import dev.exeunt.request.Request;
import java.sql.SQLException;
import java.util.ArrayList;
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
    private final List<ReplayStep> steps = new ArrayList<>();
    private int absent;
    private int newcomers;
    private int uncertain;
    private int undecided;

    /** A lost case, with the person it is about. */
    record ReplayStep(LostCase lost, SubjectKey person) {}

    private ReplaySteps(long entries) {
        this.entries = entries;
    }

    static ReplaySteps of(RequestTransaction transaction, LostEntries lost, List<HashKey> keys, boolean trustKeys)
            throws SQLException {
        ReplaySteps steps = new ReplaySteps(lost.count());
        Set<String> hashes =
                lost.history().cases().stream().map(LostCase::subject).collect(Collectors.toSet());
        Map<String, PresentSubject> present = PresentSubjects.find(
                transaction.connection(), transaction.context().plan(), hashes, keys);
        Map<UUID, Request.State> states = transaction
                .requests()
                .states(lost.history().cases().stream().map(LostCase::number).toList());
        Map<SubjectKey, ErasureTombstone> erased = transaction
                .tombstones(transaction.context().requireKey())
                .findAll(present.values().stream().map(PresentSubject::key).toList());
        for (LostCase each : lost.history().cases()) {
            PresentSubject person = present.get(each.subject());
            if (person == null) {
                steps.absent += each.isErased() ? 1 : 0;
            } else if (!isOver(transaction, each, states.get(each.number()))
                    && !isErasedSince(each, erased.get(person.key()))) {
                boolean known = states.containsKey(each.number()) || each.isReleased();
                steps.decide(each, person, known || trustKeys);
            }
        }
        return steps;
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

    /** @param sure whether it is the same person where no time of creation tells it: the restored database has the person's request or hold */
    private void decide(LostCase lost, PresentSubject person, boolean sure) {
        if (lost.isUndecided()) {
            undecided++;
        } else if (lost.direct() && !lost.isErased()) {
            return; // it was not done
        } else if (person.created() == null && !sure) {
            uncertain++;
        } else if (person.created() != null && person.created().isAfter(lost.at())) {
            newcomers++;
        } else {
            steps.add(new ReplayStep(lost, person.key()));
        }
    }

    List<ReplayStep> list(Predicate<LostCase> which) {
        return steps.stream().filter(s -> which.test(s.lost())).toList();
    }

    ReplayResult preview() {
        return result(count(LostCase::isErased), count(LostCase::isOpen), count(LostCase::isWithdrawn), List.of());
    }

    /** People, not requests: one erasure may end several requests. */
    private int count(Predicate<LostCase> which) {
        return new HashSet<>(list(which).stream().map(ReplayStep::person).toList()).size();
    }

    ReplayResult result(int erased, int restored, int withdrawn, List<WaitingCase> waiting) {
        return new ReplayResult(entries, erased, restored, withdrawn, absent, newcomers, uncertain, undecided, waiting);
    }
}
