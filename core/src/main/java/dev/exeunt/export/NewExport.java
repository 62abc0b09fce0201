package dev.exeunt.export;

import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.request.Actor;
import org.jspecify.annotations.Nullable;

/**
 * Describes an export to ask for.
 *
 * @param key the person's, or an identifier of theirs
 * @param format null for the map's
 * @param actor who asks: the person, or staff in their name
 * @param reason the staff's
 * @param idempotencyKey by which the same wish is known when it arrives again; null where the caller gave none
 */
public record NewExport(
        String key,
        @Nullable BundleFormat format,
        Actor actor,
        @Nullable String reason,
        @Nullable String idempotencyKey) {

    /** Without key and reason. */
    @Override
    public String toString() {
        return "NewExport[" + (format == null ? "" : format) + "]";
    }
}
