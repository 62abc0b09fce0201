package dev.exeunt.internal.search;

import dev.exeunt.internal.plan.rule.PersonNames;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Builds PostgreSQL regular expressions that find keys and former values as whole tokens. Written as regular
 * expressions of PostgreSQL.
 */
public final class ResiduePatterns {

    /** Shorter texts stand in every other row by accident. */
    public static final int SHORTEST = 4;

    /** A number with fewer digits is too common to mean a person. */
    public static final int FEWEST_DIGITS = 6;

    /** Of a longer text this much tells it from any other. */
    private static final int LONGEST = 200;

    /** PostgreSQL refuses an expression that is too complex, and keeps only some thirty of them compiled. */
    private static final int CHARACTERS_EACH = 20_000;

    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private final List<String> expressions = new ArrayList<>();

    /** @param values former e-mail, name …; short ones are passed over */
    public ResiduePatterns(List<String> values) {
        List<String> wanted = values.stream()
                .map(String::strip)
                .filter(text -> text.length() >= SHORTEST && text.indexOf('\0') < 0) // no PostgreSQL text holds a NUL
                .toList();
        expressions.addAll(tokens(wanted));
    }

    public List<String> expressions() {
        return expressions;
    }

    /**
     * Returns expressions that find any of some keys: as a token where it is long enough to mean a person, else only as the value of a
     * JSON member that reads like a reference to one, or among the values of its array.
     *
     * @param names tells which members refer to a person
     */
    public static List<String> ofKeys(List<String> keys, PersonNames names) {
        List<String> spelled = keys.stream().flatMap(k -> spellings(k).stream()).toList();
        List<String> expressions =
                tokens(spelled.stream().filter(k -> !common(k)).toList());
        String member = "\"([a-z_]*(" + alternatives(names.words()) + ")[a-z_]*|"
                + "(created|updated|changed|modified|deleted|[a-z]+_)_?by"
                + (names.wholeNames().isEmpty() ? "" : "|" + alternatives(names.wholeNames())) + ")\"";
        List<String> common = spelled.stream()
                .filter(ResiduePatterns::common)
                .map(ResiduePatterns::escaped)
                .toList();
        expressions.addAll(joined(member + "\\s*:\\s*(\\[([^]]*[^]0-9a-z])?)?\"?(", common, ")(\"|[^0-9a-z]|$)"));
        return expressions;
    }

    private static String alternatives(List<String> names) {
        return names.stream()
                .map(name -> escaped(name.toLowerCase(Locale.ROOT)))
                .collect(Collectors.joining("|"));
    }

    /** Returns the ways a key is written: a UUID also without its dashes. */
    public static List<String> spellings(String key) {
        return UUID.matcher(key).matches() ? List.of(key, key.replace("-", "")) : List.of(key);
    }

    /**
     * Returns the same expressions for bytes in the format {@code escape}: PostgreSQL writes each byte that is no ASCII character as
     * a backslash and three octal digits, and a backslash twice.
     */
    public static List<String> ofBytes(List<String> expressions) {
        return expressions.stream().map(ResiduePatterns::ofBytes).toList();
    }

    private static String ofBytes(String expression) {
        StringBuilder bytes = new StringBuilder();
        expression.codePoints().forEach(c -> {
            if (c <= 127) {
                bytes.appendCodePoint(c);
            } else {
                for (byte b : Character.toString(c).getBytes(StandardCharsets.UTF_8)) {
                    bytes.append("\\\\").append(String.format(Locale.ROOT, "%03o", b & 0xFF));
                }
            }
        });
        return bytes.toString();
    }

    /** Whether the key alone is too short to mean a person. */
    public static boolean common(String key) {
        return NUMBER.matcher(key).matches() ? key.length() < FEWEST_DIGITS : key.length() < SHORTEST;
    }

    private static List<String> tokens(List<String> values) {
        List<String> whole = values.stream()
                .filter(v -> v.length() <= LONGEST)
                .map(ResiduePatterns::escaped)
                .toList();
        List<String> starts = values.stream()
                .filter(v -> v.length() > LONGEST)
                .map(v -> escaped(v.substring(0, v.offsetByCodePoints(0, LONGEST / 2))))
                .toList();
        List<String> expressions = joined("(^|[^[:alnum:]_])(", whole, ")($|[^[:alnum:]_])");
        expressions.addAll(joined("(^|[^[:alnum:]_])(", starts, ")"));
        return expressions;
    }

    /** As few expressions as hold all of the alternatives. */
    public static List<String> joined(String before, List<String> alternatives, String after) {
        List<String> expressions = new ArrayList<>();
        StringBuilder open = new StringBuilder();
        for (String alternative : new LinkedHashSet<>(alternatives)) {
            if (open.length() + alternative.length() > CHARACTERS_EACH) {
                expressions.add(before + open + after);
                open.setLength(0);
            }
            open.append(open.length() == 0 ? "" : "|").append(alternative);
        }
        if (open.length() > 0) {
            expressions.add(before + open + after);
        }
        return expressions;
    }

    /** Everything that is not a letter or digit is taken literally; JSON writes quotes and backslashes with a backslash. */
    public static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append("\\\\?");
            }
            escaped.append(plain(c) ? "" : "\\").appendCodePoint(c);
        });
        return escaped.toString();
    }

    private static boolean plain(int c) {
        return Character.isLetterOrDigit(c) || c > 127 || Character.isWhitespace(c) || c == '_';
    }

    /** Returns an expression that finds just this text. */
    public static String literally(String text) {
        StringBuilder escaped = new StringBuilder();
        text.codePoints().forEach(c -> escaped.append(plain(c) ? "" : "\\").appendCodePoint(c));
        return escaped.toString();
    }
}
