package dev.exeunt.support.text;

import java.util.Locale;

/**
 * Makes characters visible that would steer a terminal or reorder a line: control characters (C0, DEL, C1), bidirectional marks, line
 * and paragraph separators, other format characters, and halves of characters. Each becomes its escape, as {@code \u001b}, so that
 * the reader sees that it is there. Joiners that scripts and emoji need stay as they are.
 *
 * <pre>{@code
 * System.out.println("imported " + VisibleText.line(name)); // a line break in the name becomes visible
 * }</pre>
 *
 * <p>All output of commands and the server's log passes here.
 */
public final class VisibleText {

    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;

    private VisibleText() {}

    /** Returns text of several lines: line breaks and tabs stay as they are. */
    public static String lines(String text) {
        return escaped(text, true);
    }

    /** Returns a value that stays on one line: line breaks and tabs become visible, too. */
    public static String line(String text) {
        return escaped(text, false);
    }

    private static String escaped(String text, boolean breaks) {
        if (plain(text)) {
            return text;
        }
        StringBuilder escaped = new StringBuilder(text.length() + 32);
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            int c = text.codePointAt(i);
            boolean ends = breaks && c == '\r' && text.startsWith("\n", i + 1);
            if (ends || breaks && (c == '\n' || c == '\t') || visible(c)) {
                escaped.appendCodePoint(c);
            } else {
                for (char unit : Character.toChars(c)) {
                    escaped.append(String.format(Locale.ROOT, "\\u%04x", (int) unit));
                }
            }
        }
        return escaped.toString();
    }

    /** Whether all of it is printable ASCII, as nearly all output is. */
    private static boolean plain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static boolean visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT -> codePoint == ZERO_WIDTH_JOINER || codePoint == ZERO_WIDTH_NON_JOINER;
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR, Character.SURROGATE ->
                false;
            default -> true;
        };
    }
}
