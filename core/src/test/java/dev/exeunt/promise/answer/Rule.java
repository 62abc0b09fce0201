package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.Feature;
import dev.exeunt.promise.made.MadeColumn;
import dev.exeunt.testkit.Dice;

/**
 * What a column becomes.
 *
 * @param text a literal, a template as the map has it, an expression; null for NULL
 */
public record Rule(Kind kind, String text) {

    public enum Kind {
        NULL,
        LITERAL,
        TEMPLATE,
        SQL
    }

    public static final Rule NULL = new Rule(Kind.NULL, null);

    /** Mostly one that may fit. */
    static Rule of(Dice dice, MadeColumn column) {
        if (!column.notNull() && dice.chance(35)) {
            return NULL;
        }
        return switch (column.type()) {
            case TEXT, VARCHAR, CITEXT, LINE, CHAR ->
                dice.one(
                        new Rule(Kind.LITERAL, "gone"),
                        new Rule(Kind.TEMPLATE, "gone-{key}"),
                        new Rule(Kind.TEMPLATE, "{key}"),
                        new Rule(Kind.TEMPLATE, "x{random}"),
                        new Rule(Kind.TEMPLATE, "{random}"),
                        new Rule(Kind.TEMPLATE, "{{at}} {now}"),
                        new Rule(Kind.SQL, "'s' || \"uid\" -- who"));
            case MOMENT -> dice.one(new Rule(Kind.TEMPLATE, "{now}"), new Rule(Kind.LITERAL, "2001-02-03 00:00:00+00"));
            case JSON, JSONB, TEXTS -> new Rule(Kind.LITERAL, "{}");
            case MOOD -> new Rule(Kind.LITERAL, dice.one("it's", "it's", "Calm"));
            case BYTES -> new Rule(Kind.LITERAL, "\\x");
            case UUID -> dice.one(new Rule(Kind.TEMPLATE, "{key}"), new Rule(Kind.TEMPLATE, "{random}"));
            default -> dice.one(new Rule(Kind.LITERAL, "99"), new Rule(Kind.TEMPLATE, "{key}"));
        };
    }

    public boolean uses(String placeholder) {
        return kind == Kind.TEMPLATE && text.contains("{" + placeholder + "}");
    }

    Feature feature() {
        return switch (kind) {
            case NULL -> Feature.RULE_NULL;
            case LITERAL -> Feature.RULE_LITERAL;
            case SQL -> Feature.RULE_SQL;
            case TEMPLATE -> uses("key") ? Feature.RULE_KEY : uses("random") ? Feature.RULE_RANDOM : Feature.RULE_NOW;
        };
    }
}
