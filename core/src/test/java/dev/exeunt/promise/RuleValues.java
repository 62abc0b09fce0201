package dev.exeunt.promise;

import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.promise.answer.ModelRule;
import dev.exeunt.promise.made.RandomColumnType;
import dev.exeunt.testkit.MappedDatabase;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Gives the value that a rule should write, as a pattern to match and as SQL. */
final class RuleValues {

    private static final Pattern PIECE = Pattern.compile("\\{\\{|\\}\\}|\\{(\\w+)\\}|[^{}]+");
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Map<String, String> AS_JSON = Map.of(
            "TEXTS {}", "[]",
            "BYTES ", "\\x",
            "MOMENT 2001-02-03 00:00:00+00", "2001-02-03T00:00:00+00:00",
            "MOMENT {now}", "2026-05-04T03:02:01+00:00");

    private RuleValues() {}

    /** @param keys of the people the row may be one of */
    static boolean fits(ModelRule rule, RandomColumnType type, String found, Collection<String> keys, String uid) {
        if (rule.kind() == ModelRule.ModelRuleKind.NULL || found == null) {
            return rule.kind() == ModelRule.ModelRuleKind.NULL && found == null;
        }
        return switch (rule.kind()) {
            case LITERAL -> type.plain(found).equals(type.plain(literal(rule, type)));
            case TEMPLATE ->
                Pattern.compile(
                                template(rule, type, keys),
                                type == RandomColumnType.CITEXT ? Pattern.CASE_INSENSITIVE : 0)
                        .matcher(type.plain(found))
                        .matches();
            default -> !rule.text().startsWith("'s'") || type.plain(found).equals(type.plain("s" + uid));
        };
    }

    private static String literal(ModelRule rule, RandomColumnType type) {
        return AS_JSON.getOrDefault(type + " " + rule.text(), rule.text());
    }

    /** As {@link #fits}, for a template whatever the case of its letters, as {@code verify} compares it. */
    static boolean fitsInAnyCase(
            ModelRule rule, RandomColumnType type, String found, Collection<String> keys, String uid) {
        return fits(rule, type, found, keys, uid)
                || rule.kind() == ModelRule.ModelRuleKind.TEMPLATE
                        && found != null
                        && Pattern.compile(template(rule, type, keys), Pattern.CASE_INSENSITIVE)
                                .matcher(type.plain(found))
                                .matches();
    }

    private static String template(ModelRule rule, RandomColumnType type, Collection<String> keys) {
        if (type == RandomColumnType.UUID && rule.text().equals("{random}")) {
            return UUID;
        }
        String whole = AS_JSON.get(type + " " + rule.text());
        if (whole != null) {
            return Pattern.quote(whole);
        }
        StringBuilder pattern = new StringBuilder();
        Matcher pieces = PIECE.matcher(rule.text());
        while (pieces.find()) {
            String placeholder = pieces.group(1);
            if (placeholder == null) {
                String text = pieces.group();
                pattern.append(Pattern.quote(text.startsWith("{") ? "{" : text.startsWith("}") ? "}" : text));
            } else {
                pattern.append(
                        switch (placeholder) {
                            case "key" -> "(" + any(keys, type) + ")" + (type.isText() ? "(-[0-9a-f]{8})?" : "");
                            case "random" -> "[0-9a-f]{32}";
                            default -> Pattern.quote(MappedDatabase.NOW.toString());
                        });
            }
        }
        return pattern.toString();
    }

    private static String any(Collection<String> keys, RandomColumnType type) {
        return keys.stream()
                .map(k -> type == RandomColumnType.NUMERIC && k.matches("[0-9.]+") ? type.plain(k) : k)
                .map(Pattern::quote)
                .collect(Collectors.joining("|"));
    }

    /** As somebody in a hurry would write it. */
    static String sql(ModelRule rule, RandomColumnType type, String key) {
        return switch (rule.kind()) {
            case NULL -> "NULL";
            case SQL -> "(" + rule.text() + "\n)";
            case LITERAL -> SqlQuoting.literal(rule.text()) + "::" + type.sql().replaceAll("\\(.*\\)", "");
            case TEMPLATE -> {
                StringBuilder sql = new StringBuilder("(''");
                Matcher pieces = PIECE.matcher(rule.text());
                while (pieces.find()) {
                    sql.append(" || ").append(piece(pieces, key));
                }
                yield sql.append(")::")
                        .append(type.sql().replaceAll("\\(.*\\)", ""))
                        .toString();
            }
        };
    }

    private static String piece(Matcher piece, String key) {
        if (piece.group(1) == null) {
            String text = piece.group();
            return SqlQuoting.literal(text.startsWith("{") ? "{" : text.startsWith("}") ? "}" : text);
        }
        return switch (piece.group(1)) {
            case "key" -> SqlQuoting.literal(key);
            case "random" -> "replace(gen_random_uuid()::text, '-', '')";
            default -> SqlQuoting.literal(MappedDatabase.NOW.toString());
        };
    }
}
