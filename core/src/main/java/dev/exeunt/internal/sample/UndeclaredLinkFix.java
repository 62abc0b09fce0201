package dev.exeunt.internal.sample;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.fix.LinkSuggestions;
import dev.exeunt.internal.plan.fix.NamedTableFix;
import dev.exeunt.internal.plan.fix.TableSuggestions;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.sample.MapCoverage.Mention;
import dev.exeunt.internal.sample.SampledPlace.PlaceKind;
import dev.exeunt.internal.sample.UndeclaredLinkCheck.UndeclaredPlace;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.SuggestedFix;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Suggests the link that the map lacks. It is for pasting where the values are certain and no row of others hangs on these rows; else
 * it is said in words.
 */
final class UndeclaredLinkFix {

    private final BoundMap bound;
    private final MapCoverage coverage;
    private final LinkSuggestions links;
    private final TableSuggestions tables;
    private final NamedTableFix namedTables;

    UndeclaredLinkFix(BoundMap bound, MapCoverage coverage) {
        this.bound = bound;
        this.coverage = coverage;
        this.links = new LinkSuggestions(bound);
        this.tables = new TableSuggestions(bound);
        this.namedTables = new NamedTableFix(bound);
    }

    SuggestedFix suggest(Table table, Column column, List<UndeclaredPlace> places) {
        String accept = "accept: { undeclared-link: { " + YamlFormatter.scalar(table.name() + "." + column.name())
                + ": why it may stay } }";
        UndeclaredPlace first = places.get(0);
        if (first.counts().place().kind() != PlaceKind.VALUE) {
            return SuggestedFix.words(inside(table, column, places) + "\nor " + accept);
        }
        Column identifier = identifier(first);
        Table named = named(table, first);
        if (named != null) {
            return SuggestedFix.words(
                    "by its name " + column.name() + " refers to " + named.name() + ", whose numbers may"
                            + " look like keys of people: " + namedTables.words(column, named, "") + "; or " + accept);
        }
        if (coverage.of(table) == Mention.MAPPED) {
            return mapped(table, column, first, accept);
        }
        String entry = tables.table(table, column, identifier);
        if (coverage.of(table) == Mention.NOT_PERSONAL) {
            return SuggestedFix.words("take " + table.name() + " out of not-personal, and under tables, " + entry
                    + ", or another fate; or " + accept);
        }
        boolean certain = !first.guess() && bound.referringTo(table).isEmpty() && comparable(column, identifier);
        return certain
                ? SuggestedFix.entries(List.of("tables"), entry, "another fate; or " + accept)
                : SuggestedFix.words("under tables, " + entry
                        + ", or another fate, once you know that its rows may go; or " + accept);
    }

    /** The table whose numbers these are by their name: small numbers of two tables are alike. Other keys say themselves whose they are. */
    private @Nullable Table named(Table table, UndeclaredPlace place) {
        boolean number = PersonMatchSql.INTEGERS.contains(
                bound.subject().key().get(0).type().baseName());
        boolean declared = table.foreignKeys().stream()
                .anyMatch(f ->
                        f.columns().contains(place.counts().place().column().name()));
        return place.match().identifier() > 0 || !number || declared
                ? null
                : namedTables.named(table, place.counts().name()).orElse(null);
    }

    private SuggestedFix mapped(Table table, Column column, UndeclaredPlace place, String accept) {
        SuggestedFix link = coverage.planned(table)
                .map(t -> links.ofColumn(t, column, identifier(place)))
                .orElse(SuggestedFix.words("a link by " + column.name()));
        // a row whose reference cannot be emptied belongs to a person by another link
        boolean lettingGo = !column.notNull() && column.writable();
        if (link.paste() != null && lettingGo && !place.guess() && comparable(column, identifier(place))) {
            return new SuggestedFix(link.paste(), link.words().isEmpty() ? accept : link.words() + "; or " + accept);
        }
        return SuggestedFix.words(
                link.paste() == null
                        ? link.words() + "; or " + accept
                        : "once you know that these rows may go, " + link + "\nor " + accept);
    }

    private @Nullable Column identifier(UndeclaredPlace place) {
        int number = place.match().identifier();
        return number == 0 ? null : bound.subject().identifiers().get(number - 1);
    }

    private boolean comparable(Column column, @Nullable Column identifier) {
        String key = bound.subject().key().get(0).type().baseName();
        String base = column.type().baseName();
        return identifier != null
                || column.type().isText()
                || base.equals(key)
                || PersonMatchSql.INTEGERS.contains(base) && PersonMatchSql.INTEGERS.contains(key);
    }

    /** A link goes by columns: a member of its own becomes one, elements become rows of another table. */
    private String inside(Table table, Column column, List<UndeclaredPlace> places) {
        for (UndeclaredPlace place : places) {
            Table named = named(table, place);
            if (named != null) {
                return "by its name " + place.counts().path() + " refers to " + named.name()
                        + ": put it into a column, and make a link through " + named.name() + " of that";
            }
        }
        boolean members = places.stream()
                .map(UndeclaredPlace::counts)
                .allMatch(c -> c.place().kind() == PlaceKind.DOCUMENT
                        && !c.names()
                        && !c.path().contains("*"));
        return members
                ? "put it into a column and make a link of that\n  "
                        + places.stream().map(p -> member(table, column, p)).collect(Collectors.joining("\n  "))
                : "a link goes by a column and reaches nothing inside " + column.name()
                        + ": put these references into a table of their own";
    }

    private String member(Table table, Column column, UndeclaredPlace place) {
        List<String> path = List.of(place.counts().path().split("\\."));
        List<String> names = path.subList(1, path.size());
        String added = column.name() + "_" + String.join("_", names);
        Column identifier = identifier(place);
        return "ALTER TABLE " + table.name().quoted() + " ADD COLUMN " + SqlQuoting.identifier(added)
                + " text GENERATED ALWAYS AS (" + SqlQuoting.identifier(column.name()) + " #>> "
                + SqlQuoting.literal("{" + String.join(",", names) + "}") + ") STORED;\n  "
                + (identifier == null ? "subject: " : "matches: " + YamlFormatter.scalar(identifier.name()) + ", on: ")
                + YamlFormatter.scalar(added);
    }
}
