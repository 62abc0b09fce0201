package dev.exeunt.promise;

import dev.exeunt.postgres.Quote;
import dev.exeunt.promise.answer.Rule;
import dev.exeunt.promise.made.Type;
import dev.exeunt.testkit.World;
import java.util.Collection;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a rule writes: as a pattern that what is found must match, and as SQL for those who write it naively. */
final class Values {

    private static final Pattern PIECE = Pattern.compile("\\{\\{|\\}\\}|\\{(\\w+)\\}|[^{}]+");
    private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}";
    private static final Map<String, String> AS_JSON = Map.of(
            "TEXTS {}", "[]",
            "BYTES ", "\\x",
            "MOMENT 2001-02-03 00:00:00+00", "2001-02-03T00:00:00+00:00",
            "MOMENT {now}", "2026-05-04T03:02:01+00:00");

    private Values() {}

    /** @param keys of the people the row may be one of */
    static boolean fits(Rule rule, Type type, String found, Collection<String> keys, String uid) {
        if (rule.kind() == Rule.Kind.NULL || found == null) {
            return rule.kind() == Rule.Kind.NULL && found == null;
        }
        return switch (rule.kind()) {
            case LITERAL -> type.plain(found).equals(type.plain(literal(rule, type)));
            case TEMPLATE ->
                template(rule, type, keys).matcher(type.plain(found)).matches();
            default -> !rule.text().startsWith("'s'") || type.plain(found).equals(type.plain("s" + uid));
        };
    }

    private static String literal(Rule rule, Type type) {
        return AS_JSON.getOrDefault(type + " " + rule.text(), rule.text());
    }

    private static Pattern template(Rule rule, Type type, Collection<String> keys) {
        if (type == Type.UUID && rule.text().equals("{random}")) {
            return Pattern.compile(UUID);
        }
        String whole = AS_JSON.get(type + " " + rule.text());
        if (whole != null) {
            return Pattern.compile(Pattern.quote(whole));
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
                            case "key" -> "(" + any(keys) + ")" + (type.isText() ? "(-[0-9a-f]{8})?" : "");
                            case "random" -> "[0-9a-f]{32}";
                            default -> Pattern.quote(World.NOW.toString());
                        });
            }
        }
        return Pattern.compile(pattern.toString(), type == Type.CITEXT ? Pattern.CASE_INSENSITIVE : 0);
    }

    private static String any(Collection<String> keys) {
        return keys.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    }

    /** As somebody in a hurry would write it. */
    static String sql(Rule rule, Type type, String key) {
        return switch (rule.kind()) {
            case NULL -> "NULL";
            case SQL -> "(" + rule.text() + "\n)";
            case LITERAL -> Quote.literal(rule.text()) + "::" + type.sql().replaceAll("\\(.*\\)", "");
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
            return Quote.literal(text.startsWith("{") ? "{" : text.startsWith("}") ? "}" : text);
        }
        return switch (piece.group(1)) {
            case "key" -> Quote.literal(key);
            case "random" -> "replace(gen_random_uuid()::text, '-', '')";
            default -> Quote.literal(World.NOW.toString());
        };
    }
}
