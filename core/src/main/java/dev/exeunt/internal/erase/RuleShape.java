package dev.exeunt.internal.erase;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePart;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.search.ResiduePatterns;
import java.util.List;
import java.util.stream.Collectors;

/** Tells rows that do not bear what a rule says. What chance writes into a text is compared by its shape. */
final class RuleShape {

    private static final String BY_VALUE = """
            NOT COALESCE({column}::pg_catalog.text OPERATOR(pg_catalog.=) CAST({value} AS {type})::pg_catalog.text,
                {column} IS NULL AND CAST({value} AS {type}) IS NULL)
            """;

    private static final String BY_SHAPE = "({column}::pg_catalog.text OPERATOR(pg_catalog.~) :shape) IS NOT TRUE";

    private RuleShape() {}

    /** True for rows whose column differs from the value, in a statement over the table under its own name. */
    static SqlFragment differs(PlannedTable table, Column column, SqlFragment value) {
        List<Rule> rules = table.assigning().stream()
                .flatMap(r -> r.assignments().stream())
                .filter(a -> a.column().equals(column))
                .<Rule>map(a -> a.rule())
                .toList();
        if (rules.size() == 1 && rules.get(0) instanceof Rule.TemplateRule template && hasShape(template, column)) {
            return SqlTemplate.of(BY_SHAPE)
                    .identifier("column", column.name())
                    .bind("shape", shape(template))
                    .toFragment();
        }
        return SqlTemplate.of(BY_VALUE)
                .identifier("column", column.name())
                .fragment("value", value)
                .fragment("type", column.type().quoted())
                .toFragment();
    }

    /** A key may stand with digits of chance behind it. */
    private static boolean hasShape(Rule.TemplateRule template, Column column) {
        return column.type().isText()
                && (template.uses(TemplatePlaceholder.RANDOM) || template.uses(TemplatePlaceholder.KEY));
    }

    private static String shape(Rule.TemplateRule template) {
        return template.parts().stream().map(RuleShape::shape).collect(Collectors.joining("", "^", "$"));
    }

    private static String shape(TemplatePart part) {
        if (part instanceof TemplatePart.FixedText text) {
            return ResiduePatterns.literally(text.text());
        }
        return ((TemplatePart.PlaceholderValue) part).placeholder() == TemplatePlaceholder.RANDOM ? "[0-9a-f]+" : ".+";
    }
}
