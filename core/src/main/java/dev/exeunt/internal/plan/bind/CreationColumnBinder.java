package dev.exeunt.internal.plan.bind;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.List;
import java.util.Optional;

/** Finds the column that {@code created:} names, and reports one that holds neither dates nor timestamps. */
final class CreationColumnBinder {

    private CreationColumnBinder() {}

    static Optional<Column> bind(NameResolver names, Table table, LocatedText word) {
        Optional<Column> column = names.column(table, word);
        Optional<Column> time = column.filter(c -> c.type().isDateOrTimestamp());
        if (column.isPresent() && time.isEmpty()) {
            names.report(FindingCode.NO_WATERMARK.finding(
                    word.at(),
                    table.name() + "." + word.text(),
                    "created: names a column of type " + column.get().type().display()
                            + ", which does not say when a row was made.",
                    fix(table)));
        }
        return time;
    }

    private static SuggestedFix fix(Table table) {
        List<String> times = table.columns().stream()
                .filter(c -> c.type().isDateOrTimestamp())
                .map(Column::name)
                .toList();
        return SuggestedFix.words(
                times.isEmpty()
                        ? "take the word out: " + table.name() + " has no column of type date or timestamp"
                        : "name the column with the time of creation, one of: " + String.join(", ", times)
                                + "; or take the word out");
    }
}
