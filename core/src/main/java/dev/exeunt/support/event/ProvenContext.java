package dev.exeunt.support.event;

import dev.exeunt.HashKey;
import dev.exeunt.ProgressListener;
import dev.exeunt.WorkObserver;
import dev.exeunt.database.Database;
import dev.exeunt.internal.facade.CallContext;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.map.DataMap;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Proves the map when it is first needed, so that a start does not wait for it. */
final class ProvenContext {

    private static final Duration LOCK_WAIT = Duration.ofSeconds(10);

    private final CallContext calls;
    private final DataMap map;
    private @Nullable LifecycleContext proven;

    ProvenContext(Database database, Clock clock, @Nullable HashKey key, DataMap map) {
        this.calls = new CallContext(
                database,
                clock,
                ProgressListener.NONE,
                WorkObserver.NONE,
                LOCK_WAIT,
                key,
                FileStores.NONE,
                LedgerCopy.NONE);
        this.map = map;
    }

    synchronized LifecycleContext get() {
        LifecycleContext known = proven;
        if (known == null) {
            known = calls.lifecycle(map);
            proven = known;
        }
        return known;
    }
}
