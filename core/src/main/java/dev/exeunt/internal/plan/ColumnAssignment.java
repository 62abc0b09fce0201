package dev.exeunt.internal.plan;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.map.Rule.TemplatePart;
import dev.exeunt.internal.map.Rule.TemplatePlaceholder;
import dev.exeunt.internal.schema.Column;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Holds a column and the rule for the value that an erasure or a hide writes into it. */
public record ColumnAssignment(Column column, Rule rule) {

    /** Returns the moment that the rule writes, where the column takes it as a value and not as text. */
    public Optional<TemplatePlaceholder> moment() {
        return rule instanceof Rule.TemplateRule template
                        && template.parts().size() == 1
                        && template.parts().get(0) instanceof TemplatePart.PlaceholderValue value
                        && column.type().isDateOrTimestamp()
                        && value.placeholder() != TemplatePlaceholder.KEY
                        && value.placeholder() != TemplatePlaceholder.RANDOM
                ? Optional.of(value.placeholder())
                : Optional.empty();
    }

    /** Tells whether the column says of a row that it is gone, and since when: it may be NULL, and gets the present moment. */
    public boolean marks() {
        return !column.notNull()
                && moment().filter(m -> m == TemplatePlaceholder.NOW).isPresent();
    }

    /** Returns the first that {@link #marks}, of a timestamp before one of a date. */
    public static Optional<ColumnAssignment> marker(List<ColumnAssignment> assignments) {
        return assignments.stream()
                .filter(ColumnAssignment::marks)
                .min(Comparator.comparing(a -> !a.column().type().isTimestamp()));
    }
}
