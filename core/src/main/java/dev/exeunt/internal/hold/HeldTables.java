package dev.exeunt.internal.hold;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import dev.exeunt.support.text.SpellingSuggestion;
import dev.exeunt.support.text.VisibleText;
import java.util.List;

/** Finds the tables that a hold names in the map, and stores them as SQL quotes them, which no two tables share. */
final class HeldTables {

    private final List<TableName> mapped;

    HeldTables(Plan plan) {
        this.mapped = plan.tables().stream().map(PlannedTable::name).sorted().toList();
    }

    /** @throws RequestRefusedException where the map has no table of a name */
    List<String> resolve(List<String> named) {
        return named.stream().map(this::resolve).distinct().toList();
    }

    private String resolve(String named) {
        return mapped.stream()
                .filter(t -> named.equals(t.toString()) || named.equals(t.schema() + "." + t.name()))
                .findFirst()
                .map(TableName::quoted)
                .orElseThrow(() -> unknown(named));
    }

    private RequestRefusedException unknown(String named) {
        List<String> names = mapped.stream().map(TableName::toString).toList();
        return RequestRefusedException.of(
                RequestRefusalReason.UNFIT_HOLD,
                "Nothing was changed: the map has no table " + VisibleText.line(named) + "."
                        + SpellingSuggestion.hint(named, names) + " Its tables are " + String.join(", ", names) + ".");
    }

    /** Returns the names as people read them. A table that is no longer in the map stays as SQL quotes it. */
    List<String> shown(List<String> quoted) {
        return quoted.stream()
                .map(q -> mapped.stream()
                        .filter(t -> t.quoted().equals(q))
                        .findFirst()
                        .map(TableName::toString)
                        .orElse(q))
                .toList();
    }
}
