package dev.exeunt.internal.export.bundle;

import dev.exeunt.internal.map.PlaceholderText;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.ExportSettings;
import dev.exeunt.support.security.Sha256;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Builds the file name of an export bundle from the map's pattern and the subject key. A key may hold text that a
 * person chose, so nothing in it may become a path or an option.
 */
public final class BundleFileName {

    private static final DateTimeFormatter TIMESTAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);

    /** File systems take 255 bytes for a name. */
    private static final int LONGEST_KEY = 100;

    private static final int HASH_DIGITS = 16;

    private BundleFileName() {}

    /** As it is where it can be in a name; else what is left of it, and a hash that tells it from others of which the same is left. */
    private static String key(String whole) {
        String safe = whole.replaceAll("[^A-Za-z0-9._-]", "_");
        if (safe.equals(whole) && safe.length() <= LONGEST_KEY) {
            return safe;
        }
        return safe.substring(0, Math.min(safe.length(), LONGEST_KEY)) + "-"
                + Sha256.hex(whole).substring(0, HASH_DIGITS);
    }

    public static String of(
            ExportSettings settings, SubjectKey subject, ExportSettings.BundleFormat format, Instant at) {
        String name = PlaceholderText.parse(settings.name())
                .filled(word -> word.equals("key") ? key(subject.joined()) : TIMESTAMP.format(at))
                .replaceAll("[\\p{Cntrl}/\\\\:*?\"<>|]", "_")
                .replaceAll("^[.-]", "_");
        return name + (format == ExportSettings.BundleFormat.ZIP ? ".zip" : ".json");
    }
}
