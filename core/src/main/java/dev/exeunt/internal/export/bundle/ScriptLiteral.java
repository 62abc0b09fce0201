package dev.exeunt.internal.export.bundle;

import java.nio.charset.StandardCharsets;

/** Writes JSON texts, in UTF-8, into JavaScript so that a script receives exactly these texts. */
final class ScriptLiteral {

    /** Bytes of the line separators U+2028 and U+2029, which end a string in older versions of the language. */
    private static final int SEPARATOR_BYTES = 3;

    private ScriptLiteral() {}

    /** Whether a text may stand between the backticks of {@code String.raw}: it has no backtick and no <code>${</code>. */
    static boolean fitsTemplate(byte[] text, int length) {
        for (int i = 0; i < length; i++) {
            if (text[i] == '`' || text[i] == '$' && i + 1 < length && text[i + 1] == '{') {
                return false;
            }
        }
        return true;
    }

    /** Returns the text as a string in double quotes. A JSON text becomes at most twice as long, and two bytes. */
    static byte[] of(byte[] text, int length) {
        byte[] literal = new byte[literalLength(text, length)];
        int at = 0;
        literal[at++] = '"';
        for (int i = 0; i < length; i++) {
            byte[] escape = escape(text, i, length);
            if (escape.length == 0) {
                literal[at++] = text[i];
            } else {
                System.arraycopy(escape, 0, literal, at, escape.length);
                at += escape.length;
                i += escaped(escape) - 1;
            }
        }
        literal[at] = '"';
        return literal;
    }

    private static int literalLength(byte[] text, int length) {
        int bytes = length + 2;
        for (int i = 0; i < length; i++) {
            byte[] escape = escape(text, i, length);
            if (escape.length > 0) {
                bytes += escape.length - escaped(escape);
                i += escaped(escape) - 1;
            }
        }
        return bytes;
    }

    private static final byte[] NONE = {};
    private static final byte[] QUOTE = ascii("\\\"");
    private static final byte[] BACKSLASH = ascii("\\\\");
    private static final byte[] LINE_FEED = ascii("\\n");
    private static final byte[] CARRIAGE_RETURN = ascii("\\r");
    private static final byte[] TAB = ascii("\\t");
    private static final byte[] LINE_SEPARATOR = ascii("\\u2028");
    private static final byte[] PARAGRAPH_SEPARATOR = ascii("\\u2029");

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** JSON has no other control characters. */
    private static byte[] escape(byte[] text, int at, int length) {
        return switch (text[at]) {
            case '"' -> QUOTE;
            case '\\' -> BACKSLASH;
            case '\n' -> LINE_FEED;
            case '\r' -> CARRIAGE_RETURN;
            case '\t' -> TAB;
            case (byte) 0xe2 -> separator(text, at, length);
            default -> NONE;
        };
    }

    private static byte[] separator(byte[] text, int at, int length) {
        if (at + SEPARATOR_BYTES > length || text[at + 1] != (byte) 0x80) {
            return NONE;
        }
        return switch (text[at + 2]) {
            case (byte) 0xa8 -> LINE_SEPARATOR;
            case (byte) 0xa9 -> PARAGRAPH_SEPARATOR;
            default -> NONE;
        };
    }

    /** Returns how many bytes of the text an escape stands for. */
    private static int escaped(byte[] escape) {
        return escape.length == 2 ? 1 : SEPARATOR_BYTES;
    }
}
