package dev.exeunt.internal.diagram.write;

import dev.exeunt.internal.diagram.graph.FateMark;
import dev.exeunt.internal.diagram.graph.FateMark.MarkColors;
import java.util.function.Function;

/**
 * The style sheet: light, and dark for those whose system says so. Every rule begins with the picture's own class, so that
 * nothing leaks where a picture stands in a page. Text has a contrast of at least 4.5 to 1 (WCAG 2.2, 1.4.3), lines of 3 to 1.
 */
public final class SvgStyle {

    /** Space around the picture, in pixels. */
    static final int MARGIN = 28;

    /** Holds the colours of one theme, light or dark, apart from those of the fates. */
    public record ThemeColors(String page, String card, String ink, String quiet, String line, String trace) {}

    public static final ThemeColors LIGHT =
            new ThemeColors("#ffffff", "#f8fafc", "#0f172a", "#475569", "#64748b", "#ea580c");
    public static final ThemeColors DARK =
            new ThemeColors("#0d1117", "#161d27", "#e6edf3", "#a9b8c9", "#76879b", "#fb923c");

    private static final String FONTS = """
            .exeunt text{font-family:ui-sans-serif,system-ui,"Segoe UI",Roboto,"DejaVu Sans",Arial,sans-serif}
            .exeunt .mono{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace}
            .exeunt .title{font-size:20px;font-weight:700}
            .exeunt .name{font-size:13px;font-weight:700}
            .exeunt .link{font-size:11.5px}
            .exeunt .word{font-size:11.5px;font-weight:600;text-anchor:end}
            .exeunt .chip{font-size:11.5px;font-weight:600}
            .exeunt .note{font-size:10.5px}
            .exeunt .small{font-size:12px}
            .exeunt .shape{fill:none;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round}
            .exeunt .wires{fill:none;stroke-width:1.4;stroke-linejoin:round}
            .exeunt .by-value{stroke-dasharray:5 3}
            .exeunt .rule{fill:none;stroke-width:1}
            .exeunt .frame{fill:none;stroke-width:1.2}
            .exeunt .stray .frame{stroke-dasharray:4 3;stroke-width:2}
            .exeunt .person .frame{stroke-width:2}
            .exeunt .traces{fill:none;stroke-width:3;visibility:hidden;pointer-events:none}
            .exeunt .card:hover .traces{visibility:visible}
            """;

    private SvgStyle() {}

    public static String css() {
        return FONTS
                + colours(LIGHT, FateMark::light)
                + "@media (prefers-color-scheme:dark){\n"
                + colours(DARK, FateMark::dark)
                + "}\n";
    }

    private static String colours(ThemeColors tone, Function<FateMark, MarkColors> paints) {
        StringBuilder css = new StringBuilder();
        rule(css, ".page", "fill:" + tone.page());
        rule(css, ".plate", "fill:" + tone.card());
        rule(css, "text", "fill:" + tone.ink());
        rule(css, ".quiet", "fill:" + tone.quiet());
        rule(css, ".frame", "stroke:" + tone.line());
        rule(css, ".rule", "stroke:" + tone.page());
        rule(css, ".person .frame", "stroke:" + tone.ink());
        rule(css, ".stray .frame", "stroke:" + paints.apply(FateMark.UNMAPPED).ground());
        rule(css, ".figure", "fill:" + tone.ink());
        rule(css, ".tip", "fill:" + tone.line());
        rule(css, ".wires", "stroke:" + tone.line());
        rule(css, ".traces", "stroke:" + tone.trace());
        for (FateMark mark : FateMark.values()) {
            MarkColors paint = paints.apply(mark);
            rule(css, "." + mark.word() + " .ground", "fill:" + paint.ground());
            rule(css, "." + mark.word() + " .shape", "stroke:" + paint.ink());
            rule(css, "." + mark.word() + " .word,.exeunt ." + mark.word() + " .chip", "fill:" + paint.ink());
            if (mark == FateMark.UNDECIDED || mark == FateMark.UNMAPPED) {
                rule(css, "." + mark.word() + " text", "fill:" + paint.ink());
            }
        }
        return css.toString();
    }

    private static void rule(StringBuilder css, String selector, String declaration) {
        css.append(".exeunt ").append(selector).append('{').append(declaration).append("}\n");
    }
}
