package dev.exeunt.internal.verify;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePart;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Trigger;
import dev.exeunt.internal.search.ResiduePatterns;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Builds the condition that a column bears what its rule writes: true, false, or NULL where that cannot be judged. In a statement over
 * the role's table under its own name.
 *
 * <p>IS DISTINCT FROM is not used, since it looks its operator up in the search path.
 *
 * <p>A rule with chance in it is compared by its shape. An expression is compared with itself over the row as it is now: where both are
 * equal the rule has been applied, or would change nothing; where they are not, nothing follows.
 */
final class RuleMatch {

    private static final Set<Character> COMPARABLE = Set.of('N', 'B', 'D');
    /** A column without a time zone may have been filled in any zone. */
    private static final Duration ZONES = Duration.ofHours(15);

    private static final Duration LONGEST_ERASURE = Duration.ofDays(1);
    private static final Duration CLOCKS = Duration.ofMinutes(1);

    private final SubjectRows reach;
    private final ErasureRecord record;
    private final boolean withExpressions;

    /** @param withExpressions whether expressions of the map may be run; without, none is judged */
    RuleMatch(SubjectRows reach, ErasureRecord record, boolean withExpressions) {
        this.reach = reach;
        this.record = record;
        this.withExpressions = withExpressions;
    }

    /** The condition; where a BEFORE trigger may have changed what was written, another value is not judged. */
    SqlFragment of(PlannedRole role, ColumnAssignment assignment) {
        SqlFragment borne = borne(role, assignment);
        return record.isKnown() && changesValues(role) ? orUnjudged(anyCase(role, assignment, borne)) : borne;
    }

    /** True where the condition is, else NULL. */
    static SqlFragment orUnjudged(SqlFragment condition) {
        return SqlTemplate.of("CASE WHEN {condition} THEN TRUE END")
                .fragment("condition", condition)
                .toFragment();
    }

    private static boolean changesValues(PlannedRole role) {
        return role.table().triggers().stream()
                .anyMatch(t -> t.enabled() && t.onUpdate() && t.kind() == Trigger.TriggerKind.BEFORE);
    }

    /** A trigger may write in other letters, or without blanks at the ends. */
    private static SqlFragment anyCase(PlannedRole role, ColumnAssignment assignment, SqlFragment borne) {
        return assignment.rule() instanceof Rule.LiteralRule literal
                ? SqlTemplate.of("""
                                ({borne} OR pg_catalog.lower(pg_catalog.btrim({text}))
                                    OPERATOR(pg_catalog.=) pg_catalog.lower(pg_catalog.btrim(CAST(:value AS pg_catalog.text))))""")
                        .fragment("borne", borne)
                        .fragment("text", text(role, assignment.column()))
                        .bind("value", literal.text())
                        .toFragment()
                : borne;
    }

    private SqlFragment borne(PlannedRole role, ColumnAssignment assignment) {
        Rule rule = assignment.rule();
        if (rule instanceof Rule.LiteralRule literal) {
            return equal(role, assignment.column(), literal.text());
        } else if (rule instanceof Rule.SqlRule sql) {
            return withExpressions ? itself(role, assignment.column(), sql) : SqlFragment.of("NULL::pg_catalog.bool");
        } else if (rule instanceof Rule.TemplateRule template) {
            return template(role, assignment, template);
        }
        return filled(role, assignment.column(), "{column} IS NULL");
    }

    private SqlFragment template(PlannedRole role, ColumnAssignment assignment, Rule.TemplateRule template) {
        Column column = assignment.column();
        if (template.uses(TemplatePlaceholder.DUE) || template.uses(TemplatePlaceholder.BLOCKED_UNTIL)) {
            return filled(role, column, "{column} IS NULL"); // an erasure has neither
        }
        if (assignment.moment().isPresent()) {
            return moment(role, column);
        }
        boolean uuid = column.type().baseName().equals("uuid");
        SqlFragment matches = SqlTemplate.of("{text} OPERATOR(pg_catalog.~*) {pattern}")
                .fragment("text", uuid ? withoutDashes(text(role, column)) : text(role, column))
                .fragment("pattern", pattern(role, column, template, uuid))
                .toFragment();
        boolean asWritten = uuid || column.type().isText() || column.type().category() == 'N';
        return asWritten
                ? SqlTemplate.of("({matches}) IS TRUE")
                        .fragment("matches", matches)
                        .toFragment()
                : orUnjudged(matches);
    }

    /** A UUID is compared without its dashes, which the rule may leave out. */
    private SqlFragment pattern(PlannedRole role, Column column, Rule.TemplateRule template, boolean uuid) {
        SqlFragment parts = template.parts().stream()
                .map(part -> part(role, part, column, uuid))
                .collect(SqlFragment.joining(" OPERATOR(pg_catalog.||) "));
        return SqlTemplate.of("('^' OPERATOR(pg_catalog.||) {parts} OPERATOR(pg_catalog.||) '$')")
                .fragment("parts", parts)
                .toFragment();
    }

