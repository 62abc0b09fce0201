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

/** Holds a sample's folder and a fresh database that it was loaded into. */
record LoadedSample(Path folder, TestDatabase database) implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-05-04T03:02:01Z");

    static LoadedSample load(String name) {
        Path folder = Path.of(System.getProperty("exeunt.samples"), name);
        return new LoadedSample(
                folder, TestDatabase.createFrom(text(folder, "schema.sql") + "\n" + text(folder, "data.sql")));
    }

    DataMap map() {
        return Exeunt.readMap(folder.resolve("exeunt.yaml"));
    }

    Exeunt exeunt() {
        Database at = Database.at(database.jdbcUrl(), database.user(), database.password());
        return Exeunt.builder(at).clock(Clock.fixed(NOW, ZoneOffset.UTC)).build();
    }

    @Override
    public void close() {
        database.close();
    }

    private static String text(Path folder, String file) {
        try {
            return Files.readString(folder.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
