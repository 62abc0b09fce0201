package dev.exeunt.testkit;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.erase.Receipt;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.schema.DatabaseSchema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds a test database and the data map for it. */
public record MappedDatabase(TestDatabase database, MapDefinition map) implements AutoCloseable {

    /** What the clock says in every world. */
    public static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");

    public static MappedDatabase of(String sql, String yaml) {
        return new MappedDatabase(TestDatabase.createFrom(sql), MapReader.read(yaml, "exeunt.yaml"));
    }

    /** Returns a builder of what works on this database by this clock. */
    public Exeunt.Builder builder(Clock clock) {
        return Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .clock(clock);
    }

    public Exeunt exeunt() {
        return exeunt(database.user(), database.password());
    }

    public Exeunt exeunt(String user, String password) {
        return Exeunt.builder(Database.at(database.jdbcUrl(), user, password))
                .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                .lockWait(Duration.ofSeconds(2))
                .build();
    }

    /** For tests in which somebody has to wait. */
    public Exeunt exeuntWaiting(int seconds) {
        return Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                .lockWait(Duration.ofSeconds(seconds))
                .build();
    }

    /** As {@link Exeunt#check}, against a schema that was read before. {@link MapCheckSeries} is quicker for many maps. */
    public static MapCheckResult check(TestDatabase database, MapDefinition map, DatabaseSchema schema) {
        return MapCheckSeries.on(database, schema).check(map);
    }

    public MapCheckResult check() {
        return check(database, map, TestSchemaReader.schema(database));
    }

    /** Errors and warnings as {@code code what}. */
    public List<String> findings() {
        return check().findings().stream()
                .map(f -> f.code().word() + " " + f.what())
                .toList();
    }

    public Receipt erase(String... keys) {
        return exeunt().erase(map, List.of(keys), receipt -> {});
    }

    /** Rows that are in one snapshot and not in the other, each with {@code -} gone or {@code +} new, in table order. */
    public static List<String> changes(Map<String, List<String>> before, Map<String, List<String>> after) {
        List<String> changes = new ArrayList<>();
        Map<String, List<String>> all = new LinkedHashMap<>(before);
        after.forEach(all::putIfAbsent);
        for (String table : all.keySet()) {
            List<String> gone = new ArrayList<>(before.getOrDefault(table, List.of()));
            List<String> come = new ArrayList<>(after.getOrDefault(table, List.of()));
            after.getOrDefault(table, List.of()).forEach(gone::remove);
            before.getOrDefault(table, List.of()).forEach(come::remove);
            gone.forEach(r -> changes.add("- " + table + " " + r));
            come.forEach(r -> changes.add("+ " + table + " " + r));
        }
        return changes;
    }

    @Override
    public void close() {
        database.close();
    }
}
