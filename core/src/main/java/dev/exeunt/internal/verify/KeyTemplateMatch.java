package dev.exeunt.internal.verify;

import dev.exeunt.internal.map.Rule.TemplatePart;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.map.Rule.TemplateRule;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.search.ResiduePatterns;
import java.util.List;

/**
 * Builds the condition that a column holds what a template with {@code {key}} writes for any of some people. It judges rows of which no
 * link tells the person any more; {@link RuleMatch} judges the others, each by the key of its own person.
 */
final class KeyTemplateMatch {

    private final List<String> keys;

    /** @param keys of the people, as {@code {key}} writes them */
    KeyTemplateMatch(List<String> keys) {
        this.keys = List.copyOf(keys);
    }

    /**
     * Returns the condition, in a statement over the role's table under its own name. It is false where there are no people.
     *
     * @param template with {@code {key}} in it
     */
    SqlFragment of(PlannedRole role, Column column, TemplateRule template) {
        boolean uuid = column.type().baseName().equals("uuid");
        SqlFragment text = SqlTemplate.of(
                        uuid
                                ? "pg_catalog.replace({table}.{column}::pg_catalog.text, '-', '')"
                                : "{table}.{column}::pg_catalog.text")
                .fragment("table", role.table().name().quoted())
                .identifier("column", column.name())
                .toFragment();
        return SqlTemplate.of("({text} OPERATOR(pg_catalog.~*) ANY (:patterns::pg_catalog.text[]))")
                .fragment("text", text)
                .bind("patterns", patterns(column, template, uuid).toArray(String[]::new))
                .toFragment();
    }

    private List<String> patterns(Column column, TemplateRule template, boolean uuid) {
        String salt = column.type().isText() ? "(-[0-9a-f]{8})?" : "";
        StringBuilder before = new StringBuilder("^");
        StringBuilder after = new StringBuilder(")" + salt);
        StringBuilder open = before;
        for (TemplatePart part : template.parts()) {
            if (!(part instanceof TemplatePart.PlaceholderValue value)) {
                open.append(literally(((TemplatePart.FixedText) part).text(), uuid));
            } else if (value.placeholder() != TemplatePlaceholder.KEY) {
                open.append(RuleMatch.pattern(value.placeholder()));
            } else if (open == before) {
                open.append("(");
                open = after;
            } else {
                open.append("\\1").append(salt); // the same key again
            }
        }
        List<String> alternatives = keys.stream().map(k -> literally(k, uuid)).toList();
        return ResiduePatterns.joined(before.toString(), alternatives, after + "$");
    }

    /** A UUID is compared without its dashes, which the rule may leave out. */
    private static String literally(String text, boolean uuid) {
        return ResiduePatterns.literally(uuid ? text.replace("-", "") : text);
    }
}
