package dev.exeunt.internal.export.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tests what the page of a bundle is made of. {@code BundleInBrowserTest} of the starter opens it in a browser. */
class BundlePageTest {

    private static final Path SOURCES = Path.of("src/main/resources/dev/exeunt/internal/export/page");

    /** What would let a value run, or a request leave the folder. */
    private static final List<String> FORBIDDEN = List.of(
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "DOMParser",
            "createContextualFragment",
            "srcdoc",
            "eval(",
            "new Function",
            "fetch(",
            "XMLHttpRequest",
            "WebSocket",
            "sendBeacon",
            "import(",
            "http:",
            "https:",
            "//");

    /** The plural forms of a language, as CLDR has them. */
    private static final Map<String, Set<String>> PLURALS = Map.of(
            "en", Set.of("one", "other"),
            "de", Set.of("one", "other"),
            "ar", Set.of("zero", "one", "two", "few", "many", "other"));

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|(?<= )// [^\n]*", Pattern.DOTALL);
    private static final int LONGEST = 250;

    private static Map<String, String> files() {
        Map<String, String> files = new TreeMap<>();
        BundlePage.files().forEach((name, content) -> files.put(name, new String(content, StandardCharsets.UTF_8)));
        return files;
    }

    private static Map<String, String> scripts() {
        Map<String, String> scripts = files();
        scripts.keySet().removeIf(name -> !name.startsWith("page/script/"));
        assertThat(scripts).hasSizeGreaterThan(15);
        return scripts;
    }

    private static Map<String, JsonNode> texts(String language) {
        String script = files().get("page/texts/" + language + ".js");
        String json = script.substring(script.indexOf('{'), script.lastIndexOf('}') + 1);
        Map<String, JsonNode> texts = new TreeMap<>();
        JsonMapper.shared().readTree(json).properties().forEach(text -> texts.put(text.getKey(), text.getValue()));
        return texts;
    }

    @Test
    void eachFileOfThePageIsInTheBundle() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(file -> SOURCES.relativize(file).toString().replace('\\', '/'))
                            .map(name -> name.equals("index.html") ? name : "page/" + name))
                    .containsExactlyInAnyOrderElementsOf(BundlePage.files().keySet());
        }
        assertThat(BundlePage.files().keySet()).startsWith("index.html", "page/style.css");
    }

    @Test
    void noScriptCanRunAValueOrReachAnotherPlace() {
        scripts()
                .forEach((name, script) -> assertThat(COMMENT.matcher(script).replaceAll(" "))
                        .as(name)
                        .doesNotContain(FORBIDDEN));
        assertThat(files().get("page/style.css")).doesNotContain("url(", "@import");
    }

    @Test
    void eachFileIsShort() {
        files().forEach((name, content) ->
                assertThat(content.lines().count()).as(name).isLessThanOrEqualTo(LONGEST));
    }

    @ParameterizedTest
    @ValueSource(strings = {"de", "ar"})
    void aLanguageSaysAllThatEnglishSays(String language) {
        Map<String, JsonNode> english = texts("en");
        Map<String, JsonNode> other = texts(language);
        assertThat(other.keySet()).isEqualTo(english.keySet());
        english.forEach((key, text) ->
                assertThat(places(other.get(key))).as(language + " " + key).isEqualTo(places(text)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"en", "de", "ar"})
    void aLanguageHasAllItsPlurals(String language) {
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
    void eachTextThatTheScriptsNameIsThere() {
        Set<String> known = texts("en").keySet();
        Pattern named = Pattern.compile("'((?:[a-z]+\\.)[a-z-]+)'");
        Set<String> roots = known.stream().map(key -> key.split("\\.")[0]).collect(Collectors.toSet());
        scripts().forEach((name, script) -> {
            List<String> names = named.matcher(script)
                    .results()
                    .map(found -> found.group(1))
                    .filter(key -> roots.contains(key.split("\\.")[0]))
                    .toList();
            assertThat(known).as(name).containsAll(names);
        });
    }
}
