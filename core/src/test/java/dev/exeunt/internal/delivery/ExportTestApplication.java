package dev.exeunt.internal.delivery;

import dev.exeunt.Exeunt;
import dev.exeunt.archive.Archives;
import dev.exeunt.archive.Archives.ByteRange;
import dev.exeunt.archive.directory.DirectoryArchives;
import dev.exeunt.export.ExportJobs;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.AccountRequests;
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

/** Adds export jobs and an archive directory to the guild application. */
public final class ExportTestApplication implements AutoCloseable {

    static final ExportSettings SETTINGS = new ExportSettings(
            "data-export-{key}-{timestamp}",
            "1",
            BundleFormat.ZIP,
            new ExportSettings.RateLimit(1, TimeSpan.hours(24)),
            TimeSpan.hours(1),
            TimeSpan.hours(24));

    private final GuildTestApplication guilds = GuildTestApplication.create();
    private final Path directory;
    private final ExportJobs exports;

    public ExportTestApplication(Path directory) {
        this.directory = directory;
        this.exports = exports(guilds.exeunt(), new DirectoryArchives(directory));
    }

    public static ExportJobs exports(Exeunt exeunt, Archives archives) {
        return exports(exeunt, archives, GuildTestApplication.MAP);
    }

    /** @param limit exports in 24 hours */
    public static ExportJobs exports(Exeunt exeunt, Archives archives, int limit) {
        ExportSettings.RateLimit often = new ExportSettings.RateLimit(limit, TimeSpan.hours(24));
        return exeunt.exports(
                MapReader.read(GuildTestApplication.MAP, "exeunt.yaml"),
                archives,
                new ExportJobs.ExportTerms(
                        new ExportSettings(
                                SETTINGS.name(), "1", BundleFormat.ZIP, often, SETTINGS.link(), SETTINGS.keep()),
                        GuildTestApplication.KEY,
                        ExportJobs.ExportTerms.REMEMBER));
    }

    static ExportJobs exports(Exeunt exeunt, Archives archives, String map) {
        return exeunt.exports(
                MapReader.read(map, "exeunt.yaml"),
                archives,
                new ExportJobs.ExportTerms(SETTINGS, GuildTestApplication.KEY, ExportJobs.ExportTerms.REMEMBER));
    }

    public GuildTestApplication guilds() {
        return guilds;
    }

    public ExportJobs exports() {
        return exports;
    }

    AccountRequests requests() {
        return guilds.requests();
    }

    /** What lies in the archive, and whatever else somebody left there. */
    public List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(f -> f.getFileName().toString()).sorted().toList();
        }
    }

    /** The entries of the archive behind a token, by name. */
    TreeMap<String, String> unpacked(String token) throws IOException {
        ExportJobs.Download download = exports.download(token);
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
        guilds.close();
    }
}