    private SqlFragment part(PlannedRole role, TemplatePart part, Column column, boolean uuid) {
        if (part instanceof TemplatePart.FixedText fixed) {
            String text = uuid ? fixed.text().replace("-", "") : fixed.text();
            return SqlFragment.of("CAST(? AS pg_catalog.text)", ResiduePatterns.literally(text));
        }
        TemplatePlaceholder placeholder = ((TemplatePart.PlaceholderValue) part).placeholder();
        return placeholder == TemplatePlaceholder.KEY
                ? key(uuid ? withoutDashes(reach.subject(role)) : reach.subject(role), column)
                : SqlFragment.of("CAST(? AS pg_catalog.text)", pattern(placeholder));
    }

    /** Returns an expression for what an erasure writes for a placeholder that does not depend on the person. */
    static String pattern(TemplatePlaceholder placeholder) {
        return switch (placeholder) {
            case RANDOM -> "[0-9a-f]{32}";
            case NOW -> "[0-9]+-[0-9]+-[0-9]+T[0-9:.]+Z";
            case KEY -> throw new IllegalArgumentException("the key depends on the person");
            case DUE, BLOCKED_UNTIL -> throw new IllegalArgumentException("an erasure has neither");
        };
    }

    /** The key, and behind it the chance that an erasure adds where another person has chosen the same value. */
    private static SqlFragment key(SqlFragment key, Column column) {
        return SqlTemplate.of("""
                        pg_catalog.regexp_replace({key}, '([^[:alnum:]])', '\\\\\\1', 'g') OPERATOR(pg_catalog.||) :salt""")
                .fragment("key", key)
                .bind("salt", column.type().isText() ? "(-[0-9a-f]{8})?" : "")
                .toFragment();
    }

    private SqlFragment moment(PlannedRole role, Column column) {
        Instant at = record.erasedAt();
        if (at == null) {
            return filled(role, column, "{column} IS NOT NULL");
        }
        boolean zoned = column.type().baseName().equals("timestamptz");
        Duration before = zoned ? LONGEST_ERASURE : LONGEST_ERASURE.plus(ZONES);
        Duration after = zoned ? CLOCKS : ZONES;
        return SqlTemplate.of("""
                        ({column} IS NOT NULL AND {column}::pg_catalog.timestamptz OPERATOR(pg_catalog.>=) :from
                            AND {column}::pg_catalog.timestamptz OPERATOR(pg_catalog.<=) :to)""")
                .fragment("column", name(role, column))
                .bind("from", at.minus(before))
                .bind("to", at.plus(after))
                .toFragment();
    }

    private SqlFragment itself(PlannedRole role, Column column, Rule.SqlRule sql) {
        return orUnjudged(SqlTemplate.of("""
                        COALESCE({text} OPERATOR(pg_catalog.=) CAST(CAST(({expression}
                        ) AS {type}) AS pg_catalog.text), {text} IS NULL AND ({expression}
                        ) IS NULL)""")
                .fragment("text", text(role, column))
                .fragment("expression", SqlFragment.trusted(sql.expression()))
                .fragment("type", column.type().quoted())
                .toFragment());
    }

    /** As texts, since not every type can be compared; numbers and moments also as such, since their texts depend on their precision. */
    private static SqlFragment equal(PlannedRole role, Column column, String value) {
        SqlFragment texts = SqlTemplate.of(
                        "(({text} OPERATOR(pg_catalog.=) CAST(CAST(:value AS {type}) AS pg_catalog.text)) IS TRUE)")
                .fragment("text", text(role, column))
                .bind("value", value)
                .fragment("type", column.type().quoted())
                .toFragment();
        return COMPARABLE.contains(column.type().category())
                ? SqlTemplate.of("({texts} OR ({column} {equals} CAST(:value AS {type})) IS TRUE)")
                        .fragment("texts", texts)
                        .fragment("column", name(role, column))
                        .fragment("equals", column.type().equality())
                        .bind("value", value)
                        .fragment("type", column.type().quoted())
                        .toFragment()
                : texts;
    }

    private static SqlFragment filled(PlannedRole role, Column column, String template) {
        return SqlTemplate.of(template).fragment("column", name(role, column)).toFragment();
    }

    private static SqlFragment withoutDashes(SqlFragment text) {
        return SqlTemplate.of("pg_catalog.replace({text}, '-', '')")
                .fragment("text", text)
                .toFragment();
    }

    private static SqlFragment text(PlannedRole role, Column column) {
        return SqlTemplate.of("{column}::pg_catalog.text")
                .fragment("column", name(role, column))
                .toFragment();
    }

    private static SqlFragment name(PlannedRole role, Column column) {
        return SqlTemplate.of("{table}.{column}")
                .fragment("table", role.table().name().quoted())
                .identifier("column", column.name())
                .toFragment();
    }
}
