package dev.exeunt.app.report;

import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import dev.exeunt.support.text.VisibleText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reports why a request was refused, to the person who asked. It may name other people, so it belongs in no log. */
public final class RefusalReport {

    private RefusalReport() {}

    /** Prints warnings and obstacles, which the exception's message leaves out. */
    public static void text(RequestRefusedException refused, ReportPage page) {
        RequestPreview.Warnings warnings = refused.warnings();
        if (warnings != null) {
            warnings(warnings, page);
        }
        if (!refused.obstacles().isEmpty()) {
            page.line(page.style().bold("In the way:"));
            refused.obstacles().forEach(o -> obstacle(o, page));
        }
    }

    public static void warnings(RequestPreview.Warnings warnings, ReportPage page) {
        if (warnings.messages().isEmpty()) {
            return;
        }
        page.line(page.style().yellow("To be read and acknowledged first") + " (digest " + warnings.digest() + "):");
        warnings.messages().forEach(m -> page.folded("  ", VisibleText.line(m)));
    }

    private static void obstacle(RequestPreview.Obstacle obstacle, ReportPage page) {
        page.folded("  ", VisibleText.line(obstacle.message()));
        if (obstacle.link() != null) {
            page.line("    " + page.style().cyan(VisibleText.line(obstacle.link())));
        }
        page.aside(
                "    ",
                "guard " + obstacle.guard()
                        + (obstacle.overridable()
                                ? "; staff may pass it over: --staff NAME --reason TEXT --override"
                                : ""));
    }

    /** @param again the command line that would succeed, or null */
    public static Map<String, @Nullable Object> json(RequestRefusedException refused, @Nullable String again) {
        return json(refused.why(), refused.warnings(), refused.obstacles(), again);
    }

    /** Returns the refusal of a request that still needs the confirmation of a person. */
    public static Map<String, @Nullable Object> unconfirmed(RequestPreview.Warnings warnings, String again) {
        return json(RequestRefusalReason.UNCONFIRMED, warnings, List.of(), again);
    }

    private static Map<String, @Nullable Object> json(
            RequestRefusalReason why,
            RequestPreview.@Nullable Warnings warnings,
            List<RequestPreview.Obstacle> obstacles,
            @Nullable String again) {
        return JsonOutput.object(
                "refused",
                why.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                "obstacles",
                obstacles.stream().map(RefusalReport::json).toList(),
                "warnings",
                warnings == null ? List.of() : warnings.messages(),
                "digest",
                warnings == null ? null : warnings.digest(),
                "again",
                again);
    }

    private static Map<String, @Nullable Object> json(RequestPreview.Obstacle obstacle) {
        return JsonOutput.object(
                "guard", obstacle.guard(),
                "message", obstacle.message(),
                "link", obstacle.link(),
                "overridable", obstacle.overridable());
    }
}
