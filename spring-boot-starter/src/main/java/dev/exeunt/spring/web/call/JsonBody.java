package dev.exeunt.spring.web.call;

import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.spring.web.json.HttpJson;
import dev.exeunt.spring.web.problem.HttpProblem;
import dev.exeunt.spring.web.problem.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** Reads the JSON object of a call and reports all its faults at once. */
public final class JsonBody {

    private static final int MOST_BYTES = 16 * 1024;
    private static final int LONGEST = 2000;

    /** Limits the report of unknown fields: how many are named, and how many characters of each name. */
    private static final int MOST_NAMED = 20;

    private static final int LONGEST_NAMED = 40;

    /** Limits a list of names: how many there are, and how many characters each has. */
    private static final int MOST_NAMES = 1000;

    private static final int LONGEST_NAME = 200;

    private final @Nullable JsonNode json;
    private final List<Map<String, @Nullable Object>> faults = new ArrayList<>();

    private JsonBody(@Nullable JsonNode json) {
        this.json = json;
    }

    /** @param fields the fields that the body may have */
    public static JsonBody of(HttpServletRequest request, Set<String> fields) throws IOException {
        byte[] bytes = bytes(request);
        if (bytes.length == 0) {
            return new JsonBody(null);
        }
        String type = request.getContentType();
        if (type == null || !type.toLowerCase(Locale.ROOT).matches("application/json\\s*(;.*)?")) {
            throw HttpProblem.of(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send JSON, as application/json.")
                    .thrown();
        }
        JsonBody body = new JsonBody(parsed(bytes));
        body.unknown(fields);
        return body;
    }

    /** Reads the reason of staff from a body that has nothing else. */
    public static String reasonOf(HttpServletRequest request) throws IOException {
        JsonBody body = of(request, Set.of("reason"));
        String reason = body.reason();
        body.valid();
        return reason;
    }

    /** Reads the whole body. Refuses one that is too long, ends early or has broken chunks, which is a fault of the caller. */
    public static byte[] bytes(HttpServletRequest request) {
        byte[] bytes;
        try {
            bytes = request.getInputStream().readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw HttpProblem.of(ProblemType.MALFORMED, "The body does not end as it should.")
                    .thrown();
        }
        if (bytes.length > MOST_BYTES) {
            throw HttpProblem.of(ProblemType.BODY_TOO_LARGE, "Send at most " + MOST_BYTES + " bytes.")
                    .thrown();
        }
        return bytes;
    }

    /** Parses the body. {@code null} counts as no body: clients generated from the OpenAPI document send it. */
    private static @Nullable JsonNode parsed(byte[] bytes) {
        try {
            // The parser itself accepts some invalid UTF-8 and guesses its meaning.
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            JsonNode json = HttpJson.MAPPER.readTree(text);
            if (json.isObject() || json.isNull()) {
                return json.isNull() ? null : json;
            }
        } catch (CharacterCodingException | JacksonException e) {
            // the exception is not passed on, since its message quotes the body
        }
        throw HttpProblem.of(ProblemType.MALFORMED, "The body is not a JSON object.")
                .thrown();
    }

    /** Reports unknown fields. Their names go into the response only, not into a log. */
    private void unknown(Set<String> fields) {
        if (json != null) {
            json.propertyNames().stream()
                    .filter(name -> !fields.contains(name))
                    .map(JsonBody::shown)
                    .limit(MOST_NAMED)
                    .forEach(name -> fault(
                            name,
                            "There is no such field. There may be: " + String.join(", ", new TreeSet<>(fields)) + "."));
        }
    }

    private static String shown(String name) {
        String plain = name.replaceAll("[^\\x20-\\x7e]", "?");
        return plain.length() > LONGEST_NAMED ? plain.substring(0, LONGEST_NAMED) + "..." : plain;
    }

    private void fault(String field, String message) {
        faults.add(HttpJson.object("field", field, "message", message));
    }

    @Nullable
    public String text(String field) {
        return text(field, LONGEST);
    }

    @Nullable
    public String text(String field, int longest) {
        JsonNode value = value(field);
        if (value == null) {
            return null;
        }
        String text = value.isString() ? value.stringValue() : null;
        if (text == null || text.length() > longest || text.indexOf('\0') >= 0) {
            fault(field, "Write a text of at most " + longest + " characters.");
            return null;
        }
        return text;
    }

    /** Returns a text that must be there, without spaces at its ends; empty where it is wrong. */
    public String required(String field, int longest) {
        int before = faults.size();
        String text = text(field, longest);
        if (faults.size() == before && (text == null || text.isBlank())) {
            fault(field, "Write a text of at most " + longest + " characters.");
        }
        return text == null ? "" : text.strip();
    }

    /** Returns one of several words; the only one where the field is missing. Empty where it is wrong. */
    public String oneOf(String field, List<String> words) {
        int before = faults.size();
        String word = text(field);
        if (word == null && words.size() == 1) {
            return words.get(0);
        }
        if (faults.size() == before && (word == null || !words.contains(word))) {
            fault(field, "Write one of: " + String.join(", ", words) + ".");
        }
        return word == null ? "" : word;
    }

    /** Returns the reason, which staff must give. */
    public String reason() {
        String reason = text("reason");
        if (faults.isEmpty() && (reason == null || reason.isBlank())) {
            fault("reason", "Say why.");
        }
        return reason == null ? "" : reason;
    }

    public boolean flag(String field) {
        JsonNode value = value(field);
        if (value != null && !value.isBoolean()) {
            fault(field, "Write true or false.");
        }
        return value != null && value.isBoolean() && value.booleanValue();
    }

    /** Returns a number such as that of a receipt; null where the field is missing or wrong. */
    public @Nullable UUID id(String field) {
        String text = text(field);
        if (text != null && !text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")) {
            fault(field, "Write a UUID.");
            return null;
        }
        return text == null ? null : UUID.fromString(text);
    }

    /** Returns a moment; null where the field is missing or wrong. */
    public @Nullable Instant moment(String field) {
        String text = text(field);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            fault(field, "Write a moment with its zone, such as 2027-01-31T12:00:00Z.");
            return null;
        }
    }

    /** Returns a list of names, each once, none of them blank; empty where the field is missing or wrong. */
    public List<String> names(String field) {
        JsonNode value = value(field);
        if (value == null) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        value.forEach(each -> names.add(each.isString() ? each.stringValue() : ""));
        boolean good = value.isArray()
                && !names.isEmpty()
                && names.size() <= MOST_NAMES
                && new HashSet<>(names).size() == names.size()
                && names.stream()
                        .noneMatch(name -> name.isBlank() || name.length() > LONGEST_NAME || name.indexOf('\0') >= 0);
        if (!good) {
            fault(field, "Write a list of 1 to " + MOST_NAMES + " names, each once.");
            return List.of();
        }
        return names;
    }

    @Nullable
    public BundleFormat format() {
        String word = text("format");
        if (word == null || word.equals("zip") || word.equals("json")) {
            return word == null ? null : word.equals("zip") ? BundleFormat.ZIP : BundleFormat.JSON;
        }
        fault("format", "Write zip or json.");
        return null;
    }

    private @Nullable JsonNode value(String field) {
        JsonNode value = json == null ? null : json.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** Refuses the call if a field was wrong. Call it after all fields were read. */
    public void valid() {
        if (!faults.isEmpty()) {
            throw HttpProblem.of(ProblemType.INVALID, "Something in the request is wrong: see errors.")
                    .with("errors", List.copyOf(faults))
                    .thrown();
        }
    }
}
