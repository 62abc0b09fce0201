package dev.exeunt.export;

import dev.exeunt.ExeuntException;
import dev.exeunt.map.ExportSettings;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when an export cannot be requested, stopped or fetched as things stand; nothing was changed. The message names no
 * person.
 */
public final class ExportRefusedException extends ExeuntException {
    private static final long serialVersionUID = 1L;

    private final ExportRefusalReason why;
    private final @Nullable Instant again;

    private ExportRefusedException(ExportRefusalReason why, String message, @Nullable Instant again) {
        super(message);
        this.why = why;
        this.again = again;
    }

    /** Names the reason why an export cannot be requested, cancelled or fetched. */
    public enum ExportRefusalReason {
        /** asked too often; {@link #again} says when it may be asked */
        LIMIT,
        /** there is no such export, or it is another person's; the caller is not told which */
        UNKNOWN,
        /** a section was asked for that the export does not have */
        UNKNOWN_SECTION,
        /** it is still to be made, or it failed */
        NOT_READY,
        /** its time is over */
        GONE,
        /** too much to be handed over while it is read; it can be made in the background */
        TOO_LARGE,
        /** it is over already, there is nothing to stop */
        OVER,
        /** the erasure of the account has begun */
        TOO_LATE,
        /** Exeunt never signed this download link */
        LINK_ALTERED,
        /** the download link has expired */
        LINK_EXPIRED
    }

    public static ExportRefusedException of(ExportRefusalReason why, String message) {
        return new ExportRefusedException(why, message, null);
    }

    public static ExportRefusedException limit(ExportSettings.RateLimit limit, Instant again) {
        return new ExportRefusedException(
                ExportRefusalReason.LIMIT,
                "You can ask for your data " + limit.words() + ", and have done so. Nothing was changed.",
                again);
    }

    public static ExportRefusedException alteredLink() {
        return of(ExportRefusalReason.LINK_ALTERED, "This link is not whole. Copy all of it, or ask for a new one.");
    }

    public static ExportRefusedException expiredLink() {
        return of(ExportRefusalReason.LINK_EXPIRED, "This link has expired. Ask for a new one.");
    }

    public static ExportRefusedException unknown() {
        return of(ExportRefusalReason.UNKNOWN, "There is no such export.");
    }

    public ExportRefusalReason why() {
        return why;
    }

    /** When it may be asked again; null but for {@link ExportRefusalReason#LIMIT}. */
    public @Nullable Instant nextAllowedAt() {
        return again;
    }
}
