package dev.exeunt.spring;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Enumeration;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Exports a person from a real database and extracts the ZIP into a folder, as the person does. */
record ExtractedBundle(Path folder) {

    static final Instant NOW = Instant.parse("2026-05-03T10:11:12Z");

    /** @param files of the store {@code uploads}, which lie in a directory of that name beside the bundle */
    static ExtractedBundle of(String schema, String map, Map<String, byte[]> files, Path directory) throws IOException {
        Path uploads = Files.createDirectory(directory.resolve("uploads"));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(uploads.resolve(file.getKey()), file.getValue());
        }
        Path zip = directory.resolve("bundle.zip");
        try (TestDatabase database = TestDatabase.createFrom(schema)) {
            Exeunt.builder(Database.at(database.jdbcUrl(), database.user(), database.password()))
                    .clock(Clock.fixed(NOW, ZoneOffset.UTC))
                    .fileStore("uploads", uploads)
                    .build()
                    .export(Exeunt.readMap(map, "exeunt.yaml"), "1", zip, BundleFormat.ZIP);
        }
        Path folder = directory.resolve("bundle");
        extract(zip, folder);
        return new ExtractedBundle(folder);
    }

    /** Extracts a ZIP that was downloaded. */
    static ExtractedBundle of(byte[] zip, Path directory) throws IOException {
        Path folder = directory.resolve("bundle");
        extract(Files.write(directory.resolve("bundle.zip"), zip), folder);
        return new ExtractedBundle(folder);
    }

    private static void extract(Path archive, Path folder) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (Enumeration<? extends ZipEntry> entries = zip.entries(); entries.hasMoreElements(); ) {
                ZipEntry entry = entries.nextElement();
                Path file = folder.resolve(entry.getName());
                Files.createDirectories(file.getParent());
                try (InputStream in = zip.getInputStream(entry)) {
                    Files.copy(in, file);
                }
            }
        }
    }

    /** Returns a second folder with the same files. */
    ExtractedBundle copy(Path target) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, target.resolve(folder.relativize(file).toString()));
            }
        }
        return new ExtractedBundle(target);
    }

    /** The address of the page, as a double-click opens it. */
    String address() {
        return folder.resolve("index.html").toUri().toString();
    }

    String section(String name) {
        return address() + "#section/" + name;
    }
}
