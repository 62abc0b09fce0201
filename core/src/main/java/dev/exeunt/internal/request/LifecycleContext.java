package dev.exeunt.internal.request;

import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.ProgressListener;
import dev.exeunt.WorkObserver;
import dev.exeunt.database.Database;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.ledger.RecordedErasures;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.FlowPlan.GuardPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.map.AccountFlow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds the database, clock, listeners, hash key and proven flow plans that requests use.
 *
 * @param clock the system clock stands for the database's, which all instances share; any other clock is set in the
 *     database
 * @param observer told what has been done
 * @param key by which erased people are recognised; null if no person will be erased
 * @param files where the files are that rows name
 * @param ledger copies the ledger outside the database, and refuses work while the database is behind that copy
 * @param flows proven against the database
 */
public record LifecycleContext(
        Database database,
        Clock clock,
        ProgressListener progress,
        WorkObserver observer,
        Duration lockWait,
        @Nullable HashKey key,
        FileStores files,
        LedgerCopy ledger,
        Map<AccountFlow, FlowPlan> flows) {

    public LifecycleContext {
        flows = Map.copyOf(flows);
    }

    /** Returns the plan of a flow. @throws ExeuntException where the map no longer offers it */
    public FlowPlan flow(AccountFlow flow) {
        FlowPlan plan = flows.get(flow);
        if (plan == null) {
            throw new ExeuntException(
                    "A request to " + flow.word() + " is open, and the map no longer offers that flow."
                            + " Put it back under flows: until no such request is open.");
        }
        return plan;
    }

    /** Returns the guards of all flows. */
    public List<GuardPlan> guards() {
        return flows.values().stream().flatMap(f -> f.guards().stream()).toList();
    }

    /** The same for work that has to be done although the ledger is closed. */
    public LifecycleContext withoutLedgerCopy() {
        return new LifecycleContext(database, clock, progress, observer, lockWait, key, files, LedgerCopy.NONE, flows);
    }

    public MapDefinition map() {
        return plan().map();
    }

    /** What of a person is theirs to have. */
    public Plan plan() {
        return flow(AccountFlow.DELETE_ACCOUNT).erasure();
    }

    /** What kind of subject the requests are about. Statements ask for it wherever they look for a subject. */
    public SubjectKind kind() {
        return subject().kind();
    }

    public PlannedSubject subject() {
        return plan().subject();
    }

    /** The record of people who were erased and whose rows stay; empty where no key is set. */
    public ErasedPeople erasedPeople() {
        return RecordedErasures.of(key, kind());
    }

    /** @throws ExeuntException where no key is set */
    public HashKey requireKey() {
        if (key == null) {
            throw new ExeuntException(
                    "The key of erased people is not set. Without it Exeunt erases no person and lets no person in. Make one"
                            + " (openssl rand -hex 32), keep it outside the database, and give it in EXEUNT_KEY.");
        }
        return key;
    }
}
