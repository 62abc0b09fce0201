package dev.exeunt.samples;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.DataMap;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Holds a sample's folder, a fresh database that it was loaded into, and its files.
 *
 * @param stores copies of the sample's files, by the names of the stores in its map
 */
record LoadedSample(Path folder, TestDatabase database, Map<String, Path> stores) implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");

    /** Without files. */
    LoadedSample(Path folder, TestDatabase database) {
        this(folder, database, Map.of());
    }

    static LoadedSample load(String name) {
        Path folder = Path.of(System.getProperty("exeunt.samples"), name);
        Map<String, Path> stores = new TreeMap<>();
        for (String store : Exeunt.readMap(folder.resolve("exeunt.yaml")).fileStores()) {
            stores.put(store, copy(folder.resolve(store)));
        }
        return new LoadedSample(
                folder, TestDatabase.createFrom(text(folder, "schema.sql") + "\n" + text(folder, "data.sql")), stores);
    }

    private static Path copy(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            Path copy = Files.createTempDirectory("exeunt-sample");
            for (Path file : all.skip(1).toList()) {
                Files.copy(file, copy.resolve(folder.relativize(file).toString()));
            }
            return copy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    DataMap map() {
        return Exeunt.readMap(folder.resolve("exeunt.yaml"));
    }

    Exeunt exeunt() {
        Database at = Database.at(database.jdbcUrl(), database.user(), database.password());
        return withStores(Exeunt.builder(at).clock(Clock.fixed(NOW, ZoneOffset.UTC)))
                .build();
    }

    Exeunt.Builder withStores(Exeunt.Builder builder) {
        stores.forEach(builder::fileStore);
        return builder;
    }

    @Override
    public void close() {
        database.close();
        stores.values().forEach(LoadedSample::remove);
    }

    private static void remove(Path directory) {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path folder, String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
