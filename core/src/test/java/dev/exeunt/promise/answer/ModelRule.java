package dev.exeunt.promise.answer;

import dev.exeunt.promise.made.RandomColumn;
import dev.exeunt.promise.made.TestedFeature;
import dev.exeunt.testkit.SeededRandom;

/**
 * Models what a column becomes.
 *
 * @param text a literal, a template as the map has it, an expression; null for NULL
 */
public record ModelRule(ModelRuleKind kind, String text) {

    /** Lists the kinds of rules that a map model knows. */
    public enum ModelRuleKind {
        NULL,
        LITERAL,
        TEMPLATE,
        SQL
    }

    public static final ModelRule NULL = new ModelRule(ModelRuleKind.NULL, null);

    /** Mostly one that may fit. */
    static ModelRule of(SeededRandom dice, RandomColumn column) {
        if (!column.notNull() && dice.chance(35)) {
            return NULL;
        }
        return switch (column.type()) {
            case TEXT, VARCHAR, CITEXT, LINE, CHAR ->
                dice.one(
                        new ModelRule(ModelRuleKind.LITERAL, "gone"),
                        new ModelRule(ModelRuleKind.TEMPLATE, "gone-{key}"),
                        new ModelRule(ModelRuleKind.TEMPLATE, "{key}"),
                        new ModelRule(ModelRuleKind.TEMPLATE, "x{random}"),
                        new ModelRule(ModelRuleKind.TEMPLATE, "{random}"),
                        new ModelRule(ModelRuleKind.TEMPLATE, "{{at}} {now}"),
                        new ModelRule(ModelRuleKind.SQL, "'s' || \"uid\" -- who"));
            case MOMENT ->
                dice.one(
                        new ModelRule(ModelRuleKind.TEMPLATE, "{now}"),
                        new ModelRule(ModelRuleKind.LITERAL, "2001-02-03 00:00:00+00"));
            case JSON, JSONB, TEXTS -> new ModelRule(ModelRuleKind.LITERAL, "{}");
            case MOOD -> new ModelRule(ModelRuleKind.LITERAL, dice.one("it's", "it's", "Calm"));
            case OID -> new ModelRule(ModelRuleKind.LITERAL, "0");
            case BYTES -> new ModelRule(ModelRuleKind.LITERAL, "\\x");
            case UUID ->
                dice.one(
                        new ModelRule(ModelRuleKind.TEMPLATE, "{key}"),
                        new ModelRule(ModelRuleKind.TEMPLATE, "{random}"));
            default ->
                dice.one(new ModelRule(ModelRuleKind.LITERAL, "99"), new ModelRule(ModelRuleKind.TEMPLATE, "{key}"));
        };
    }

    public boolean uses(String placeholder) {
        return kind == ModelRuleKind.TEMPLATE && text.contains("{" + placeholder + "}");
    }

    TestedFeature feature() {
        return switch (kind) {
            case NULL -> TestedFeature.RULE_NULL;
            case LITERAL -> TestedFeature.RULE_LITERAL;
            case SQL -> TestedFeature.RULE_SQL;
            case TEMPLATE ->
                uses("key")
                        ? TestedFeature.RULE_KEY
                        : uses("random") ? TestedFeature.RULE_RANDOM : TestedFeature.RULE_NOW;
        };
    }
}
