package dev.exeunt.samples;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.testkit.SettableClock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Loads a sample with Exeunt's tables and a settable clock. */
final class SampleTestApplication implements AutoCloseable {

    static final HashKey KEY = HashKey.ofHex("8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677");

    private final LoadedSample sample;
    private final SettableClock clock = new SettableClock(LoadedSample.NOW);
    private final Exeunt exeunt;
    private final AccountRequests requests;

    private SampleTestApplication(LoadedSample sample) {
        this.sample = sample;
        var database = sample.database();
        this.exeunt = sample.withStores(
                        Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password())))
                .clock(clock)
                .key(KEY)
                .build();
        exeunt.migrate();
        this.requests = exeunt.requests(sample.map());
    }

    static SampleTestApplication of(String sample) {
        return new SampleTestApplication(LoadedSample.load(sample));
    }

    LoadedSample sample() {
        return sample;
    }

    Exeunt exeunt() {
        return exeunt;
    }

    AccountRequests requests() {
        return requests;
    }

    Instant now() {
        return clock.instant();
    }

    void setTime(Instant when) {
        clock.set(when);
    }

    /** As the person does it who has read everything. */
    NewRequest ask(AccountFlow flow, String key, String typed) {
        return NewRequest.self(flow, key)
                .typing(typed)
                .acknowledging(requests.previewRequest(flow, key).warnings().digest());
    }

    void execute(String sql) {
        sample.database().execute(sql);
    }

    List<String> column(String sql) {
        return sample.database().column(sql);
    }

    /** Every row of the application, by table; not Exeunt's own. */
    Map<String, List<String>> rows() {
        Map<String, List<String>> rows = new TreeMap<>();
        for (String table :
                column("SELECT quote_ident(table_name) FROM information_schema.tables WHERE table_schema = 'public'"
                        + " AND table_type = 'BASE TABLE'")) {
            rows.put(table, column("SELECT t::text FROM " + table + " t ORDER BY t::text"));
        }
        return rows;
    }

    @Override
    public void close() {
        sample.close();
    }
}
