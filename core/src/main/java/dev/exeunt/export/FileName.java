package dev.exeunt.export;

import dev.exeunt.map.ExportSettings;
import dev.exeunt.reach.SubjectKey;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** The name the map gives a bundle. A key is somebody's text: nothing in it may become a path or an option. */
final class FileName {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** File systems take 255 bytes for a name. */
    private static final int LONGEST_KEY = 100;

    private FileName() {}

    static String of(ExportSettings settings, SubjectKey subject, ExportSettings.Format format, Instant at) {
        String key = subject.joined().replaceAll("[^A-Za-z0-9._-]", "_");
        String name = settings.name()
                .replace("{timestamp}", TIMESTAMP.format(at))
                .replace("{key}", key.substring(0, Math.min(key.length(), LONGEST_KEY)))
                .replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "_")
                .replaceAll("^[.-]", "_");
        return name + (format == ExportSettings.Format.ZIP ? ".zip" : ".json");
    }
}
