package dev.exeunt.spring.web.page;

import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.support.text.SpellingSuggestion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * Reads the operator's texts, which replace ours or add a language: {@code page/de.json} for the page, {@code receipt/de.json} for the
 * receipt. All faults are reported at once.
 */
final class OwnTexts {

    private static final Pattern FILE = Pattern.compile("([a-z]{2,3})\\.json");
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    /** What people call an identifier of the map, by its column. */
    private static final Pattern IDENTIFIER = Pattern.compile("identifier\\..+");

    private static final int SHOWN = 5;

    private final JsonNode ours;
    private final Set<String> languages;
    private final Map<String, JsonNode> own = new LinkedHashMap<>();

    private OwnTexts(JsonNode ours, Set<String> languages) {
        this.ours = ours;
        this.languages = languages;
    }

    /** Holds the texts of the page and of the receipt, by language. */
    record ReplacedTexts(Map<String, JsonNode> page, Map<String, JsonNode> receipt) {
        static final ReplacedTexts NONE = new ReplacedTexts(Map.of(), Map.of());
    }

    /**
     * @param directory with a directory {@code page} or {@code receipt}, or both; null where the operator replaces no text
     * @param faults takes a sentence for each fault
     */
    static ReplacedTexts read(@Nullable Path directory, List<String> faults) {
        if (directory == null) {
            return ReplacedTexts.NONE;
        }
        Path page = directory.resolve("page");
        Path receipt = directory.resolve("receipt");
        if (!Files.isDirectory(page) && !Files.isDirectory(receipt)) {
            faults.add(
                    directory
                            + " has neither a directory page nor a directory receipt. Put texts for the page into page/de.json.");
        }
        Set<String> known = Set.copyOf(ReceiptTexts.LANGUAGES);
        return new ReplacedTexts(
                new OwnTexts(resource("/dev/exeunt/page/texts/en.json"), known).files(page, faults),
                new OwnTexts(resource("/dev/exeunt/spring/web/page/receipt/en.json"), known).files(receipt, faults));
    }

    private static JsonNode resource(String name) {
        try (InputStream in = OwnTexts.class.getResourceAsStream(name)) {
            return HttpJson.parsed(new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }

    private Map<String, JsonNode> files(Path directory, List<String> faults) {
        if (!Files.isDirectory(directory)) {
            return Map.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            files.sorted().forEach(file -> file(file, faults));
        } catch (IOException e) {
            faults.add(directory + " cannot be read.");
        }
        return own;
    }

    private void file(Path file, List<String> faults) {
        Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            faults.add(file + " is named after no language. Name it de.json.");
            return;
        }
        JsonNode texts;
        try {
            texts = HttpJson.MAPPER.readTree(Files.readString(file));
        } catch (IOException | JacksonException e) {
            texts = null;
        }
        if (texts == null || !texts.isObject()) {
            faults.add(file + " is no JSON object in UTF-8. Write {\"title\": \"…\"}.");
            return;
        }
        texts.properties().forEach(text -> text(file, text.getKey(), text.getValue(), faults));
        String language = name.group(1);
        if (!languages.contains(language)) {
            requireAll(file, language, texts, faults);
        }
        own.put(language, texts);
    }

    private void text(Path file, String key, JsonNode value, List<String> faults) {
        if (IDENTIFIER.matcher(key).matches() && value.isString()) {
            return;
        }
        JsonNode standard = ours.get(key);
        if (standard == null) {
            faults.add(file + ": there is no text " + key + "." + SpellingSuggestion.hint(key, names()));
            return;
        }
        boolean plural =
                standard.isObject() && value.has("other") && value.valueStream().allMatch(JsonNode::isString);
        if (!value.isString() && !plural) {
            faults.add(file + ": " + key + " is no text."
                    + (standard.isObject() ? " Write {\"one\": …, \"other\": …}." : ""));
            return;
        }
        Set<String> places = places(standard);
        Set<String> unknown = places(value);
        unknown.removeAll(places);
        if (!unknown.isEmpty()) {
            faults.add(file + ": " + key + " has {" + String.join("}, {", unknown) + "}, for which there is no value."
                    + (places.isEmpty() ? "" : " There are: {" + String.join("}, {", places) + "}."));
        }
    }

    private List<String> names() {
        return List.copyOf(ours.propertyNames());
    }

    private static Set<String> places(JsonNode text) {
        Set<String> places = new TreeSet<>();
        Matcher found = PLACE.matcher(text.isObject() ? text.toString() : text.stringValue());
        while (found.find()) {
            places.add(found.group(1));
        }
        return places;
    }

    private void requireAll(Path file, String language, JsonNode texts, List<String> faults) {
        List<String> missing = new ArrayList<>(names());
        missing.removeIf(texts::has);
        if (!missing.isEmpty()) {
            faults.add(file + ": we have no texts in the language " + language + ", and " + missing.size()
                    + " are missing here: " + missing.stream().limit(SHOWN).collect(Collectors.joining(", "))
                    + (missing.size() > SHOWN ? " …" : "") + ".");
        }
    }
}
