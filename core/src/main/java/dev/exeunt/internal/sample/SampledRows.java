package dev.exeunt.internal.sample;

import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TableSample;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says which rows of a table are sampled, and which of their columns are read.
 *
 * @param columns those of the places, and those that links compare
 * @param blocks a clause that takes rows from all over a large table; empty for a small one
 */
record SampledRows(TableName table, List<String> columns, String blocks) {

    static final int LIMIT = 1_000;

    SampledRows {
        columns = List.copyOf(columns);
    }

    static SampledRows of(Table table, List<SampledPlace> places, Optional<PlannedTable> planned) {
        Set<String> columns = new LinkedHashSet<>();
        places.forEach(p -> columns.add(p.column().name()));
        planned.ifPresent(t -> t.roles().stream()
                .map(PlannedRole::on)
                .forEach(on -> on.stream().map(Column::name).forEach(columns::add)));
        return new SampledRows(table.name(), List.copyOf(columns), TableSample.clause(table, 1.1 * LIMIT));
    }

    /** The same rows from the beginning of the table, for one that lost most of its rows since PostgreSQL counted them. */
    SampledRows fromTheBeginning() {
        return new SampledRows(table, columns, "");
    }
}
