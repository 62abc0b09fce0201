package dev.exeunt.internal.reach;

import dev.exeunt.internal.map.ColumnRule;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePart;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.AccountFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Builds the SQL condition that tells from a row of the subject's table that its person was erased and the row stays: every NULL,
 * every literal, the moment and the shape of every template that the map writes stand in the row.
 *
 * <p>Values that a person who was never erased may well have do not tell: where the map writes only those, there is no marker.
 */
final class ErasedMarker {

    private static final Set<String> COMMON = Set.of("", "false", "f", "no", "off", "0");

    private ErasedMarker() {}

    /** Returns the condition over the subject's table under its own name; empty where the row goes or nothing in it tells. */
    static Optional<SqlFragment> of(Plan plan) {
        Table table = plan.subject().table();
        Optional<PlannedRole> self = plan.role(plan.self());
        List<ColumnAssignment> rules = new ArrayList<>();
        if (self.isPresent()) {
            for (ColumnRule rule :
                    self.get().hiding().said().fate(AccountFlow.DELETE_ACCOUNT).rules()) {
                table.column(rule.column().text()).ifPresent(c -> rules.add(new ColumnAssignment(c, rule.rule())));
            }
        }
        List<SqlFragment> conditions = rules.stream()
                .flatMap(rule -> holds(plan.subject(), rule).stream())
                .toList();
        Set<Column> made = madeColumns(plan);
        return rules.stream().anyMatch(rule -> tells(rule, made))
                ? Optional.of(SqlFragment.join(" AND ", conditions))
                : Optional.empty();
    }

    /** Whether a person who was never erased is unlikely to have what the rule writes. */
    private static boolean tells(ColumnAssignment assignment, Set<Column> made) {
        if (assignment.rule() instanceof Rule.LiteralRule literal) {
            return !COMMON.contains(literal.text().strip());
        }
        return hasShape(assignment) || assignment.marks() && !isFilledFromTheStart(assignment.column(), made);
    }

    /** Whether a row has a moment there since it was made. It then stands in the rows of people who were never erased. */
    private static boolean isFilledFromTheStart(Column column, Set<Column> made) {
        return column.hasDefault() || made.contains(column);
    }

    /** The columns of the subject's table that the map names as the moment a row was made. */
    private static Set<Column> madeColumns(Plan plan) {
        return plan.roles().stream()
                .filter(r -> r.table().name().equals(plan.subject().table().name()))
                .flatMap(r -> Stream.ofNullable(r.hiding().created()))
                .collect(Collectors.toSet());
    }

    private static Optional<SqlFragment> holds(PlannedSubject subject, ColumnAssignment assignment) {
        Table table = subject.table();
        Column column = assignment.column();
        if (assignment.rule() instanceof Rule.NullRule) {
            return Optional.of(over(table, column, "{column} IS NULL").toFragment());
        } else if (assignment.rule() instanceof Rule.LiteralRule literal) {
            return Optional.of(over(table, column, """
                            {column}::pg_catalog.text OPERATOR(pg_catalog.=) CAST(:value AS {type})::pg_catalog.text""")
                    .bind("value", literal.text())
                    .fragment("type", column.type().quoted())
                    .toFragment());
        } else if (assignment.marks()) {
            return Optional.of(over(table, column, "{column} IS NOT NULL").toFragment());
        }
        return shape(subject, assignment)
                .map(shape -> over(table, column, "{column}::pg_catalog.text OPERATOR(pg_catalog.~~) ({shape})")
                        .fragment("shape", shape)
                        .toFragment());
    }

    private static SqlTemplate over(Table table, Column column, String condition) {
        SqlFragment qualified = SqlTemplate.of("{table}.{column}")
                .fragment("table", table.name().quoted())
                .identifier("column", column.name())
                .toFragment();
        return SqlTemplate.of(condition).fragment("column", qualified);
    }

    private static boolean hasShape(ColumnAssignment assignment) {
        return assignment.column().type().isText()
                && assignment.rule() instanceof Rule.TemplateRule template
                && template.parts().stream().anyMatch(TemplatePart.FixedText.class::isInstance);
    }

    /** The pattern for LIKE that a text with fixed parts follows; where it holds a key, with the row's own. */
    private static Optional<SqlFragment> shape(PlannedSubject subject, ColumnAssignment assignment) {
        return hasShape(assignment)
                ? Optional.of(((Rule.TemplateRule) assignment.rule())
                        .parts().stream()
                                .map(part -> shape(subject, part))
                                .collect(SqlFragment.joining(" OPERATOR(pg_catalog.||) ")))
                : Optional.empty();
    }

    private static SqlFragment shape(PlannedSubject subject, TemplatePart part) {
        if (part instanceof TemplatePart.FixedText text) {
            return SqlFragment.of(
                    "CAST(? AS pg_catalog.text)",
                    text.text().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_"));
        }
        boolean key =
                part instanceof TemplatePart.PlaceholderValue value && value.placeholder() == TemplatePlaceholder.KEY;
        return key && subject.key().size() == 1 ? ownKey(subject) : SqlFragment.of("CAST('%' AS pg_catalog.text)");
    }

    /** Chance may have been added behind the key, where another row held the text already. */
    private static SqlFragment ownKey(PlannedSubject subject) {
        return SqlTemplate.of("""
                        pg_catalog.replace(pg_catalog.replace(pg_catalog.replace({key}, '\\', '\\\\'), '%', '\\%'), '_', '\\_')
                            OPERATOR(pg_catalog.||) '%'""")
                .fragment("key", PresentPeople.keyTexts(subject))
                .toFragment();
    }
}
