package dev.exeunt.internal.scan.match;

import java.nio.charset.StandardCharsets;
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
public final class TermMatcher {

    /** Of a longer term so many characters are compared: they tell it from any other. */
    private static final int LONGEST = 200;

    private static final int HEAD = 4;
    private static final int BITS = 1 << 16;

    /** A term of fewer than four bytes begins with the byte. */
    private static final int SHORT = 1;

    /** A term of four bytes or more does. */
    private static final int LONG = 2;

    private final long[] heads = new long[BITS / 64];
    private final Map<Integer, TermBucket> byHead = new HashMap<>();
    private final Map<Byte, TermBucket> shortTerms = new HashMap<>();
    private final int[] starting = new int[256];
    private int kinds;

    /** Adds a term, which stands for these bits. */
    public void add(String text, int mask) {
        add(text, mask, true);
    }

    /** Adds a term that counts only where it is part of a longer text. */
    public void addPart(String text, int mask) {
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
            add(spelled.getBytes(StandardCharsets.UTF_8), new TermBucket.MatchedTerm(compared, mask, whole, alone));
        }
    }

    private void add(byte[] bytes, TermBucket.MatchedTerm term) {
        byte first = AsciiBytes.folded(bytes[0]);
        if (bytes.length < HEAD) {
            shortTerms.computeIfAbsent(first, b -> new TermBucket()).add(bytes, term);
        } else {
            int head = head(bytes, 0);
            byHead.computeIfAbsent(head, h -> new TermBucket()).add(bytes, term);
            heads[bit(head) >>> 6] |= 1L << bit(head);
        }
        int length = bytes.length < HEAD ? SHORT : LONG;
        starting[first & 0xFF] |= length;
        starting[Character.toUpperCase(first & 0xFF) & 0xFF] |= length;
    }

    private static String title(String text) {
        int second = text.offsetByCodePoints(0, 1);
        return text.substring(0, second).toUpperCase(Locale.ROOT)
                + text.substring(second).toLowerCase(Locale.ROOT);
    }

    public boolean isEmpty() {
        return kinds == 0;
    }

    /** Returns the bits of all terms that stand in the text. Where the text has backslashes, also those it has without them. */
    public int find(byte[] text, int from, int to) {
        if (kinds == 0) {
            return 0;
        }
        int found = 0;
        boolean escapes = false;
        int at = from;
        while (at < to) {
            if (starting[text[at] & 0xFF] != 0) {
                found |= at(text, from, at, to);
                if ((found & kinds) == kinds) {
                    return found;
                }
            }
            while (at < to && AsciiBytes.isWord(text[at])) {
                at++;
            }
            escapes |= at < to && text[at] == '\\';
            at++; // a token begins behind what is no part of a word
        }
        if (escapes) {
            byte[] plain = EscapedText.unescaped(text, from, to);
            found |= plain.length < to - from ? find(plain, 0, plain.length) : 0;
        }
        return found;
    }

    private int at(byte[] text, int from, int at, int to) {
        int starts = starting[text[at] & 0xFF];
        int found = 0;
        if ((starts & LONG) != 0 && to - at >= HEAD) {
            int head = head(text, at);
            int bit = bit(head);
            TermBucket terms = (heads[bit >>> 6] & 1L << bit) == 0 ? null : byHead.get(head);
            found = terms == null ? 0 : terms.find(new TermBucket.TextPlace(text, from, at, to));
        }
        TermBucket shorter = (starts & SHORT) == 0 ? null : shortTerms.get(AsciiBytes.folded(text[at]));
        return shorter == null ? found : found | shorter.find(new TermBucket.TextPlace(text, from, at, to));
    }

    private static int head(byte[] text, int at) {
        return AsciiBytes.folded(text[at]) << 24
                | (AsciiBytes.folded(text[at + 1]) & 0xFF) << 16
                | (AsciiBytes.folded(text[at + 2]) & 0xFF) << 8
                | AsciiBytes.folded(text[at + 3]) & 0xFF;
    }

    private static int bit(int head) {
        return head * 0x9E3779B9 >>> 16;
    }
}
