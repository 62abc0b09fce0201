package dev.exeunt.internal.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what counts as a token of a text. */
class TermMatcherTest {

    private static int find(String term, String text) {
        TermMatcher matcher = new TermMatcher();
        matcher.add(term, TermKind.VALUE.bit());
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
        assertThat(find(term, text) & TermKind.VALUE.bit()).as(text).isNotZero();
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
        matcher.addPart(term, TermKind.VALUE.bit());
        assertThat(find(matcher, text) == 0).isEqualTo(whole);
        assertThat(find(term, text)).isNotZero();
    }
}
