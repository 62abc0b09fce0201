package dev.exeunt.internal.scan;

import dev.exeunt.internal.schema.ColumnHeuristics;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds short keys in JSON: as the value of a member whose name refers to a person, alone or in an array, and as the {@code id} of an
 * object that such a member holds. In a text that is no JSON, members are looked for all the same.
 */
final class JsonKeys {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> OF_OBJECT = Set.of("id", "ids", "key", "uid", "uuid", "no", "number", "ref", "pk");

    /** A member somewhere in a text: its name, and its value up to the end of the text, the array, or the member. */
    private static final Pattern MEMBER =
            Pattern.compile("\"([^\"\\\\]{1,60})\"\\s*:\\s*(\\[[^\\]]*+\\]?|\"?[^\",}\\]]*+)");

    private static final Pattern TOKEN = Pattern.compile("[^\\p{Alnum}_.-]+");

    private final Set<String> keys;
    private final KeyColumns columns;

    JsonKeys(Set<String> keys, KeyColumns columns) {
        this.keys = keys;
        this.columns = columns;
    }

    boolean holds(String text) {
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            try (JsonParser parser = JSON.createParser(text)) {
                return holds(parser);
            } catch (JacksonException e) {
                return member(text); // it only looks like JSON
            }
        }
        return member(text);
    }

    private boolean holds(JsonParser parser) {
        Deque<String> path = new ArrayDeque<>(); // names of the objects and arrays around, the innermost first
        String name = "";
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            switch (token) {
                case PROPERTY_NAME -> name = parser.currentName();
                case START_OBJECT, START_ARRAY -> {
                    path.push(name);
                    name = token == JsonToken.START_OBJECT ? "" : name;
                }
                case END_OBJECT, END_ARRAY -> name = path.pop();
                case VALUE_STRING, VALUE_NUMBER_INT -> {
                    if (keys.contains(parser.getString()) && refers(name, path)) {
                        return true;
                    }
                }
                default -> {}
            }
        }
        return false;
    }

    private boolean refers(String name, Deque<String> path) {
        List<String> words = ColumnHeuristics.nameWords(name);
        boolean ofObject = words.size() == 1 && OF_OBJECT.contains(words.get(0));
        return columns.isPerson(name)
                || ofObject
                        && path.stream()
                                .filter(p -> !p.isEmpty() && !p.equals(name))
                                .findFirst()
                                .filter(columns::isPerson)
                                .isPresent();
    }

    private boolean member(String text) {
        Matcher member = MEMBER.matcher(text);
        while (member.find()) {
            if (columns.isPerson(member.group(1))
                    && TOKEN.splitAsStream(member.group(2)).anyMatch(keys::contains)) {
                return true;
            }
        }
        return false;
    }
}
