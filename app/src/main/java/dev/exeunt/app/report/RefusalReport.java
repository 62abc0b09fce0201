package dev.exeunt.app.report;

import dev.exeunt.app.terminal.Json;
import dev.exeunt.app.terminal.Page;
import dev.exeunt.lifecycle.DepartureRefusedException;
import dev.exeunt.lifecycle.DepartureRefusedException.Why;
import dev.exeunt.lifecycle.Obstacle;
import dev.exeunt.lifecycle.Warnings;
import dev.exeunt.text.VisibleText;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What stands in somebody's way, for that person: it may name others, and belongs in no log. */
public final class RefusalReport {

    private RefusalReport() {}

    /** Nothing but what the exception's own message does not say. */
    public static void text(DepartureRefusedException refused, Page page) {
        Warnings warnings = refused.warnings();
        if (warnings != null) {
            warnings(warnings, page);
        }
        if (!refused.obstacles().isEmpty()) {
            page.line(page.style().bold("In the way:"));
            refused.obstacles().forEach(o -> obstacle(o, page));
        }
    }

    public static void warnings(Warnings warnings, Page page) {
        if (warnings.messages().isEmpty()) {
            return;
        }
        page.line(page.style().yellow("To be read and acknowledged first") + " (digest " + warnings.digest() + "):");
        warnings.messages().forEach(m -> page.folded("  ", VisibleText.line(m)));
    }

    private static void obstacle(Obstacle obstacle, Page page) {
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

    /** @param again the command that would be let through, or null */
    public static Map<String, @Nullable Object> json(DepartureRefusedException refused, @Nullable String again) {
        return json(refused.why(), refused.warnings(), refused.obstacles(), again);
    }

    /** Nobody was asked yet. */
    public static Map<String, @Nullable Object> unconfirmed(Warnings warnings, String again) {
        return json(Why.UNCONFIRMED, warnings, List.of(), again);
    }

    private static Map<String, @Nullable Object> json(
            Why why, @Nullable Warnings warnings, List<Obstacle> obstacles, @Nullable String again) {
        return Json.object(
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

    private static Map<String, @Nullable Object> json(Obstacle obstacle) {
        return Json.object(
                "guard", obstacle.guard(),
                "message", obstacle.message(),
                "link", obstacle.link(),
                "overridable", obstacle.overridable());
    }
}
