package dev.exeunt.internal.sweep;

import dev.exeunt.erase.SweepResult;
import dev.exeunt.internal.hold.HoldLock;
import dev.exeunt.internal.request.FailureText;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestTransaction;
import dev.exeunt.internal.transaction.ReusableConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Deletes the rows that erasures kept for a period, once it is over. Only rows that were recorded at an erasure, and only while their
 * link is as the erasure left it. Any number of sweeps may run side by side.
 *
 * <p>Each batch of erasures is one transaction. Where it fails it is halved, until the erasure that fails is alone. Its rows stay
 * recorded.
 */
public final class KeptRowSweep {

    private static final int BATCH = 200;

    private final LifecycleContext context;
    private final List<SweepRule> rules;
    private final Map<SweepRule, SweepCounts> counts = new LinkedHashMap<>();
    private final Set<String> failures = new LinkedHashSet<>();

    public KeptRowSweep(LifecycleContext context) {
        this.context = context;
        this.rules = SweepRule.of(context.flows().values());
    }

    /**
     * Counts the rows that a sweep would delete now.
     *
     * @throws dev.exeunt.ExeuntException without the key by which erased people are known: owners could not be told from erased people
     */
    public SweepResult preview() {
        context.requireKey();
        return RequestTransaction.runReadOnly(context, "counting kept rows", transaction -> {
            KeptEntryQuery query = new KeptEntryQuery(transaction, rules);
            List<UUID> batch = query.erasuresAfter(null, BATCH);
            while (!batch.isEmpty()) {
                add(SweptRows.count(transaction, rules, query.due(batch, false)));
                batch = query.erasuresAfter(batch.get(batch.size() - 1), BATCH);
            }
            return result(transaction);
        });
    }

    /** Deletes the rows whose period is over; throws as {@link #preview} does. */
    public SweepResult sweep() {
        context.requireKey();
        long begun = System.nanoTime();
        try (ReusableConnection session = new ReusableConnection(context.database())) {
            Optional<UUID> last = Optional.empty();
            List<UUID> batch;
            do {
                UUID after = last.orElse(null);
                batch = RequestTransaction.runAndCommit(
                        context,
                        session,
                        "looking for rows whose period is over",
                        transaction -> new KeptEntryQuery(transaction, rules).erasuresAfter(after, BATCH));
                sweep(session, batch);
                last = batch.isEmpty() ? last : Optional.of(batch.get(batch.size() - 1));
            } while (batch.size() == BATCH && !Thread.currentThread().isInterrupted());
            SweepResult done = RequestTransaction.runAndCommit(context, session, "counting kept rows", this::result);
            context.observer().swept(Duration.ofNanos(System.nanoTime() - begun), done.deleted(), failures.size());
            return done;
        }
    }

    private void sweep(ReusableConnection session, List<UUID> erasures) {
        if (erasures.isEmpty()) {
            return;
        }
        try {
            add(RequestTransaction.runAndCommit(
                    context, session, "deleting kept rows", transaction -> deleted(transaction, erasures)));
        } catch (RuntimeException e) {
            if (erasures.size() == 1) {
                failures.add(FailureText.of(e));
                return;
            }
            sweep(session, erasures.subList(0, erasures.size() / 2));
            sweep(session, erasures.subList(erasures.size() / 2, erasures.size()));
        }
    }

    private Map<SweepRule, Map<UUID, SweepCounts>> deleted(RequestTransaction transaction, List<UUID> erasures)
            throws SQLException {
        HoldLock.share(transaction.connection());
        List<KeptEntry> due = new KeptEntryQuery(transaction, rules).due(erasures, true);
        Map<SweepRule, Map<UUID, SweepCounts>> deleted = SweptRows.delete(transaction, rules, due);
        SweepEvents.append(transaction, deleted);
        return deleted;
    }

    private void add(Map<SweepRule, Map<UUID, SweepCounts>> of) {
        of.forEach(
                (rule, byErasure) -> byErasure.values().forEach(count -> counts.merge(rule, count, SweepCounts::plus)));
    }

    private SweepResult result(RequestTransaction transaction) throws SQLException {
        KeptEntryQuery query = new KeptEntryQuery(transaction, rules);
        List<SweepResult.SweptRole> roles = new ArrayList<>();
        rules.stream()
                .filter(counts::containsKey)
                .forEach(rule ->
                        roles.add(counts.getOrDefault(rule, SweepCounts.NONE).of(rule)));
        Instant next = query.next().orElse(null);
        return new SweepResult(transaction.now(), roles, List.copyOf(failures), query.unruled(), query.held(), next);
    }
}
