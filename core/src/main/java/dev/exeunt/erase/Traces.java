package dev.exeunt.erase;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is looked for in free text: a person's keys and former values, as whole tokens, whatever their case. Written as
 * regular expressions of PostgreSQL.
 */
final class Traces {

    /** Shorter texts stand in every other row by accident. */
    static final int SHORTEST = 4;

    /** A number with fewer digits is too common to mean somebody. */
    private static final int FEWEST_DIGITS = 6;

    private static final int VALUES_EACH = 500;
    private static final Pattern NUMBER = Pattern.compile("-?\\d+");

    private final List<String> expressions = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    /** @param values former e-mail, name …; blank ones are passed over, short ones are said in {@link #skipped} */
    Traces(List<String> values) {
        List<String> wanted = new ArrayList<>();
        int tooShort = 0;
        for (String value : values) {
            String text = value.strip();
            if (text.length() >= SHORTEST) {
                wanted.add(text);
            } else if (!text.isEmpty()) {
                tooShort++;
            }
        }
        if (tooShort > 0) {
            skipped.add(tooShort + (tooShort == 1 ? " value has" : " values have") + " fewer than " + SHORTEST
                    + " characters and could not be looked for");
        }
        for (int i = 0; i < wanted.size(); i += VALUES_EACH) {
            expressions.add(tokens(wanted.subList(i, Math.min(wanted.size(), i + VALUES_EACH))));
        }
    }

    List<String> expressions() {
        return expressions;
    }

    List<String> skipped() {
        return skipped;
    }

    /**
     * An expression that finds a key: as a token where it is long enough to mean somebody, else only as the value of a JSON
     * member that reads like a reference to one.
     *
     * @param subject the singular of the subject's table, e.g. {@code user}
     */
    static String ofKey(String key, String subject) {
        boolean common = NUMBER.matcher(key).matches() ? key.length() < FEWEST_DIGITS : key.length() < SHORTEST;
        return common
                ? "\"[a-z_]*(" + escaped(subject.toLowerCase(Locale.ROOT))
                        + "|user|owner|author|member|actor)[a-z_]*\"\\s*:\\s*\"?" + escaped(key) + "(\"|[^0-9a-z]|$)"
                : tokens(List.of(key));
    }

    private static String tokens(List<String> values) {
        List<String> alternatives =
                values.stream().map(Traces::escaped).distinct().toList();
        return "(^|[^[:alnum:]_])(" + String.join("|", alternatives) + ")($|[^[:alnum:]_])";
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
