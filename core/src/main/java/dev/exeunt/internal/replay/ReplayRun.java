package dev.exeunt.internal.replay;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.due.DirectErasureService;
import dev.exeunt.internal.due.ErasureReaper;
import dev.exeunt.internal.flow.AccountRequestService;
import dev.exeunt.internal.hold.LegalHoldService;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.replay.LostHistory.LostCase;
import dev.exeunt.internal.replay.ReplaySteps.ReplayStep;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.transaction.ReusableConnection;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.map.AccountFlow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Does again what a restored database lost. Each step is a transaction of its own, and is done once however often the replay runs. */
final class ReplayRun {

    /** People of one transaction. */
    private static final int BATCH = 200;

    private final LifecycleContext context;
    private final List<UUID> due = new ArrayList<>();
    private final Set<UUID> waiting = new LinkedHashSet<>();

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
        inBatches(steps.list(LostCase::isReleased), this::release);
        inBatches(steps.list(LostCase::isHeld), this::hold);
        inBatches(withdrawn, this::withdraw);
        inBatches(open, this::restore);
        inBatches(erased, this::restoreClaimable);
        reap();
        inBatches(direct, this::eraseDirectly);
        waiting.addAll(stillOpen());
        return steps.result(
                people(erased, direct), left(open).size(), left(withdrawn).size(), List.copyOf(waiting));
    }

    private void withdraw(List<ReplayStep> batch) {
        AccountRequestService requests = new AccountRequestService(context);
        batch.forEach(s -> requests.withdraw(s.lost().number(), s.person()));
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

    private void restoreClaimable(List<ReplayStep> batch) {
        due.addAll(RequestTransaction.runAndCommit(context, "making requests again", transaction -> {
            RestoredRequests requests = new RestoredRequests(transaction);
            List<UUID> made = restore(requests, batch);
            requests.makeClaimable(made);
            return made;
        }));
    }

    private void restore(List<ReplayStep> batch) {
        RequestTransaction.runAndCommit(
                context, "making requests again", transaction -> restore(new RestoredRequests(transaction), batch));
    }

    private static List<UUID> restore(RestoredRequests requests, List<ReplayStep> batch) throws SQLException {
        List<UUID> made = new ArrayList<>();
        for (ReplayStep step : batch) {
            requests.restore(step.lost(), step.person()).ifPresent(made::add);
        }
        return made;
    }

    private void reap() {
        try (ReusableConnection session = new ReusableConnection(context.database())) {
            for (List<UUID> batch : batches(due)) {
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

    /** A batch that fails is halved, until what fails stands alone: it waits for the next replay, and stops no other. */
    private void inBatches(List<ReplayStep> steps, Consumer<List<ReplayStep>> work) {
        batches(steps).forEach(batch -> tryOrHalve(batch, work));
    }

    private void tryOrHalve(List<ReplayStep> batch, Consumer<List<ReplayStep>> work) {
        try {
            work.accept(batch);
        } catch (ExeuntException e) {
            if (batch.size() == 1) {
                waiting.add(batch.get(0).lost().number());
                return;
            }
            int half = batch.size() / 2;
            tryOrHalve(batch.subList(0, half), work);
            tryOrHalve(batch.subList(half, batch.size()), work);
        }
    }

    private List<ReplayStep> left(List<ReplayStep> steps) {
        return steps.stream().filter(s -> !waiting.contains(s.lost().number())).toList();
    }

    private int people(List<ReplayStep> erased, List<ReplayStep> direct) {
        Set<SubjectKey> people = new HashSet<>();
        left(erased).forEach(s -> people.add(s.person()));
        left(direct).forEach(s -> people.add(s.person()));
        return people.size();
    }

    private List<UUID> stillOpen() {
        return RequestTransaction.runReadOnly(
                context,
                "looking at requests",
                transaction -> transaction.requests().findOpen(due));
    }

    private static <T> List<List<T>> batches(List<T> all) {
        List<List<T>> batches = new ArrayList<>();
        for (int from = 0; from < all.size(); from += BATCH) {
            batches.add(all.subList(from, Math.min(all.size(), from + BATCH)));
        }
        return batches;
    }
}
