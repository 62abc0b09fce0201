package dev.exeunt.internal.erase;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Builds PostgreSQL regular expressions that find keys and former values as whole tokens. Written as regular
 * expressions of PostgreSQL.
 */
final class ResiduePatterns {

    /** Shorter texts stand in every other row by accident. */
    static final int SHORTEST = 4;

    /** A number with fewer digits is too common to mean somebody. */
    private static final int FEWEST_DIGITS = 6;

    /** Of a longer text this much tells it from any other. */
    private static final int LONGEST = 200;

    /** PostgreSQL refuses an expression that is too complex, and keeps only some thirty of them compiled. */
    private static final int CHARACTERS_EACH = 20_000;

    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private final List<String> expressions = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    /** @param values former e-mail, name …; blank ones are passed over, short ones are said in {@link #skipped} */
    ResiduePatterns(List<String> values) {
        List<String> wanted = new ArrayList<>();
        int tooShort = 0;
        for (String value : values) {
            String text = value.strip();
            if (text.length() >= SHORTEST && text.indexOf('\0') < 0) { // no PostgreSQL text holds a NUL
                wanted.add(text);
            } else if (!text.isEmpty() && text.length() < SHORTEST) {
                tooShort++;
            }
        }
        if (tooShort > 0) {
            skipped.add(tooShort + (tooShort == 1 ? " value has" : " values have") + " fewer than " + SHORTEST
                    + " characters and could not be looked for");
        }
        expressions.addAll(tokens(wanted));
    }

    List<String> expressions() {
        return expressions;
    }

    List<String> skipped() {
        return skipped;
    }

    /**
     * Expressions that find any of some keys: as a token where it is long enough to mean somebody, else only as the value of a
     * JSON member that reads like a reference to one.
     *
     * @param subject the singular of the subject's table, e.g. {@code user}
     */
    static List<String> ofKeys(List<String> keys, String subject) {
        List<String> expressions = tokens(keys.stream().filter(k -> !common(k)).toList());
        String member =
                "\"[a-z_]*(" + escaped(subject.toLowerCase(Locale.ROOT)) + "|user|owner|author|member|actor)[a-z_]*\"";
        List<String> common = keys.stream()
                .filter(ResiduePatterns::common)
                .map(ResiduePatterns::escaped)
                .toList();
        expressions.addAll(joined(member + "\\s*:\\s*\"?(", common, ")(\"|[^0-9a-z]|$)"));
        return expressions;
    }

    private static boolean common(String key) {
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
    private static List<String> joined(String before, List<String> alternatives, String after) {
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
    private static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        value.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                escaped.append("\\\\?");
            }
            boolean plain = Character.isLetterOrDigit(c) || c > 127 || Character.isWhitespace(c) || c == '_';
            escaped.append(plain ? "" : "\\").appendCodePoint(c);
        });
        return escaped.toString();
    }
}
