package dev.exeunt.spring.web.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Tests that each language of the receipt says the same. */
class ReceiptTextsTest {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    @Test
    void aLanguageSaysAllThatEnglishSays() {
        Map<String, String> english = ReceiptTexts.read("en");
        for (String language : ReceiptTexts.LANGUAGES) {
            Map<String, String> other = ReceiptTexts.read(language);
            assertThat(other.keySet()).as(language).isEqualTo(english.keySet());
            english.forEach((key, text) -> {
                assertThat(other.get(key)).as(language + " " + key).isNotBlank();
                assertThat(places(other.get(key))).as(language + " " + key).isEqualTo(places(text));
            });
        }
    }

    private static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }
}
