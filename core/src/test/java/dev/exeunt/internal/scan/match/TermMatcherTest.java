package dev.exeunt.internal.scan.match;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what counts as a token of a text. */
class TermMatcherTest {

    private static final int VALUE = 4;

    private static int find(String term, String text) {
        TermMatcher matcher = new TermMatcher();
        matcher.add(term, VALUE);
        return find(matcher, text);
    }

    private static int find(TermMatcher matcher, String text) {
        byte[] bytes = ("##" + text + "##").getBytes(StandardCharsets.UTF_8);
        return matcher.find(bytes, 2, bytes.length - 2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Zoë|dear ZOË!",
                "Zoë|“zoë”",
                "Li Straße|LI STRASSE",
                "O'Neill|(o'neill)",
                "+41 44 668|call +41 44 668.",
                "ada@x.org|to=ADA@x.org;",
                "ada@x.org|- ada@x.org.",
                "Zoë|~{\"name\":\"Zo\\u00eb\"}~",
                "ada@x.org|~{\"note\":\"hello\\nada@x.org\"}~",
                "a\"quoted\"b|~{\"x\":\"a\\\"quoted\\\"b\"}~",
                "anna|xanna anna"
            })
    void findsATermInsideAText(String term, String text) {
        assertThat(find(term, text) & VALUE).as(text).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"xanna", "annax", "ann", "a nna", "anna_", "änna", "äanna", "annaé", "7anna", ""})
    void findsNoPartOfALongerWord(String text) {
        assertThat(find("anna", text)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"not.ada@x.org", "ada@x.org.uk", "b+ada@x.org", "ada@x.org-more", "xada@x.org", "ëada@x.org"})
    void findsNoPartOfALongerAddress(String text) {
        assertThat(find("ada@x.org", text)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"Anna Lee,anna lee,true", "Anna Lee,hello anna lee,false", "Anna Lee,anna lee!,false"})
    void findsAPartOnlyInALongerText(String term, String text, boolean whole) {
        TermMatcher matcher = new TermMatcher();
        matcher.addPart(term, VALUE);
        assertThat(find(matcher, text) == 0).isEqualTo(whole);
        assertThat(find(term, text)).isNotZero();
    }

    /** Terms that begin alike, in scripts whose case is odd: {@code K} is also the sign of kelvin, {@code i} is dotless in Turkish. */
    @Test
    void findsAmongManyTermsWhatEachFindsAlone() {
        Random random = new Random(7);
        int found = 0;
        for (int round = 0; round < 3_000; round++) {
            List<String> terms = Stream.generate(() -> text(random, 1 + random.nextInt(9)))
                    .limit(12)
                    .toList();
            String text = text(random, 3) + terms.get(random.nextInt(12)) + text(random, random.nextInt(12));
            TermMatcher all = new TermMatcher();
            int alone = 0;
            for (int i = 0; i < terms.size(); i++) {
                TermMatcher one = new TermMatcher();
                one.add(terms.get(i), 1 << i);
                all.add(terms.get(i), 1 << i);
                alone |= find(one, text);
            }
            assertThat(find(all, text)).as("%s in %s", terms, text).isEqualTo(alone);
            found += Integer.bitCount(alone);
        }
        assertThat(found).isGreaterThan(500);
    }

    private static String text(Random random, int length) {
        String[] letters = {"a", "a", "A", "a", "k", "K", "\u212a", "\u0131", "I", "i", "é", "@", ".", " ", "_", "\\"};
        return random.ints(length, 0, letters.length).mapToObj(i -> letters[i]).collect(Collectors.joining());
    }
}
