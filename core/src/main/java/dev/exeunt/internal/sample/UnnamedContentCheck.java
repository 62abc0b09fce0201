package dev.exeunt.internal.sample;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.sample.MapCoverage.Mention;
import dev.exeunt.internal.sample.PlaceCounts.ContentCounts;
import dev.exeunt.internal.sample.SampledPlace.PlaceKind;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Warns of e-mail addresses, telephone numbers and IP addresses in columns of which the map says nothing. */
final class UnnamedContentCheck {

    /** Fewer may be examples, or an address of the application's own. */
    private static final int FEWEST = 3;

    private static final Set<String> PHONES =
            Set.of("phone", "phones", "telephone", "mobile", "tel", "fax", "cell", "cellphone", "whatsapp", "msisdn");
    private static final Set<String> NUMBERED =
            Set.of("version", "versions", "release", "build", "revision", "firmware", "oid");

    private final MapCoverage coverage;

    UnnamedContentCheck(MapCoverage coverage) {
        this.coverage = coverage;
    }

    /** @param reported columns that have a finding already */
    Optional<Finding> check(Table table, List<PlaceCounts> sampled, Collection<String> reported) {
        List<String> places = sampled.stream()
                .filter(c -> !c.names() && !reported.contains(c.place().column().name()))
                .filter(c -> !coverage.isNamed(table, c.place().column()))
                .flatMap(c -> words(c).stream())
                .toList();
        if (places.isEmpty()) {
            return Optional.empty();
        }
        String name = table.name().toString();
        return Optional.of(FindingCode.UNNAMED_CONTENT.finding(
                coverage.position(table),
                name,
                name + " holds what tells of people: " + String.join("; ", places) + ending(coverage.of(table)),
                "map the table by a link that says whose its rows are; or accept: { unnamed-content: { "
                        + YamlFormatter.scalar(name) + ": why it may stay } }"));
    }

    private static String ending(Mention mention) {
        return switch (mention) {
            case MAPPED -> ". The map says of none of them what becomes of it.";
            case NOT_PERSONAL -> ". The map says that the table is not personal.";
            case UNMAPPED -> ". The map does not name the table.";
        };
    }

    /** {@code e-mail addresses in body (12 of 300 different values)} */
    private static Optional<String> words(PlaceCounts counts) {
        ContentCounts content = counts.content();
        List<String> name = ColumnHeuristics.nameWords(counts.name());
        long phones = name.stream().anyMatch(PHONES::contains)
                        && counts.place().column().type().category() != 'N'
                ? Math.max(content.phones(), content.digits())
                : content.phones();
        long addresses = name.stream().anyMatch(NUMBERED::contains) ? 0 : content.addresses();
        List<String> found = new ArrayList<>();
        add(found, content.emails(), "e-mail addresses");
        add(found, phones, "telephone numbers");
        add(found, addresses, "IP addresses");
        if (found.isEmpty()) {
            return Optional.empty();
        }
        String at = counts.place().kind() == PlaceKind.DOCUMENT ? " at " + counts.path() : "";
        return Optional.of(
                String.join(" and ", found) + " in " + counts.place().column().name() + at + " (of "
                        + counts.different() + " different values in the sample)");
    }

    private static void add(List<String> found, long number, String what) {
        if (number >= FEWEST) {
            found.add(number + " " + what);
        }
    }
}
