package dev.exeunt.internal.scan.match;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads text with backslashes as JSON, arrays and composite values write it: a newline is two characters there, an umlaut may be six. */
final class EscapedText {

    private static final int UNICODE = 6;

    private EscapedText() {}

    /** Returns the bytes without their escapes. Never longer. */
    static byte[] unescaped(byte[] text, int from, int to) {
        byte[] plain = new byte[to - from];
        int length = 0;
        int at = from;
        while (at < to) {
            if (text[at] != '\\' || at + 1 >= to) {
                plain[length++] = text[at++];
            } else if (text[at + 1] == 'u' && unit(text, at, to) >= 0) {
                StringBuilder units = new StringBuilder();
                for (int unit = unit(text, at, to); unit >= 0; unit = unit(text, at, to)) {
                    units.append((char) unit);
                    at += UNICODE;
                }
                byte[] spelled = units.toString().getBytes(StandardCharsets.UTF_8);
                System.arraycopy(spelled, 0, plain, length, spelled.length);
                length += spelled.length;
            } else {
                plain[length++] = plain(text[at + 1]);
                at += 2;
            }
        }
        return Arrays.copyOf(plain, length);
    }

    private static byte plain(byte escaped) {
        return switch (escaped) {
            case 'n', 't', 'r', 'b', 'f' -> ' ';
            default -> escaped;
        };
    }

    /** The code unit that the escape at this place stands for, or -1. */
    private static int unit(byte[] text, int at, int to) {
        if (at + UNICODE > to || text[at] != '\\' || text[at + 1] != 'u') {
            return -1;
        }
        int unit = 0;
        for (int i = at + 2; i < at + UNICODE; i++) {
            int digit = Character.digit(text[i], 16);
            if (digit < 0) {
                return -1;
            }
            unit = unit * 16 + digit;
        }
        return unit;
    }
}
