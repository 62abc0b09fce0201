package dev.exeunt.internal.erase;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePart;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A rule's value as SQL over the row it is written to. */
public final class RuleSql {

    private static final String RANDOM = "pg_catalog.replace(pg_catalog.gen_random_uuid()::pg_catalog.text, '-', '')";

    private final SubjectRows reach;
    private final TimePlaceholders moments;
    private final boolean salted;

    public RuleSql(SubjectRows reach, TimePlaceholders moments) {
        this(reach, moments, false);
    }

    private RuleSql(SubjectRows reach, TimePlaceholders moments, boolean salted) {
        this.reach = reach;
        this.moments = moments;
        this.salted = salted;
    }

    /**
     * Holds the times that the placeholders of a rule stand for.
     *
     * @param due null where nothing is
     * @param blockedUntil null where no login is blocked
     */
    public record TimePlaceholders(
            Instant now, @Nullable Instant due, @Nullable Instant blockedUntil) {

        public static TimePlaceholders at(Instant now) {
            return new TimePlaceholders(now, null, null);
        }

        private Optional<Instant> of(TemplatePlaceholder placeholder) {
            return switch (placeholder) {
                case NOW -> Optional.of(now);
                case DUE -> Optional.ofNullable(due);
                case BLOCKED_UNTIL -> Optional.ofNullable(blockedUntil);
                case KEY, RANDOM -> Optional.empty();
            };
        }
    }

    /** The same, with eight random digits behind each key that is filled into a text. */
    RuleSql salted() {
        return new RuleSql(reach, moments, true);
    }

    /** In a statement over the role's table under its own name. */
    public SqlFragment value(PlannedRole role, ColumnAssignment assignment) {
        String type = assignment.column().type().quoted();
        Rule rule = assignment.rule();
        if (rule instanceof Rule.LiteralRule literal) {
            return cast(literal.text(), type);
        } else if (rule instanceof Rule.TemplateRule template) {
            Optional<TemplatePlaceholder> moment = assignment.moment();
            SqlFragment text = moment.isPresent()
                    ? text(moments.of(moment.get()), "pg_catalog.timestamptz")
                    : template(role, template, assignment.column());
            return SqlTemplate.of("CAST({text} AS {type})")
                    .fragment("text", text)
                    .fragment("type", type)
                    .toFragment();
        } else if (rule instanceof Rule.SqlRule sql) {
            // in a CASE it has to be of the column's type, which a plain assignment would have made of it
            return SqlTemplate.of("""
                            CAST(({expression}
                            ) AS {type})""")
                    .fragment("expression", SqlFragment.trusted(sql.expression()))
                    .fragment("type", type)
                    .toFragment();
        }
        return SqlFragment.of("NULL");
    }

    private static SqlFragment text(Optional<Instant> moment, String type) {
        return moment.map(m -> cast(m.toString(), type)).orElse(SqlFragment.of("NULL"));
    }

    private static SqlFragment cast(String value, String type) {
        return SqlTemplate.of("CAST(:value AS {type})")
                .bind("value", value)
                .fragment("type", type)
                .toFragment();
    }

    private SqlFragment template(PlannedRole role, Rule.TemplateRule template, Column column) {
        return SqlTemplate.of("({parts})")
                .fragment(
                        "parts",
                        template.parts().stream()
                                .map(part -> part(role, part, column))
                                .collect(SqlFragment.joining(" OPERATOR(pg_catalog.||) ")))
                .toFragment();
    }

    private SqlFragment part(PlannedRole role, TemplatePart part, Column column) {
        if (part instanceof TemplatePart.FixedText text) {
            return SqlFragment.of("CAST(? AS pg_catalog.text)", text.text());
        }
        TemplatePlaceholder placeholder = ((TemplatePart.PlaceholderValue) part).placeholder();
        return switch (placeholder) {
            case KEY -> salted && column.type().isText() ? saltedKey(role) : reach.subject(role);
            case RANDOM -> SqlFragment.of(RANDOM);
            case NOW, DUE, BLOCKED_UNTIL -> text(moments.of(placeholder), "pg_catalog.text");
        };
    }

    private SqlFragment saltedKey(PlannedRole role) {
        return SqlTemplate.of("""
                        {key} OPERATOR(pg_catalog.||) '-' OPERATOR(pg_catalog.||) pg_catalog.left({random}, 8)""")
                .fragment("key", reach.subject(role))
                .fragment("random", RANDOM)
                .toFragment();
    }
}
