package dev.exeunt.internal.scan.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds terms that begin with the same bytes, and finds those that stand at a place of a text. However many they are, text of plain ASCII
 * is compared with a handful of them: they are sorted, and each term knows the longest other one that it begins with.
 */
final class TermBucket {

    private final List<SpelledTerm> plain = new ArrayList<>();
    private final List<SpelledTerm> other = new ArrayList<>();
    private volatile @Nullable SortedTerms sorted;

    /**
     * Holds a term as it is compared.
     *
     * @param whole whether a token must end where the term ends
     * @param alone whether it counts where it is the whole text
     */
    record MatchedTerm(String text, int mask, boolean whole, boolean alone) {

        boolean isAddress() {
            return text.indexOf('@') > 0;
        }
    }

    /** Holds a term in one spelling: its bytes in lower case. */
    private record SpelledTerm(byte[] bytes, MatchedTerm term) {

        boolean beginsWith(SpelledTerm shorter) {
            return bytes.length >= shorter.bytes.length
                    && Arrays.equals(bytes, 0, shorter.bytes.length, shorter.bytes, 0, shorter.bytes.length);
        }
    }

    /** Marks a place of a text: its first byte, the place, and the end. */
    record TextPlace(byte[] text, int from, int at, int to) {}

    void add(byte[] spelled, MatchedTerm term) {
        byte[] folded = new byte[spelled.length];
        boolean ascii = true;
        for (int i = 0; i < spelled.length; i++) {
            folded[i] = AsciiBytes.folded(spelled[i]);
            ascii &= spelled[i] >= 0;
        }
        List<SpelledTerm> terms = ascii ? plain : other;
        if (terms.stream().noneMatch(t -> t.term().equals(term) && Arrays.equals(t.bytes(), folded))) {
            terms.add(new SpelledTerm(folded, term));
        }
        sorted = null;
    }

    /** Returns the bits of the terms that stand at this place. */
    int find(TextPlace place) {
        SortedTerms terms = sorted;
        if (terms == null) {
            terms = new SortedTerms(plain);
            sorted = terms;
        }
        int found = 0;
        if (terms.mayEndIn(place)) {
            found = terms.find(place);
        } else {
            for (SpelledTerm each : plain) {
                found |= bits(each.term(), place);
            }
        }
        for (SpelledTerm each : other) {
            found |= bits(each.term(), place);
        }
        return found;
    }

    private static int bits(MatchedTerm term, TextPlace place) {
        boolean stands = stands(term, place) && (term.alone() || place.at() > place.from() || !isWhole(term, place));
        return stands ? term.mask() : 0;
    }

    /** Terms of plain ASCII, sorted by their bytes. */
    private static final class SortedTerms {

        private final SpelledTerm[] terms;

        /** For each term the longest other one that it begins with, or -1. */
        private final int[] shorter;

        private final int longest;

        SortedTerms(List<SpelledTerm> added) {
            terms = added.toArray(SpelledTerm[]::new);
            Arrays.sort(terms, (a, b) -> Arrays.compare(a.bytes(), b.bytes()));
            shorter = new int[terms.length];
            int most = 0;
            for (int i = 0; i < terms.length; i++) {
                int before = i - 1;
                while (before >= 0 && !terms[i].beginsWith(terms[before])) {
                    before = shorter[before];
                }
                shorter[i] = before;
                most = Math.max(most, terms[i].bytes().length);
            }
            longest = most;
        }

        /** Whether the text is plain as far as the longest term reaches. Case of other scripts is for the slower comparison. */
        boolean mayEndIn(TextPlace place) {
            int end = Math.min(place.to(), place.at() + longest);
            for (int i = place.at(); i < end; i++) {
                if (place.text()[i] < 0) {
                    return false;
                }
            }
            return true;
        }

        /** Every term that the text begins with is the last one that does not sort behind the text, or stands in that one's chain. */
        int find(TextPlace place) {
            int low = 0;
            int high = terms.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (isBehind(terms[middle].bytes(), place)) {
                    high = middle;
                } else {
                    low = middle + 1;
                }
            }
            int found = 0;
            int common = low == 0 ? 0 : common(terms[low - 1].bytes(), place);
            for (int i = low - 1; i >= 0; i = shorter[i]) {
                if (terms[i].bytes().length <= common) {
                    found |= bits(terms[i].term(), place);
                }
            }
            return found;
        }

        private static boolean isBehind(byte[] term, TextPlace place) {
            int common = common(term, place);
            return common < term.length
                    && (place.at() + common >= place.to()
                            || AsciiBytes.folded(place.text()[place.at() + common]) < term[common]);
        }

        private static int common(byte[] term, TextPlace place) {
            int most = Math.min(term.length, place.to() - place.at());
            int common = 0;
            while (common < most && AsciiBytes.folded(place.text()[place.at() + common]) == term[common]) {
                common++;
            }
            return common;
        }
    }

    private static boolean isWhole(MatchedTerm term, TextPlace place) {
        return !term.whole()
                || new String(place.text(), place.at(), place.to() - place.at(), StandardCharsets.UTF_8).length()
                        == term.text().length();
    }

    private static boolean stands(MatchedTerm term, TextPlace place) {
        byte[] text = place.text();
        int at = place.at();
        int most = Math.min(place.to() - at, 4 * term.text().length() + 4);
        String rest = new String(text, at, most, StandardCharsets.UTF_8);
        if (!rest.regionMatches(true, 0, term.text(), 0, term.text().length())) {
            return false;
        }
        int length = term.text().length();
        boolean ends = !term.whole() || rest.length() == length || !isWord(rest.codePointAt(length));
        return ends
                && (at == place.from() || !isWord(codePointBefore(text, place.from(), at)))
                && !(term.isAddress() && isLongerAddress(text, place.from(), at, rest.substring(length)));
    }

    /** Whether an address stands in a longer one: {@code ada@example.org} in {@code not.ada@example.org}, or in {@code ada@example.org.uk}. */
    private static boolean isLongerAddress(byte[] text, int from, int at, String after) {
        boolean before = at - from >= 2
                && ".+-%".indexOf(text[at - 1]) >= 0
                && (AsciiBytes.isWord(text[at - 2]) || text[at - 2] < 0);
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
}
