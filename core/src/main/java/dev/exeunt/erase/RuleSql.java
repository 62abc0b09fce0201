package dev.exeunt.erase;

import dev.exeunt.map.Rule;
import dev.exeunt.map.Rule.Part;
import dev.exeunt.map.Rule.Placeholder;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.reach.Reach;
import dev.exeunt.schema.Column;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A rule's value as SQL over the row it is written to. */
public final class RuleSql {

    private static final Set<String> MOMENT_TYPES = Set.of("timestamptz", "timestamp", "date");

    private static final String RANDOM = "pg_catalog.replace(pg_catalog.gen_random_uuid()::pg_catalog.text, '-', '')";

    private final Reach reach;
    private final Moments moments;
    private final boolean salted;

    public RuleSql(Reach reach, Moments moments) {
        this(reach, moments, false);
    }

    private RuleSql(Reach reach, Moments moments, boolean salted) {
        this.reach = reach;
        this.moments = moments;
        this.salted = salted;
    }

    /**
     * What placeholders of time stand for.
     *
     * @param due null where nothing is
     * @param blockedUntil null where no login is blocked
     */
    public record Moments(
            Instant now, @Nullable Instant due, @Nullable Instant blockedUntil) {

        public static Moments at(Instant now) {
            return new Moments(now, null, null);
        }

        private Optional<Instant> of(Placeholder placeholder) {
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

    /** Whether the rule's value is a moment, and the column takes it as one. */
    public static Optional<Placeholder> moment(Assignment assignment) {
        return assignment.rule() instanceof Rule.Template template
                        && template.parts().size() == 1
                        && template.parts().get(0) instanceof Part.Value value
                        && MOMENT_TYPES.contains(assignment.column().type().baseName())
                        && value.placeholder() != Placeholder.KEY
                        && value.placeholder() != Placeholder.RANDOM
                ? Optional.of(value.placeholder())
                : Optional.empty();
    }

    /** In a statement over the role's table under its own name. */
    public Fragment value(PlannedRole role, Assignment assignment) {
        String type = assignment.column().type().quoted();
        Rule rule = assignment.rule();
        if (rule instanceof Rule.Literal literal) {
            return Fragment.of("CAST(? AS " + type + ")", literal.text());
        } else if (rule instanceof Rule.Template template) {
            Optional<Placeholder> moment = moment(assignment);
            Fragment text = moment.isPresent()
                    ? text(moments.of(moment.get()), "pg_catalog.timestamptz")
                    : template(role, template, assignment.column());
            return Fragment.of("CAST(").plus(text).plus(" AS " + type + ")");
        } else if (rule instanceof Rule.Sql sql) {
            // in a CASE it has to be of the column's type, which a plain assignment would have made of it
            return Fragment.of("CAST((")
                    .plus(Fragment.trusted(sql.expression()))
                    .plus("\n) AS " + type + ")");
        }
        return Fragment.of("NULL");
    }

    private static Fragment text(Optional<Instant> moment, String type) {
        return moment.map(m -> Fragment.of("CAST(? AS " + type + ")", m.toString()))
                .orElse(Fragment.of("NULL"));
    }

    private Fragment template(PlannedRole role, Rule.Template template, Column column) {
        return Fragment.of("(")
                .plus(Fragment.join(
                        " OPERATOR(pg_catalog.||) ",
                        template.parts().stream()
                                .map(part -> part(role, part, column))
                                .toList()))
                .plus(")");
    }

    private Fragment part(PlannedRole role, Part part, Column column) {
        if (part instanceof Part.Text text) {
            return Fragment.of("CAST(? AS pg_catalog.text)", text.text());
        }
        Placeholder placeholder = ((Part.Value) part).placeholder();
        return switch (placeholder) {
            case KEY ->
                salted && column.type().isText()
                        ? reach.subject(role)
                                .plus(" OPERATOR(pg_catalog.||) '-' OPERATOR(pg_catalog.||) pg_catalog.left(" + RANDOM
                                        + ", 8)")
                        : reach.subject(role);
            case RANDOM -> Fragment.of(RANDOM);
            case NOW, DUE, BLOCKED_UNTIL -> text(moments.of(placeholder), "pg_catalog.text");
        };
    }
}
