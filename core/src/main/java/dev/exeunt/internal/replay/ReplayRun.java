package dev.exeunt.internal.replay;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.due.DirectErasureService;
import dev.exeunt.internal.due.ErasureReaper;
import dev.exeunt.internal.flow.AccountRequestService;
import dev.exeunt.internal.hold.LegalHoldService;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.replay.GuestReplay.GuestCounts;
import dev.exeunt.internal.replay.LostHistory.LostCase;
import dev.exeunt.internal.replay.ReplaySteps.ReplayStep;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.transaction.ReusableConnection;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.ledger.ErasureLedger.WaitingCase;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Request;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Does again what a restored database lost. Each step is a transaction of its own, and is done once however often the replay runs. */
final class ReplayRun {

    /** People of one transaction. */
    private static final int BATCH = 200;

    private final LifecycleContext context;
    private final Set<UUID> made = new HashSet<>();
    private final Set<UUID> due = new LinkedHashSet<>();
    private final Map<UUID, String> waiting = new LinkedHashMap<>();

    /** @param context whose ledger is open */
    ReplayRun(LifecycleContext context) {
        this.context = context;
    }

    /** Puts legal holds and requests as they were, and erases who had been erased, in that order. */
    ReplayResult carryOut(ReplaySteps steps) {
        List<ReplayStep> withdrawn = steps.list(LostCase::isWithdrawn);
        List<ReplayStep> open = steps.list(LostCase::isOpen);
        List<ReplayStep> erased = steps.list(c -> c.isErased() && !c.direct());
        List<ReplayStep> direct = steps.list(c -> c.isErased() && c.direct());
        inBatches(1, steps.list(LostCase::isReleased), this::release);
        inBatches(1, steps.held(false), this::hold);
        inBatches(1, withdrawn, this::withdraw);
        restoreAndReap(steps.list(c -> c.isOpen() || c.isErased() && !c.direct()));
        inBatches(BATCH, direct, this::eraseDirectly);
        inBatches(1, steps.held(true), this::hold);
        GuestCounts guests = new GuestReplay(context, waiting).erase(steps.guests());
        waiting.putAll(reasonsOfOpen());
        return steps.result(
                people(erased, direct),
                left(open).size(),
                left(withdrawn).size(),
                guests,
                waiting.entrySet().stream()
                        .map(w -> new WaitingCase(w.getKey(), w.getValue()))
                        .toList());
    }

    /** The erasure may have begun when the backup was made, and been given up later. */
    private void withdraw(List<ReplayStep> batch) {
        for (ReplayStep step : batch) {
            UUID request = step.lost().number();
            RequestTransaction.runAndCommit(context, "ending a lost claim", transaction -> {
                new RestoredRequests(transaction).endClaim(request);
                return true;
            });
            new AccountRequestService(context).withdraw(request, step.person());
        }
    }

    private void release(List<ReplayStep> batch) {
        LegalHoldService holds = new LegalHoldService(context);
        batch.forEach(s ->
                holds.release(s.lost().number(), RestoredRequests.STAFF, "It had been released before the restore."));
    }

    private void hold(List<ReplayStep> batch) {
        LegalHoldService holds = new LegalHoldService(context);
        batch.forEach(s -> holds.restore(
                s.lost().number(),
                s.person(),
                s.lost().at(),
                Objects.requireNonNull(s.lost().hold())));
    }

    /** A person may have asked twice for the same, once the first request was carried out. Then the second is made after that. */
    private void restoreAndReap(List<ReplayStep> requests) {
        int known;
        do {
            known = made.size();
            inBatches(BATCH, requests, this::restore);
            reap();
        } while (made.size() > known);
    }

    /** In the order of the ledger, so that requests of a person hide one after the other as they did. */
    private void restore(List<ReplayStep> batch) {
        Set<UUID> there = new HashSet<>();
        due.addAll(RequestTransaction.runAndCommit(context, "making requests again", transaction -> {
            RestoredRequests requests = new RestoredRequests(transaction);
            List<UUID> claimable = new ArrayList<>();
            for (ReplayStep step : batch) {
                Optional<UUID> restored = requests.restore(step.lost(), step.person());
                restored.filter(step.lost().number()::equals).ifPresent(there::add);
                restored.filter(r -> step.lost().isErased()).ifPresent(claimable::add);
            }
            requests.makeClaimable(claimable);
            return claimable;
        }));
        made.addAll(there);
    }

    private void reap() {
        try (ReusableConnection session = new ReusableConnection(context.database())) {
            for (List<UUID> batch : batches(List.copyOf(due), BATCH)) {
                new ErasureReaper(context, session, "replay").reapOnly(batch);
            }
        }
    }

    private void eraseDirectly(List<ReplayStep> batch) {
        DirectErasureService erasing = new DirectErasureService(
                context.database(),
                new DirectErasureService.ErasureConditions(
                        context.clock(),
                        context.progress(),
                        context.lockWait(),
                        context.key(),
                        context.files(),
                        context.observer(),
                        context.ledger()));
        erasing.erase(
                context.plan(),
                batch.stream().map(s -> s.person().typed()).distinct().toList(),
                connection -> context.flow(AccountFlow.DELETE_ACCOUNT),
                receipt -> {});
    }

    /**
     * A batch that fails is halved, until what fails stands alone: it waits for the next replay, and stops no other.
     *
     * @param size how many share a transaction
     */
    private void inBatches(int size, List<ReplayStep> steps, Consumer<List<ReplayStep>> work) {
        batches(steps, size).forEach(batch -> tryOrHalve(batch, work));
    }

    private void tryOrHalve(List<ReplayStep> batch, Consumer<List<ReplayStep>> work) {
        try {
            work.accept(batch);
        } catch (ExeuntException e) {
            if (batch.size() == 1) {
                waiting.put(batch.get(0).lost().number(), String.valueOf(e.getMessage()));
                return;
            }
            int half = batch.size() / 2;
            tryOrHalve(batch.subList(0, half), work);
            tryOrHalve(batch.subList(half, batch.size()), work);
        }
    }

    private List<ReplayStep> left(List<ReplayStep> steps) {
        return steps.stream()
                .filter(s -> !waiting.containsKey(s.lost().number()))
                .toList();
    }

    private int people(List<ReplayStep> erased, List<ReplayStep> direct) {
        Set<SubjectKey> people = new HashSet<>();
        left(erased).forEach(s -> people.add(s.person()));
        left(direct).forEach(s -> people.add(s.person()));
        return people.size();
    }

    private Map<UUID, String> reasonsOfOpen() {
        return RequestTransaction.runReadOnly(context, "looking at requests", transaction -> {
            Map<UUID, String> reasons = new LinkedHashMap<>();
            transaction.requests().findOpen(List.copyOf(due)).forEach(r -> reasons.put(r.id(), reason(r)));
            return reasons;
        });
    }

    private static String reason(Request request) {
        if (request.failure() != null) {
            return request.failure();
        }
        return request.state() == Request.State.BLOCKED
                ? "A guard of the map stands in the way."
                : "A legal hold, or another worker, keeps it from being carried out.";
    }

    static <T> List<List<T>> batches(List<T> all, int size) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += size) {
            batches.add(all.subList(from, Math.min(all.size(), from + size)));
        }
        return batches;
    }
}
