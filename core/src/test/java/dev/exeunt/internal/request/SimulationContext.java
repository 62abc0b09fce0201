package dev.exeunt.internal.request;

import dev.exeunt.Exeunt;
import dev.exeunt.ProgressListener;
import dev.exeunt.WorkObserver;
import dev.exeunt.database.Database;
import dev.exeunt.internal.files.FileStores;
import dev.exeunt.internal.ledger.chain.FileLedgerSink;
import dev.exeunt.internal.ledger.chain.LedgerCopy;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.TestConnectionPool;
import dev.exeunt.testkit.TestSchemaReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Holds the application, connections, pools and ledger that a thread reuses for its simulations. */
final class SimulationContext implements AutoCloseable {

    /** A disk writes a line of the ledger in 5 ms, and this in none. */
    private static final Path MEMORY = Path.of("/dev/shm");

    private static final String MAP =
            GuildTestApplication.MAP.replace("identifiers: [email] }", "identifiers: [email], created: made_at }");

    private static final String ROWS_GO =
            MAP.replace("{ anonymize: { email: \"deleted-{key}@erased.invalid\", name: null, bio: null } }", "delete");

    final GuildTestApplication guilds = application();
    final Connection application = guilds.database().connection();
    private final List<TestConnectionPool> pools = new ArrayList<>();
    private final Path ledger = temporaryFile();
    final FaultyLedgerSink sink = new FaultyLedgerSink(new FileLedgerSink(ledger), ledger);
    private final SimulatedProduct keepingRows = product(MAP, false);
    private final SimulatedProduct deletingRows = product(ROWS_GO, true);

    /**
     * Holds the product under one map.
     *
     * @param rowsGo whether an erasure deletes the person's own row, so that the key may come again
     * @param workers context of a worker, which ends before it copies the ledger
     */
    record SimulatedProduct(
            boolean rowsGo,
            Exeunt exeunt,
            MapDefinition map,
            AccountRequests requests,
            LegalHolds holds,
            ErasureLedger ledger,
            LifecycleContext workers) {}

    private static GuildTestApplication application() {
        GuildTestApplication guilds = GuildTestApplication.create();
        guilds.database().execute("ALTER TABLE people ADD made_at timestamptz NOT NULL DEFAULT '2026-01-01Z'");
        return guilds;
    }

    private static Path temporaryFile() {
        try {
            return Files.isWritable(MEMORY)
                    ? Files.createTempFile(MEMORY, "exeunt-ledger", "")
                    : Files.createTempFile("exeunt-ledger", "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Makes application and ledger what they were at first. */
    SimulatedProduct reset(boolean rowsGo) {
        sink.fail(FaultyLedgerSink.Fault.NONE);
        try {
            Files.writeString(ledger, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        guilds.reset();
        SimulatedProduct product = rowsGo ? deletingRows : keepingRows;
        product.requests().eraseDue("first"); // which looks how far the ledger is
        return product;
    }

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

    private SimulatedProduct product(String yaml, boolean rowsGo) {
        Exeunt exeunt = Exeunt.builder(kept())
                .clock(guilds.clock())
                .key(GuildTestApplication.KEY)
                .lockWait(Duration.ofSeconds(10))
                .ledger(sink)
                .build();
        MapDefinition map = MapReader.read(yaml, "exeunt.yaml");
        return new SimulatedProduct(
                rowsGo, exeunt, map, exeunt.requests(map), exeunt.holds(map), exeunt.ledger(map), context(map));
    }

    private LifecycleContext context(MapDefinition map) {
        return new LifecycleContext(
                kept(),
                guilds.clock(),
                ProgressListener.NONE,
                WorkObserver.NONE,
                Duration.ofSeconds(10),
                GuildTestApplication.KEY,
                FileStores.NONE,
                LedgerCopy.NONE,
                MappedDatabase.check(guilds.database(), map, TestSchemaReader.schema(guilds.database()))
                        .flowsOrThrow());
    }

    @Override
    public void close() throws SQLException, IOException {
        application.close();
        for (TestConnectionPool pool : pools) {
            pool.close();
        }
        guilds.close();
        Files.delete(ledger);
    }
}
