package dev.exeunt.spring.web.page;

import dev.exeunt.spring.web.json.HttpJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The texts of the receipt in the reader's language, with dates and numbers as that language writes them. One file a language. */
final class ReceiptTexts {

    /** The first is for readers of other languages. */
    static final List<String> LANGUAGES = List.of("en", "de", "ar");

    private static final Map<String, Map<String, String>> TEXTS = all();
    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    /** Around a value of the other direction, so that it does not turn the sentence (Unicode Bidirectional Algorithm, UAX 9). */
    private static final String ISOLATE = "\u2068%s\u2069";

    private final String language;
    private final Locale locale;
    private final Map<String, String> texts;

    private ReceiptTexts(String language, Locale locale, Map<String, String> own) {
        this.language = language;
        this.locale = locale;
        this.texts = new LinkedHashMap<>(TEXTS.getOrDefault(language, Map.of()));
        texts.putAll(own);
    }

    /**
     * @param wanted the languages that the reader understands, the best first
     * @param own texts of the operator, by language
     */
    static ReceiptTexts in(List<Locale.LanguageRange> wanted, Map<String, Map<String, String>> own) {
        List<String> known = new ArrayList<>(LANGUAGES);
        own.keySet().stream().filter(each -> !known.contains(each)).forEach(known::add);
        String best = wanted.isEmpty() ? null : Locale.lookupTag(wanted, known);
        String language = best == null ? LANGUAGES.get(0) : best;
        return new ReceiptTexts(language, regional(wanted, language), own.getOrDefault(language, Map.of()));
    }

    /** The region decides how dates look. Without one English is that of Britain, whose dates do not begin with the month. */
    private static Locale regional(List<Locale.LanguageRange> wanted, String language) {
        return wanted.stream()
                .map(range -> Locale.forLanguageTag(range.getRange()))
                .filter(each -> each.getLanguage().equals(language)
                        && !each.getCountry().isEmpty())
                .findFirst()
                .orElse(language.equals("en") ? Locale.UK : Locale.forLanguageTag(language));
    }

    /** {@code en} */
    String language() {
        return language;
    }

    /** {@code ltr} or {@code rtl} */
    String direction() {
        return text("direction");
    }

    String text(String key) {
        return Objects.requireNonNull(texts.get(key), key);
    }

    /** @param value stands for the only place {@code {name}} of the text */
    String text(String key, String name, String value) {
        return text(key, Map.of(name, value));
    }

    /** @param values what stands for {@code {name}} in the text */
    String text(String key, Map<String, String> values) {
        return PLACE.matcher(text(key))
                .replaceAll(place -> Matcher.quoteReplacement(
                        isolated(Objects.requireNonNull(values.get(place.group(1)), place.group(1)))));
    }

    private String isolated(String value) {
        return direction().equals("rtl") ? ISOLATE.formatted(value) : value;
    }

    /** {@code 3 June 2026 at 03:02 UTC} */
    String moment(Instant at) {
        return formatted(DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT), at) + " UTC";
    }

    /** {@code 3 June 2026}, of UTC. */
    String date(Instant at) {
        return formatted(DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG), at);
    }

    private String formatted(DateTimeFormatter format, Instant at) {
        return format.localizedBy(locale).withZone(ZoneOffset.UTC).format(at);
    }

    String number(long number) {
        return NumberFormat.getIntegerInstance(locale).format(number);
    }

    private static Map<String, Map<String, String>> all() {
        Map<String, Map<String, String>> all = new LinkedHashMap<>();
        LANGUAGES.forEach(language -> all.put(language, read(language)));
        return all;
    }

    /** The texts of a language as its file has them. */
    static Map<String, String> read(String language) {
        try (InputStream in = ReceiptTexts.class.getResourceAsStream("receipt/" + language + ".json")) {
            return of(HttpJson.parsed(
                    new String(Objects.requireNonNull(in, language).readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The texts of a JSON object, by their names. */
    static Map<String, String> of(JsonNode json) {
        Map<String, String> texts = new LinkedHashMap<>();
        json.properties()
                .forEach(text -> texts.put(text.getKey(), text.getValue().asString()));
        return texts;
    }
}
