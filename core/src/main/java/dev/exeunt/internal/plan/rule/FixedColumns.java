package dev.exeunt.internal.plan.rule;

import dev.exeunt.internal.schema.Index;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads conditions that compare columns with constants, as {@code kind = 'User' AND deleted_at IS NULL}: those of links and of partial
 * indexes. Any other condition fixes nothing.
 *
 * @param values the constant, as SQL writes it, by column; {@code NULL} and {@code NOT NULL} where the column is tested for them
 * @param readable whether that is all that the condition says
 */
public record FixedColumns(Map<String, String> values, boolean readable) {

    private static final String NOT_NULL = "NOT NULL";

    /** Stands for a text while the rest is read. */
    private static final String MARK = "\u0001";

    private static final Pattern TEXT = Pattern.compile("'(?:[^']|'')*+'");

    /** Of a text to any type, and of a column to a type that compares alike, as the catalogue writes them. */
    private static final Pattern CAST = Pattern.compile("(?<=" + MARK + ")::[\\w.\" ]+?(?=[\\s)]|$)(\\s*varying)?"
            + "|::(pg_catalog\\.)?(text|varchar|character varying|bpchar|citext)\\b");

    private static final Pattern COMPARISON = Pattern.compile(
            "\\s*(\\w+|\"(?:[^\"]|\"\")+\")\\s*(?:(?:=|OPERATOR\\s*pg_catalog\\.=)\\s*('(?:[^']|'')*+'|-?[\\d.]+|true|false)"
                    + "|IS\\s+((?:NOT\\s+)?NULL))\\s*",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern AND = Pattern.compile("AND\\b", Pattern.CASE_INSENSITIVE);

    public FixedColumns {
        values = Map.copyOf(values);
    }

    /** Reads a condition; null and blank say nothing. */
    public static FixedColumns of(@Nullable String condition) {
        Map<String, String> values = new HashMap<>();
        String plain = condition == null ? "" : plain(condition);
        if (plain.isBlank()) {
            return new FixedColumns(values, true);
        }
        Matcher comparison = COMPARISON.matcher(plain);
        Matcher and = AND.matcher(plain);
        int at = 0;
        while (comparison.region(at, plain.length()).lookingAt()) {
            values.put(column(comparison.group(1)), value(comparison));
            at = comparison.end();
            if (at == plain.length()) {
                return new FixedColumns(values, true);
            }
            if (!and.region(at, plain.length()).lookingAt()) {
                break;
            }
            at = and.end();
        }
        return new FixedColumns(Map.of(), false);
    }

    private static String plain(String condition) {
        StringBuilder plain = new StringBuilder();
        Matcher text = TEXT.matcher(condition);
        int at = 0;
        while (text.find()) {
            plain.append(condition, at, text.start()).append(MARK);
            at = text.end();
        }
        plain.append(condition.substring(at));
        String bare = CAST.matcher(plain).replaceAll("").replace('(', ' ').replace(')', ' ');
        text.reset();
        Matcher place = Pattern.compile(MARK).matcher(bare);
        return place.replaceAll(m -> text.find() ? Matcher.quoteReplacement(text.group()) : "");
    }

    private static String column(String name) {
        return name.startsWith("\"")
                ? name.substring(1, name.length() - 1).replace("\"\"", "\"")
                : name.toLowerCase(Locale.ROOT);
    }

    private static String value(Matcher comparison) {
        if (comparison.group(2) != null) {
            return comparison.group(2);
        }
        return comparison.group(3).toUpperCase(Locale.ROOT).replaceAll("\\s+", " ");
    }

    /** Whether rows for which this holds are found by an index, by some of the columns that are compared with keys. */
    public boolean serve(Index index, List<String> compared) {
        return index.usable()
                && holds(of(index.predicate()), compared)
                && index.columns().stream()
                        .filter(c -> !isConstant(c))
                        .findFirst()
                        .filter(compared::contains)
                        .isPresent();
    }

    /** Whether a partial index has all rows for which this holds: what it demands is said here, or no key is NULL. */
    public boolean holds(FixedColumns predicate, List<String> compared) {
        return predicate.readable()
                && predicate.values().entrySet().stream()
                        .allMatch(e -> e.getValue().equals(NOT_NULL)
                                ? compared.contains(e.getKey()) || isConstant(e.getKey()) || same(e)
                                : same(e));
    }

    private boolean same(Map.Entry<String, String> demanded) {
        return demanded.getValue().equals(values.get(demanded.getKey()));
    }

    private boolean isConstant(String column) {
        String value = values.get(column);
        return value != null && !value.equals(NOT_NULL) && !value.equals("NULL");
    }
}
