package dev.exeunt.internal.request;

import dev.exeunt.Exeunt;
import dev.exeunt.ProgressListener;
import dev.exeunt.WorkObserver;
import dev.exeunt.database.Database;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestConnectionPool;
import dev.exeunt.testkit.TestSchemaReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Holds the application, connections and pools that a thread reuses for its simulations. */
final class SimulationContext implements AutoCloseable {
    final GuildTestApplication guilds = GuildTestApplication.create();
    final Connection application = guilds.database().connection();
    private final List<TestConnectionPool> pools = new ArrayList<>();
    final Exeunt exeunt = exeunt();
    final AccountRequests requests = exeunt.requests(MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"));
    final LegalHolds holds = exeunt.holds(MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"));
    final LifecycleContext context = context();

    /** Keeps connections: a simulation makes some forty calls, and each would otherwise connect. */
    private Database kept() {
        return Database.at(
                        guilds.database().jdbcUrl(),
                        guilds.database().user(),
                        guilds.database().password())
                .pooled(fresh -> {
                    TestConnectionPool pool = new TestConnectionPool(fresh);
                    pools.add(pool);
                    return pool;
                });
    }

    private Exeunt exeunt() {
        return Exeunt.builder(kept())
                .clock(guilds.clock())
                .key(GuildTestApplication.KEY)
                .lockWait(Duration.ofSeconds(10))
                .build();
    }

    private LifecycleContext context() {
        return new LifecycleContext(
                kept(),
                guilds.clock(),
                ProgressListener.NONE,
                WorkObserver.NONE,
                Duration.ofSeconds(10),
                GuildTestApplication.KEY,
                FileStores.NONE,
                LedgerCopy.NONE,
                MappedDatabase.check(
                                guilds.database(),
                                MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"),
                                TestSchemaReader.schema(guilds.database()))
                        .flowsOrThrow());
    }

    @Override
    public void close() throws SQLException {
        application.close();
        for (TestConnectionPool pool : pools) {
            pool.close();
        }
        guilds.close();
    }
}
