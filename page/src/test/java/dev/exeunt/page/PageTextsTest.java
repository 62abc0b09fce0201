package dev.exeunt.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests that each language says the same, and that the script stays small. */
class PageTextsTest {

    private static final Path WEB = Path.of("src/main/web");

    /** The plural forms of a language, as CLDR has them. */
    private static final Map<String, Set<String>> PLURALS = Map.of(
            "en", Set.of("one", "other"),
            "de", Set.of("one", "other"),
            "ar", Set.of("zero", "one", "two", "few", "many", "other"));

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final int LARGEST = 40_000;

    private static Map<String, JsonNode> texts(String language) throws IOException {
        Map<String, JsonNode> texts = new TreeMap<>();
        JsonMapper.shared()
                .readTree(Files.readString(WEB.resolve("texts/" + language + ".json")))
                .properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue()));
        return texts;
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "ar"})
    void aLanguageSaysAllThatEnglishSays(String language) throws IOException {
        Map<String, JsonNode> english = texts("en");
        Map<String, JsonNode> other = texts(language);
        assertThat(other.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) ->
                assertThat(places(other.get(key))).as(language + " " + key).isEqualTo(places(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ar"})
    void aLanguageHasAllItsPlurals(String language) throws IOException {
        texts(language).forEach((key, text) -> {
            if (text.isObject()) {
                assertThat(text.propertyNames()).as(key).containsExactlyInAnyOrderElementsOf(PLURALS.get(language));
            }
        });
    }

    /** Of a plural those of the form {@code other}: a form for one may leave the number out. */
    private static Set<String> places(JsonNode text) {
        String words = text.isObject() ? text.required("other").asString() : text.asString();
        return PLACE.matcher(words).results().map(MatchResult::group).collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everyTextThatTheElementsNameIsThere() throws IOException {
        Set<String> known = texts("en").keySet();
        Pattern named = Pattern.compile("(?:\\.text|\\bt)\\('([a-z][\\w .-]*)'");
        try (var files = Files.walk(WEB)) {
            List<Path> scripts =
                    files.filter(file -> file.toString().endsWith(".js")).toList();
            for (Path script : scripts) {
                List<String> names = named.matcher(Files.readString(script))
                        .results()
                        .map(name -> name.group(1))
                        .toList();
                assertThat(known).as(script.toString()).containsAll(names);
            }
            assertThat(scripts).hasSizeGreaterThan(8);
        }
    }

    @Test
    void theScriptIsSmall() throws IOException {
        byte[] script = Files.readAllBytes(Path.of("target/classes/dev/exeunt/page/exeunt.js"));
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION);
        deflater.setInput(script);
        deflater.finish();
        int compressed = deflater.deflate(new byte[script.length]);
        deflater.end();
        assertThat(compressed).isBetween(10_000, LARGEST);
    }
}
