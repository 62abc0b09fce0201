package dev.exeunt.internal.work;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import dev.exeunt.ExeuntException;
import dev.exeunt.erase.SweepResult;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.internal.delivery.ExportQueue;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.work.BackgroundWorker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Makes exports, erases due people and cleans up in the background until it is closed. What there is to do, and who is
 * at it, stands in the database: any number of workers share it, and what one had that died is taken over by the next.
 *
 * <p>Exports are made side by side. Two workers erase at the same time; more would only wait for each other's disk.
 */
public final class ScheduledWorker implements BackgroundWorker {

    private static final int REAPERS = 2;
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration RETRY = Duration.ofSeconds(30);
    private static final Duration SWEEP = Duration.ofHours(6);

    private final Scheduler scheduler;

    /** @param name that no other has at the same time */
    public ScheduledWorker(String name, Duties duties, BackgroundWorker.Settings settings) {
        AccountRequests requests = duties.requests();
        ExportJobs exports = duties.exports();
        List<Task<?>> jobs = List.of(export(exports, name));
        List<RecurringTask<Void>> recurring = new ArrayList<>(List.of(
                reap(1, requests, name, settings),
                reap(REAPERS, requests, name, settings),
                every(settings.reap(), "late-rows", requests::lookForLateRows),
                every(settings.clean(), "clean-exports", exports::removeExpired),
                every(SWEEP, "sweep-archives", exports::removeOrphans),
                every(SWEEP, "sweep-kept-rows", () -> sweepKeptRows(requests))));
        if (requests.offersSqlFunctions()) {
            recurring.add(every(settings.poll(), "sql-requests", requests::carryOutSqlRequests));
            recurring.add(every(settings.poll(), "sql-exports", exports::carryOutSqlRequests));
        }
        this.scheduler = Scheduler.create(duties.database().transactionSource(), jobs)
                .startTasks(recurring)
                .schedulerName(new SchedulerName.Fixed(name))
                .tableName("exeunt.job")
                .commitWhenAutocommitDisabled(true)
                .clock(duties.clock()::instant)
                .threads(settings.threads())
                .pollingInterval(settings.poll())
                .pollUsingLockAndFetch(0.5, 1.0)
                .heartbeatInterval(settings.heartbeat())
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(settings.patience())
                .failureLogging(LogLevel.WARN, false)
                .build();
    }

    @Override
    public void start() {
        scheduler.start();
    }

    @Override
    public void close() {
        scheduler.stop();
    }

    private static Task<Void> export(ExportJobs exports, String worker) {
        return Tasks.custom(ExportQueue.EXPORT, Void.class)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(RETRY))
                .onDeadExecution(ScheduledWorker::inItsPlace)
                .execute((instance, context) -> exports.runJob(UUID.fromString(instance.getId()), worker)
                        .map(ScheduledWorker::again)
                        .orElseGet(CompletionHandler.OnCompleteRemove::new));
    }

    /** What a worker held that is gone has waited already, and does not queue up behind all who asked since. */
    private static void inItsPlace(ExecutionComplete left, ExecutionOperations<Void> operations) {
        operations.reschedule(left, left.getExecution().executionTime);
    }

    private static CompletionHandler<Void> again(Instant at) {
        return (complete, operations) -> operations.reschedule(complete, at);
    }

    /** @param place each reaper has one, in the table as among the names, since the two work side by side */
    private static RecurringTask<Void> reap(
            int place, AccountRequests requests, String worker, BackgroundWorker.Settings settings) {
        return every(settings.reap(), "reap-" + place, () -> requests.eraseDue(worker + "/" + place));
    }

    /** @throws ExeuntException where rows of an erasure could not be deleted, so that the scheduler logs it; the next sweep tries again */
    private static void sweepKeptRows(AccountRequests requests) {
        SweepResult swept = requests.sweepKeptRows();
        if (!swept.failures().isEmpty()) {
            throw new ExeuntException("Kept rows were not deleted: " + String.join(" ", swept.failures()));
        }
    }

    private static RecurringTask<Void> every(Duration pause, String name, Runnable work) {
        return Tasks.recurring(name, FixedDelay.of(pause)).execute((instance, context) -> work.run());
    }
}
