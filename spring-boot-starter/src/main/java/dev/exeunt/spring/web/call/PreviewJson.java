package dev.exeunt.spring.web.call;

import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.ErasurePreview.KeptReason;
import dev.exeunt.erase.ErasurePreview.RequestEffect;
import dev.exeunt.erase.ErasurePreview.RolePreview;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.problem.ProblemTranslator;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Writes what a flow would do to the person, as JSON. */
public final class PreviewJson {

    private final DataMap.Offer offer;
    private final Instant erasedAt;
    private final List<Locale.LanguageRange> languages;

    /**
     * @param now when the person would ask; from then on the grace period runs
     * @param languages those that the person understands, the best first
     */
    public PreviewJson(DataMap.Offer offer, Instant now, List<Locale.LanguageRange> languages) {
        this.offer = offer;
        this.languages = List.copyOf(languages);
        TimeSpan grace = offer.grace();
        this.erasedAt = grace == null ? now : grace.after(now);
    }

    public Map<String, @Nullable Object> json(RequestPreview warned, ErasurePreview preview) {
        return HttpJson.object(
                "flow", offer.flow().word(),
                "grace", offer.grace() == null ? "none" : offer.grace().toString(),
                "loginBlock", RequestJson.text(offer.loginBlock()),
                "confirm", offer.confirm(),
                "warnings", warned.warnings().messages(),
                "digest", warned.warnings().digest(),
                "obstacles", ProblemTranslator.obstacles(warned.obstacles()),
                "delayedByHold", warned.delayedByHold(),
                "tables",
                        preview.roles().stream()
                                .filter(role -> role.rows() > 0)
                                .map(this::table)
                                .toList(),
                "shared",
                        preview.roles().stream().mapToLong(RolePreview::shared).sum());
    }

    private Map<String, @Nullable Object> table(RolePreview role) {
        return HttpJson.object(
                "table", role.table(),
                "title", role.words().titleIn(languages).orElse(null),
                "means", role.words().meansIn(languages).orElse(null),
                "role", role.role(),
                "fate", role.fate(),
                "kept", Optional.ofNullable(role.kept()).map(this::kept).orElse(null),
                "atRequest", offer.grace() == null ? null : atRequest(role.atRequest()),
                "rows", role.rows());
    }

    /** Tells why rows stay and, where the map gives a period, until when, counted from the erasure. */
    private Map<String, @Nullable Object> kept(KeptReason kept) {
        Optional<TimeSpan> period = Optional.ofNullable(kept.period()).flatMap(TimeSpan::of);
        return HttpJson.object(
                "reason", kept.reason(),
                "basis", kept.basis(),
                "for", kept.period(),
                "until", period.map(span -> span.after(erasedAt).toString()).orElse(null),
                "thenDelete", kept.thenDelete());
    }

    /**
     * Returns {@code hidden} for rows that are moved away or marked as taken down, {@code deleted} for those that are gone for good,
     * as sessions are.
     */
    private static @Nullable String atRequest(RequestEffect effect) {
        return switch (effect) {
            case HIDDEN -> "hidden";
            case DELETED -> "deleted";
            case NONE -> null;
        };
    }
}
