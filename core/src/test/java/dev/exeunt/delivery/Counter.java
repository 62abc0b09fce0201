package dev.exeunt.delivery;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.ByteRange;
import dev.exeunt.archive.DirectoryArchives;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Town;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.ExportSettings.Format;
import dev.exeunt.map.Span;
import dev.exeunt.map.yaml.MapReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Where the people of a town ask for their data, and fetch it: one in three a day, kept for a day, a link for an hour. */
public final class Counter implements AutoCloseable {

    static final ExportSettings SETTINGS = new ExportSettings(
            "data-export-{key}-{timestamp}",
            1,
            Format.ZIP,
            new ExportSettings.Limit(1, Span.hours(24)),
            Span.hours(1),
            Span.hours(24));

    private final Town town = Town.made();
    private final Path directory;
    private final Exports exports;

    public Counter(Path directory) {
        this.directory = directory;
        this.exports = exports(town.exeunt(), new DirectoryArchives(directory));
    }

    public static Exports exports(Exeunt exeunt, Archives archives) {
        return exports(exeunt, archives, Town.MAP);
    }

    static Exports exports(Exeunt exeunt, Archives archives, String map) {
        return exeunt.exports(
                MapReader.read(map, "exeunt.yaml"),
                archives,
                new Exports.Terms(SETTINGS, Town.KEY, Exports.Terms.REMEMBER));
    }

    public Town town() {
        return town;
    }

    public Exports exports() {
        return exports;
    }

    Departures departures() {
        return town.departures();
    }

    /** What lies in the archive, and whatever else somebody left there. */
    public List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /** The entries of the archive behind a token, by name. */
    TreeMap<String, String> unpacked(String token) throws IOException {
        Download download = exports.download(token);
        try (InputStream in = download.open(ByteRange.whole(download.bytes()))) {
            TreeMap<String, String> entries = new TreeMap<>();
            ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(in.readAllBytes()));
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
            return entries;
        }
    }

    @Override
    public void close() {
        town.close();
    }
}
