package dev.exeunt.internal.rehearse;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.bind.MapBinder;
import dev.exeunt.internal.plan.fix.NamedTableFix;
import dev.exeunt.internal.plan.fix.TableSuggestions;
import dev.exeunt.internal.rehearse.UnreachedPlaces.Place;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.SuggestedFix;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Suggests what would make the map reach a place that holds data of people. */
final class UnreachedFixes {

    private final BoundMap bound;

    UnreachedFixes(Plan plan, DatabaseSchema schema) {
        MapDefinition map = plan.map();
        this.bound = MapBinder.bind(map, schema);
    }

    /** @param linked all places that a link by the column can reach */
    SuggestedFix of(Place place, Set<Place> linked) {
        String column = place.table().name() + "." + place.column().name();
        String accept = "accept it with a reason: accept: { unreached-data: { " + column + ": why } }";
        if (bound.planned(place.table().name()).isPresent()) {
            return SuggestedFix.words("add a link by this column, or a rule for it under anonymize, to the entry of "
                    + place.table().name() + "; or " + accept);
        }
        if (!linked.contains(place)) {
            return SuggestedFix.words("give " + place.table().name()
                    + " an entry under tables whose link leads to these rows; or let the application write no data of"
                    + " people there; or " + accept);
        }
        NamedTableFix namedTables = new NamedTableFix(bound);
        List<Column> columns = linked.stream()
                .filter(p -> p.table().equals(place.table()))
                .map(Place::column)
                .filter(c -> !isNumber(c) || namedTables.named(place.table(), c).isEmpty())
                .toList();
        Optional<Table> named = namedTables.named(place.table(), place.column());
        if (named.isPresent() && isNumber(place.column())) {
            return SuggestedFix.words("for " + place.table().name() + ", "
                    + namedTables.words(place.column(), named.get(), "") + "; or " + accept);
        }
        String entry = new TableSuggestions(bound).byColumns(place.table(), columns);
        boolean declared = bound.map().notPersonal().stream()
                .anyMatch(n -> n.table().text().equals(place.table().name().toString()));
        if (mayBeOthers(place.table(), columns)) {
            return SuggestedFix.words(
                    (declared ? "take the table out of not-personal, and under tables, " : "under tables, ") + entry
                            + ", or another fate, once you know that its rows may go; or " + accept);
        }
        String otherwise = (declared ? "take the table out of not-personal as you paste this; or " : "") + accept;
        return SuggestedFix.entries(List.of("tables"), entry, otherwise);
    }

    /** Whether a number that equals the key may mean another thing, since no foreign key says what it means. */
    private boolean mayBeOthers(Table table, List<Column> columns) {
        boolean numbers = isNumber(bound.subject().key().get(0));
        return numbers
                && columns.stream()
                        .anyMatch(c -> bound.ancestry().withAncestors(table.name()).stream()
                                .noneMatch(t -> hasForeignKey(t, c)));
    }

    private boolean hasForeignKey(TableName table, Column column) {
        return bound.referringTo(bound.subject().table()).stream()
                .anyMatch(f -> f.child().equals(table) && f.columns().equals(List.of(column.name())));
    }

    /** Numbers of two tables are alike, so that only a name tells them apart. */
    private static boolean isNumber(Column column) {
        return column.type().category() == 'N';
    }
}
