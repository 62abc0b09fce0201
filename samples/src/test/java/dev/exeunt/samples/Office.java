package dev.exeunt.samples;

import dev.exeunt.Exeunt;
import dev.exeunt.ledger.HashKey;
import dev.exeunt.lifecycle.Ask;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.map.Flow;
import dev.exeunt.postgres.Database;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A sample's application with Exeunt's own tables, and a clock that stands until it is set. */
final class Office implements AutoCloseable {

    static final HashKey KEY = HashKey.ofHex("8899aabbccddeeff00112233445566778899aabbccddeeff0011223344556677");

    private final Sample sample;
    private final Hands clock = new Hands();
    private final Exeunt exeunt;
    private final Departures departures;

    private Office(Sample sample) {
        this.sample = sample;
        var database = sample.database();
        this.exeunt = Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .clock(clock)
                .key(KEY)
                .build();
        exeunt.migrations().apply();
        this.departures = exeunt.departures(sample.map());
    }

    static Office of(String sample) {
        return new Office(Sample.load(sample));
    }

    Sample sample() {
        return sample;
    }

    Exeunt exeunt() {
        return exeunt;
    }

    Departures departures() {
        return departures;
    }

    Instant now() {
        return clock.instant();
    }

    void at(Instant when) {
        clock.now = when;
    }

    /** As the person does it who has read everything. */
    Ask ask(Flow flow, String key, String typed) {
        return Ask.self(flow, key)
                .typing(typed)
                .acknowledging(departures.outlook(flow, key).warnings().digest());
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

    private static final class Hands extends Clock {
        private Instant now = Sample.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("a moment has no zone");
        }
    }
}
