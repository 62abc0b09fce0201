package dev.exeunt.internal.diagram.graph;

import dev.exeunt.internal.map.RowOutcome;
import java.util.Locale;

/**
 * Defines how the diagram shows each fate: a word, a shape and a colour. Only an undecided fate has a filled shape, so
 * that it stands out.
 */
public enum FateMark {
    DELETE("M2 2L10 10M10 2L2 10", new MarkColors("#9f1239", "#ffe4e6"), new MarkColors("#fda4af", "#4a1526")),
    ANONYMIZE("M1 4H11M1 6H11M1 8H11", new MarkColors("#1e40af", "#dbeafe"), new MarkColors("#a5c8ff", "#172f5c")),
    DETACH(
            "M1 6H4M8 6H11M4.5 10.5L7.5 1.5",
            new MarkColors("#115e59", "#cff5ee"),
            new MarkColors("#7ce8d5", "#0f3d3b")),
    REASSIGN(
            "M1 6H10.5M7 2.5L10.5 6L7 9.5", new MarkColors("#6b21a8", "#f1e4fd"), new MarkColors("#d8b4fe", "#3c1a5b")),
    KEEP(
            "M3.5 5.5V4A2.5 2.5 0 0 1 8.5 4V5.5M2 5.5H10V11H2Z",
            new MarkColors("#3f6212", "#e6f4cd"),
            new MarkColors("#bef264", "#2a3b10")),
    UNDECIDED(
            "M3.5 4A2.5 2.5 0 1 1 6 6.5V8M6 10.2V10.6",
            new MarkColors("#ffffff", "#b45309"),
            new MarkColors("#1c1206", "#f5a524")),
    UNMAPPED(
            "M6 1L11.5 11H0.5ZM6 4.5V7.5M6 9.1V9.5",
            new MarkColors("#ffffff", "#b91c1c"),
            new MarkColors("#240707", "#ff7b72"));

    private final String shape;
    private final MarkColors light;
    private final MarkColors dark;

    FateMark(String shape, MarkColors light, MarkColors dark) {
        this.shape = shape;
        this.light = light;
        this.dark = dark;
    }

    /** Holds the text and background colours of a fate mark. */
    public record MarkColors(String ink, String ground) {}

    static FateMark of(RowOutcome outcome) {
        return switch (outcome) {
            case DELETE, STASH, DELETE_AT_REQUEST -> DELETE;
            case ANONYMIZE, OVERWRITE_WHILE_HIDDEN -> ANONYMIZE;
            case DETACH -> DETACH;
            case REASSIGN -> REASSIGN;
            case KEEP, LEAVE_ALONE -> KEEP;
            case UNDECIDED, UNSPECIFIED -> UNDECIDED;
        };
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What an SVG path draws in 12 by 12. */
    public String shape() {
        return shape;
    }

    public MarkColors light() {
        return light;
    }

    public MarkColors dark() {
        return dark;
    }
}
