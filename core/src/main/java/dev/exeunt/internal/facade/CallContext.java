package dev.exeunt.internal.facade;

import dev.exeunt.HashKey;
import dev.exeunt.ProgressListener;
import dev.exeunt.WorkObserver;
import dev.exeunt.database.Database;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.ledger.RecordedErasures;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.plan.proof.MapChecker;
import dev.exeunt.internal.postgres.TransactionSettings;
import dev.exeunt.internal.postgres.TransactionWork;
import dev.exeunt.internal.reach.ErasedPeople;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import dev.exeunt.internal.schema.trial.SqlValidator;
import dev.exeunt.internal.transaction.Transaction;
import dev.exeunt.map.DataMap;
import java.sql.Connection;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Holds what all calls of the facade share, and proves maps for them.
 *
 * @param lockWait how long an erasure waits for a lock
 * @param key of the keyed hashes of erased people; null where the application gave none
 * @param files where the files are that rows name
 * @param ledger copies the ledger outside the database
 */
public record CallContext(
        Database database,
        Clock clock,
        ProgressListener progress,
        WorkObserver observer,
        Duration lockWait,
        @Nullable HashKey key,
        FileStores files,
        LedgerCopy ledger) {

    /** Returns the map as {@code Exeunt.readMap} made it; refuses other implementations. */
    public static MapDefinition definition(DataMap map) {
        if (map instanceof MapDefinition definition) {
            return definition;
        }
        throw new IllegalArgumentException(
                "The map was not read by Exeunt.readMap: " + map.getClass().getName());
    }

    /** Returns what requests, exports and other work by this map share. The map is proven first. */
    public LifecycleContext lifecycle(DataMap map) {
        ledger.look();
        return new LifecycleContext(
                database,
                clock,
                progress,
                observer,
                lockWait,
                key,
                files,
                ledger,
                proven(map).flowsOrThrow());
    }

    /** Checks the map in a transaction of its own. */
    MapCheckResult proven(DataMap map) {
        return inTransaction(connection -> checked(connection, map));
    }

    DatabaseSchema schema() {
        return inTransaction(SchemaReader::read);
    }

    ErasedPeople erased(Plan plan) {
        return RecordedErasures.of(key, plan.subject().kind());
    }

    static MapCheckResult checked(Connection connection, DataMap map) {
        return checked(connection, map, SchemaReader.read(connection));
    }

    /** The one way to a plan: no SQL of the map is run that has not been tried. */
    static MapCheckResult checked(Connection connection, DataMap read, DatabaseSchema schema) {
        MapDefinition map = definition(read);
        return MapChecker.check(map, schema, sql -> SqlValidator.validate(connection, sql));
    }

    <T> T inTransaction(TransactionWork<T> work) {
        return Transaction.runAndRollBack(database, "reading", connection -> {
            TransactionSettings.apply(connection);
            return work.run(connection);
        });
    }
}
