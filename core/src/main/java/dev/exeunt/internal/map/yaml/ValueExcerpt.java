package dev.exeunt.internal.map.yaml;

/** Shortens values of a map for messages, on one line and without control characters. */
public final class ValueExcerpt {

    private static final int LONGEST = 60;

    private ValueExcerpt() {}

    /** In double quotes. */
    public static String quoted(String text) {
        return '"' + cut(text) + '"';
    }

    public static String cut(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().limit(LONGEST).forEach(c -> append(shown, c));
        return text.codePointCount(0, text.length()) > LONGEST ? shown + "..." : shown.toString();
    }

    /** As a name in prose: bare where it is an ordinary word, else in quotes. */
    public static String name(String text) {
        return text.matches("[\\w.-]{1,60}") ? text : quoted(text);
    }

    /** Whether the text can be written in UTF-8: an escape such as {@code \\uD800} makes half a character. */
    static boolean isWhole(String text) {
        return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    private static void append(StringBuilder shown, int codePoint) {
        if (Character.isISOControl(codePoint) || Character.getType(codePoint) == Character.SURROGATE) {
            shown.append(String.format("\\u%04x", codePoint));
        } else {
            shown.appendCodePoint(codePoint);
        }
    }
}
