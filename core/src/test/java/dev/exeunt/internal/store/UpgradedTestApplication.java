package dev.exeunt.internal.store;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * Holds a database with requests that an earlier version made. The dump was made by commit 60ede8b: person 1 is deactivated, 10 asked to
 * delete their data, 12 that and then to delete the account, 13 took that back, 14 is erased, a worker died while it erased 11, 15 waits
 * for an export, 16 has one.
 */
public final class UpgradedTestApplication implements AutoCloseable {

    private static final Instant DUMPED = Instant.parse("2026-03-02T12:00:00Z");

    private final SettableClock clock = new SettableClock(DUMPED);
    private final TestDatabase database = TestDatabase.createFrom(dump());
    private final Exeunt exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
            .clock(clock)
            .key(GuildTestApplication.KEY)
            .build();

    private static String dump() {
        try (InputStream in = UpgradedTestApplication.class.getResourceAsStream("open-requests-60ede8b.sql")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Brings the tables up to date and returns the requests by the map that the earlier version had. */
    public AccountRequests migrate() {
        exeunt.migrate();
        return exeunt.requests(MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"));
    }

    public SettableClock clock() {
        return clock;
    }

    public TestDatabase database() {
        return database;
    }

    public Exeunt exeunt() {
        return exeunt;
    }

    @Override
    public void close() {
        database.close();
    }
}
