package dev.exeunt.internal.plan.bind;

import dev.exeunt.internal.map.ExportRule;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.PlannedJoin;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds {@code export: { with: … }}: the row that the columns refer to is found by a key, so that there is one at most. */
final class JoinBinder {

    private final NameResolver names;

    JoinBinder(NameResolver names) {
        this.names = names;
    }

    /** Those whose every name was found. */
    List<PlannedJoin> bind(Table table, ExportRule export) {
        List<PlannedJoin> joins = new ArrayList<>();
        export.with().forEach(with -> join(table, with).ifPresent(joins::add));
        return joins;
    }

    private Optional<PlannedJoin> join(Table table, ExportRule.ExportJoin with) {
        Optional<Table> parent = names.table(with.table());
        Optional<List<Column>> on = names.columns(table, with.on());
        Optional<List<Column>> columns = parent.flatMap(p -> names.columns(p, with.columns()));
        if (parent.isEmpty() || on.isEmpty() || columns.isEmpty()) {
            return Optional.empty();
        }
        List<Column> key = LinkBinder.referred(table, on.get(), parent.get())
                .orElseGet(() -> parent.get().primaryKey().stream()
                        .map(parent.get()::require)
                        .toList());
        if (key.size() != on.get().size()) {
            LocatedText first = with.on().get(0);
            names.report(FindingCode.UNKNOWN_NAME.finding(
                    first.at(),
                    table.name() + "." + first,
                    "no foreign key leads from " + table.name() + "." + LinkBinder.columnNames(on.get()) + " to "
                            + parent.get().name() + ", and its primary key is (" + LinkBinder.columnNames(key) + ").",
                    "on: as many columns as " + parent.get().name() + "'s primary key has"));
            return Optional.empty();
        }
        for (int i = 0; i < key.size(); i++) {
            if (!ColumnComparability.are(on.get().get(i), key.get(i))) {
                names.report(ColumnComparability.finding(
                        table, with.on().get(i).at(), on.get().get(i), key.get(i)));
                return Optional.empty();
            }
        }
        return Optional.of(new PlannedJoin(
                parent.get(),
                on.get(),
                key,
                columns.get(),
                with.table().name(),
                with.table().at()));
    }

    /** Two joins of one name, or a column of the table that is called like a joined one, would be one name twice. */
    void refuseOneNameTwice(Table table, List<PlannedRole> roles) {
        Map<String, PlannedJoin> byLabel = new HashMap<>();
        for (PlannedRole role : roles) {
            for (PlannedJoin join : role.joins()) {
                PlannedJoin first = byLabel.putIfAbsent(join.label(), join);
                boolean twice = first != null && !first.sameRow(join);
                boolean taken = join.columns().stream()
                        .anyMatch(c -> table.column(join.output(c)).isPresent());
                if (twice || taken) {
                    names.report(FindingCode.MALFORMED.finding(
                            join.at(),
                            table.name() + "." + join.label(),
                            "the export of " + table.name() + " would have two columns of one name: " + join.label()
                                    + " is joined " + (twice ? "by other columns, too." : "where the table has one."),
                            "leave one of the two out"));
                }
            }
        }
    }
}
