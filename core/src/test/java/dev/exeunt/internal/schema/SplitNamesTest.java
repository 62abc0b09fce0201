package dev.exeunt.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class SplitNamesTest {

    /** The same rule as a regular expression, which cuts letters outside the basic plane in two. */
    private static final Pattern BOUNDARY =
            Pattern.compile("(?<=[\\p{Ll}\\p{N}])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})|[^\\p{L}\\p{N}]+");

    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "i",
            "A",
            "B",
            "I",
            "\u0130",
            "\u00df",
            "\u00e9",
            "\u00c9",
            "\u01c5",
            "\u02b0",
            "\u5b57",
            "1",
            "9",
            "\u2160",
            "\u00b2",
            "_",
            "-",
            ".",
            " ",
            "$",
            "\u0301",
            "\ud83d\ude00");

    @Test
    void wordsEndWhereSignsAndCapitalsSay() {
        assertThat(ColumnHeuristics.nameWords("api_key_hash")).containsExactly("api", "key", "hash");
        assertThat(ColumnHeuristics.nameWords("apiKeyHash")).containsExactly("api", "key", "hash");
        assertThat(ColumnHeuristics.nameWords("XMLHttpRequest2Body"))
                .containsExactly("xml", "http", "request2", "body");
        assertThat(ColumnHeuristics.nameWords("__ID__")).containsExactly("id");
        assertThat(ColumnHeuristics.nameWords("x\ud835\udc00\u00df")).containsExactly("x", "\ud835\udc00\u00df");
        assertThat(ColumnHeuristics.nameWords("")).isEmpty();
        assertThat(ColumnHeuristics.nameWords("--")).isEmpty();
    }

    @Test
    void anyNameHasTheWordsThatTheRegularExpressionFinds() {
        Random random = new Random(4711);
        for (int i = 0; i < 50_000; i++) {
            StringBuilder name = new StringBuilder();
            int length = random.nextInt(9);
            for (int piece = 0; piece < length; piece++) {
                name.append(PIECES.get(random.nextInt(PIECES.size())));
            }
            String text = name.toString();
            assertThat(ColumnHeuristics.nameWords(text)).as(text).isEqualTo(byExpression(text));
        }
    }

    private static List<String> byExpression(String name) {
        return Arrays.stream(BOUNDARY.split(name, -1))
                .filter(word -> !word.isEmpty())
                .map(word -> word.toLowerCase(Locale.ROOT))
                .toList();
    }
}
