package dev.exeunt.internal.map.jsonschema;

import dev.exeunt.internal.map.read.TableNameParser;
import dev.exeunt.internal.map.yaml.AllowedWords;
import dev.exeunt.internal.map.yaml.LanguageTextReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds the fragments that the map's JSON Schema consists of, such as names, texts and lists. */
final class JsonSchemaParts {

    /** Of a table, as {@link TableNameParser} reads it. */
    static final String TABLE_NAME =
            "^(?=[\\s\\S]*\\S)(?:\"(?:[^\"]|\"\")+\"|[^\".]+)(?:\\.(?:\"(?:[^\"]|\"\")+\"|[^\".]+))?$";

    private static final String SOMETHING = "\\S";

    private JsonSchemaParts() {}

    /** In this order. */
    static Map<String, Object> of(Object... namesAndValues) {
        Map<String, Object> schema = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            schema.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return schema;
    }

    static Map<String, Object> ref(String definition) {
        return of("$ref", "#/definitions/" + definition);
    }

    static Map<String, Object> anyOf(Object... schemas) {
        return of("anyOf", List.of(schemas));
    }

    /** The editor shows it where the word is pointed at. */
    static Map<String, Object> described(String description, Map<String, Object> schema) {
        Map<String, Object> described = of("description", description);
        if (schema.containsKey("$ref")) {
            described.put("allOf", List.of(schema));
        } else {
            described.putAll(schema);
        }
        return described;
    }

    /** A name or prose; a number does for one, as it does for the reader. */
    static Map<String, Object> name() {
        return matching(SOMETHING);
    }

    static Map<String, Object> matching(String pattern) {
        return of("type", List.of("string", "number"), "pattern", pattern);
    }

    static Map<String, Object> table() {
        return matching(TABLE_NAME);
    }

    static Map<String, Object> period(String form) {
        return of("type", "string", "pattern", "^\\s*(?:" + form + ")\\s*$");
    }

    static Map<String, Object> oneOf(List<String> words) {
        return of("enum", words);
    }

    static Map<String, Object> list(Map<String, Object> items) {
        return of("type", "array", "items", items, "minItems", 1, "uniqueItems", true);
    }

    /** One name or a list of them. */
    static Map<String, Object> names() {
        return anyOf(name(), list(name()));
    }

    /** Names of the user's own, each with the same kind of value; at least one. */
    static Map<String, Object> entries(String key, Map<String, Object> value) {
        return of(
                "type",
                "object",
                "minProperties",
                1,
                "propertyNames",
                of("pattern", key),
                "additionalProperties",
                value);
    }

    /** One text for people, or one for each language. */
    static Map<String, Object> languageText() {
        return anyOf(name(), entries("^" + LanguageTextReader.TAG + "$", name()));
    }

    static Map<String, Object> entries(Map<String, Object> value) {
        return entries(SOMETHING, value);
    }

    /**
     * A mapping of the language's words.
     *
     * @param properties for each of the vocabulary's words, no more and no less
     */
    static Map<String, Object> words(AllowedWords vocabulary, Map<String, Object> properties, String... required) {
        List<String> missing = new ArrayList<>(vocabulary.words());
        missing.removeAll(properties.keySet());
        if (!missing.isEmpty() || properties.size() != vocabulary.words().size()) {
            throw new IllegalStateException(vocabulary.place() + " has other words than its schema: "
                    + vocabulary.words() + ", " + properties.keySet());
        }
        Map<String, Object> schema = of("type", "object", "additionalProperties", false, "properties", properties);
        if (required.length > 0) {
            schema.put("required", List.of(required));
        }
        return schema;
    }

    /** At most one of the words. */
    static List<Object> notTogether(List<String> words) {
        List<Object> refused = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            for (int j = i + 1; j < words.size(); j++) {
                refused.add(of("required", List.of(words.get(i), words.get(j))));
            }
        }
        return refused;
    }
}
