package dev.exeunt.internal.scan;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds any of many terms in UTF-8 text, as whole tokens and without regard to case. Reads each byte once, whatever the number of
 * terms: only where a token begins, its first four bytes are looked up in a table of bits.
 */
final class TermMatcher {

    /** Of a longer term so many characters are compared: they tell it from any other. */
    private static final int LONGEST = 200;

    private static final int HEAD = 4;
    private static final int BITS = 1 << 16;
    private static final byte[] FOLDED = new byte[256];
    private static final boolean[] WORD = new boolean[256];

    static {
        for (int i = 0; i < 256; i++) {
            FOLDED[i] = (byte) (i >= 'A' && i <= 'Z' ? i + 32 : i);
            WORD[i] = i >= '0' && i <= '9' || i >= 'A' && i <= 'Z' || i >= 'a' && i <= 'z' || i == '_';
        }
    }

    private final long[] heads = new long[BITS / 64];
    private final Map<Integer, List<MatchedTerm>> byHead = new HashMap<>();
    private final Map<Byte, List<MatchedTerm>> shortTerms = new HashMap<>();
    private final boolean[] shortStarts = new boolean[256];
    private int kinds;

    /**
     * Holds a term as it is compared.
     *
     * @param whole whether a token must end where the term ends
     * @param alone whether it counts where it is the whole text
     */
    private record MatchedTerm(String text, int mask, boolean whole, boolean alone) {

        boolean isAddress() {
            return text.indexOf('@') > 0;
        }
    }

    /** Adds a term, which stands for these bits. */
    void add(String text, int mask) {
        add(text, mask, true);
    }

    /** Adds a term that counts only where it is part of a longer text. */
    void addPart(String text, int mask) {
        add(text, mask, false);
    }

    private void add(String text, int mask, boolean alone) {
        boolean whole = text.length() <= LONGEST;
        String start = whole ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST / 2));
        kinds |= mask;
        Set<String> spellings = new LinkedHashSet<>(
                List.of(start, start.toLowerCase(Locale.ROOT), start.toUpperCase(Locale.ROOT), title(start)));
        for (String spelled : spellings) {
            // STRASSE is how straße is written in capitals, and no letter for letter
            String compared = spelled.equalsIgnoreCase(start) ? start : spelled;
            add(spelled.getBytes(StandardCharsets.UTF_8), new MatchedTerm(compared, mask, whole, alone));
        }
    }

    private void add(byte[] bytes, MatchedTerm term) {
        if (bytes.length < HEAD) {
            byte first = FOLDED[bytes[0] & 0xFF];
            addOnce(shortTerms.computeIfAbsent(first, b -> new ArrayList<>()), term);
            shortStarts[first & 0xFF] = true;
        } else {
            int head = head(bytes, 0);
            addOnce(byHead.computeIfAbsent(head, h -> new ArrayList<>()), term);
            heads[bit(head) >>> 6] |= 1L << bit(head);
        }
    }

    private static void addOnce(List<MatchedTerm> terms, MatchedTerm term) {
        if (!terms.contains(term)) {
            terms.add(term);
        }
    }

    private static String title(String text) {
        int second = text.offsetByCodePoints(0, 1);
        return text.substring(0, second).toUpperCase(Locale.ROOT)
                + text.substring(second).toLowerCase(Locale.ROOT);
    }

    boolean isEmpty() {
        return kinds == 0;
    }

    /** Returns the bits of all terms that stand in the text. Where the text has backslashes, also those it has without them. */
    int find(byte[] text, int from, int to) {
        if (kinds == 0) {
            return 0;
        }
        int found = 0;
        boolean escapes = false;
        boolean begins = true;
        for (int at = from; at < to; at++) {
            byte here = text[at];
            if (begins) {
                found |= at(text, from, at, to);
                if ((found & kinds) == kinds) {
                    return found;
                }
            }
            begins = !WORD[here & 0xFF];
            escapes |= here == '\\';
        }
        if (escapes) {
            byte[] plain = EscapedText.unescaped(text, from, to);
            found |= plain.length < to - from ? find(plain, 0, plain.length) : 0;
        }
        return found;
    }

    private int at(byte[] text, int from, int at, int to) {
        int found = 0;
        if (to - at >= HEAD) {
            int head = head(text, at);
            int bit = bit(head);
            if ((heads[bit >>> 6] & 1L << bit) != 0) {
                found = any(byHead.getOrDefault(head, List.of()), text, from, at, to);
            }
        }
        byte first = FOLDED[text[at] & 0xFF];
        return shortStarts[first & 0xFF]
                ? found | any(shortTerms.getOrDefault(first, List.of()), text, from, at, to)
                : found;
    }

    private static int any(List<MatchedTerm> terms, byte[] text, int from, int at, int to) {
        int found = 0;
        for (MatchedTerm term : terms) {
            if (stands(term, text, from, at, to) && (term.alone() || at > from || !isWhole(term, text, at, to))) {
                found |= term.mask();
            }
        }
        return found;
    }

    private static boolean isWhole(MatchedTerm term, byte[] text, int at, int to) {
        return !term.whole()
                || new String(text, at, to - at, StandardCharsets.UTF_8).length()
                        == term.text().length();
    }

    private static boolean stands(MatchedTerm term, byte[] text, int from, int at, int to) {
        int most = Math.min(to - at, 4 * term.text().length() + 4);
        String rest = new String(text, at, most, StandardCharsets.UTF_8);
        if (!rest.regionMatches(true, 0, term.text(), 0, term.text().length())) {
            return false;
        }
        int length = term.text().length();
        boolean ends = !term.whole() || rest.length() == length || !isWord(rest.codePointAt(length));
        return ends
                && (at == from || !isWord(codePointBefore(text, from, at)))
                && !(term.isAddress() && isLongerAddress(text, from, at, rest.substring(length)));
    }

    /** Whether an address stands in a longer one: {@code ada@example.org} in {@code not.ada@example.org}, or in {@code ada@example.org.uk}. */
    private static boolean isLongerAddress(byte[] text, int from, int at, String after) {
        boolean before =
                at - from >= 2 && ".+-%".indexOf(text[at - 1]) >= 0 && (WORD[text[at - 2] & 0xFF] || text[at - 2] < 0);
        return before
                || after.length() >= 2
                        && ".-".indexOf(after.charAt(0)) >= 0
                        && Character.isLetterOrDigit(after.codePointAt(1));
    }

    private static int codePointBefore(byte[] text, int from, int at) {
        int start = at - 1;
        while (start > from && at - start < 4 && (text[start] & 0xC0) == 0x80) {
            start--;
        }
        String before = new String(text, start, at - start, StandardCharsets.UTF_8);
        return before.codePointBefore(before.length());
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint) || codePoint == '_';
    }

    private static int head(byte[] text, int at) {
        return FOLDED[text[at] & 0xFF] << 24
                | (FOLDED[text[at + 1] & 0xFF] & 0xFF) << 16
                | (FOLDED[text[at + 2] & 0xFF] & 0xFF) << 8
                | FOLDED[text[at + 3] & 0xFF] & 0xFF;
    }

    private static int bit(int head) {
        return head * 0x9E3779B9 >>> 16;
    }
}
