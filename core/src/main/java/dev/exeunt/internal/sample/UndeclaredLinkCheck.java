package dev.exeunt.internal.sample;

import dev.exeunt.internal.draft.model.SampledReference;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.sample.MapCoverage.Mention;
import dev.exeunt.internal.sample.PlaceCounts.PersonMatch;
import dev.exeunt.internal.sample.SampledPlace.PlaceKind;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Warns of columns, elements and members whose sampled values are keys or identifiers of people, in rows that no link gives to them. */
final class UndeclaredLinkCheck {

    private final BoundMap bound;
    private final MapCoverage coverage;
    private final LinkEvidence evidence;
    private final UndeclaredLinkFix fix;

    UndeclaredLinkCheck(BoundMap bound, MapCoverage coverage) {
        this.bound = bound;
        this.coverage = coverage;
        this.evidence = new LinkEvidence(bound);
        this.fix = new UndeclaredLinkFix(bound, coverage);
    }

    /**
     * Holds a place whose values refer to people.
     *
     * @param guess whether only the values say so
     */
    record UndeclaredPlace(PlaceCounts counts, PersonMatch match, boolean guess) {}

    /** The same places without a finding of them. */
    List<SampledReference> references(Table table, List<PlaceCounts> sampled) {
        return sampled.stream()
                .flatMap(counts -> place(table, counts).stream())
                .map(p -> new SampledReference(
                        table.name(),
                        p.counts().place().column(),
                        p.match().identifier() == 0
                                ? null
                                : bound.subject().identifiers().get(p.match().identifier() - 1),
                        p.counts().place().kind() == PlaceKind.VALUE,
                        p.guess(),
                        words(p)))
                .toList();
    }

    /** One finding a column, in the order of the columns. */
    List<Finding> check(Table table, List<PlaceCounts> sampled) {
        Map<Column, List<UndeclaredPlace>> columns = new LinkedHashMap<>();
        for (PlaceCounts counts : sampled) {
            place(table, counts)
                    .ifPresent(p -> columns.computeIfAbsent(counts.place().column(), c -> new ArrayList<>())
                            .add(p));
        }
        return columns.entrySet().stream()
                .map(e -> finding(table, e.getKey(), e.getValue()))
                .toList();
    }

    private Optional<UndeclaredPlace> place(Table table, PlaceCounts counts) {
        boolean linked = counts.place().kind() == PlaceKind.VALUE
                && coverage.isLinked(table, counts.place().column());
        return linked
                ? Optional.empty()
                : evidence.of(table, counts)
                        .map(m -> new UndeclaredPlace(counts, m, evidence.isGuess(table, counts, m)));
    }

    private Finding finding(Table table, Column column, List<UndeclaredPlace> places) {
        String about = table.name() + "." + column.name();
        return FindingCode.UNDECLARED_LINK.finding(
                coverage.position(table),
                about,
                about + " holds " + places.stream().map(this::words).collect(Collectors.joining("; and "))
                        + ending(coverage.of(table)),
                fix.suggest(table, column, places));
    }

    /** {@code keys of users at $.actor.id (37 of 40 different values)} */
    private String words(UndeclaredPlace place) {
        PersonMatch match = place.match();
        String people = bound.subject().table().name().toString();
        String values = match.identifier() == 0
                ? "keys of " + people
                : "values of " + people + "."
                        + bound.subject()
                                .identifiers()
                                .get(match.identifier() - 1)
                                .name();
        return values + at(place.counts()) + " (" + match.matched() + " of "
                + place.counts().different() + " different values in the sample)";
    }

    private static String at(PlaceCounts counts) {
        return switch (counts.place().kind()) {
            case VALUE -> "";
            case ELEMENTS -> " in its elements";
            case DOCUMENT -> (counts.names() ? " in the names at " : " at ") + counts.path();
        };
    }

    private static String ending(Mention mention) {
        return switch (mention) {
            case MAPPED -> ", in rows that no link of the map gives to these people.";
            case NOT_PERSONAL -> ", although the map says that the table is not personal.";
            case UNMAPPED -> ", and the map does not name the table.";
        };
    }
}
