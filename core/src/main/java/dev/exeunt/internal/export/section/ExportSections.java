package dev.exeunt.internal.export.section;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.support.text.SpellingSuggestion;
import dev.exeunt.support.text.VisibleText;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Lists the export sections of a plan in the order of the map. */
public final class ExportSections {

    /** What the bundle and the document have beside sections. */
    private static final Set<String> RESERVED = Set.of("schema", "generated", "manifest");

    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_-]+");

    private ExportSections() {}

    /** @throws ExeuntException where a section's name could not be a file's, or two files' */
    public static List<ExportSection> of(Plan plan) {
        List<ExportSection> sections = inOrderOfMap(plan).stream()
                .map(ExportSection::of)
                .filter(s -> !s.isEmpty())
                .toList();
        Map<String, ExportSection> byName = new HashMap<>();
        for (ExportSection section : sections) {
            refuseUnsafe(section);
            ExportSection other = byName.putIfAbsent(section.name().toLowerCase(Locale.ROOT), section);
            if (other != null) {
                throw new ExeuntException("The export would have two sections " + section.name() + ", of "
                        + other.planned().name() + " and of "
                        + section.planned().name() + ". Give one of them another name with `section:`.");
            }
        }
        return sections;
    }

    /**
     * Refuses names that no section has.
     *
     * @param valid the sections that an export could hold
     * @throws ExeuntException with the first unknown name and the valid ones
     */
    public static void requireKnown(List<String> names, List<String> valid) {
        unknown(names, valid).ifPresent(message -> {
            throw new ExeuntException(message);
        });
    }

    /** Says which name no section has, and which are valid; empty where each is known. */
    public static Optional<String> unknown(List<String> names, List<String> valid) {
        return names.stream()
                .filter(name -> !valid.contains(name))
                .findFirst()
                .map(name -> "The export has no section " + VisibleText.line(name) + "."
                        + SpellingSuggestion.hint(name, valid) + " Valid: " + String.join(", ", valid) + ".");
    }

    /** The plan's own order is parents first. */
    public static List<PlannedTable> inOrderOfMap(Plan plan) {
        return plan.tables().stream()
                .filter(t -> !t.roles().isEmpty())
                .sorted(Comparator.comparing(t -> t.roles().get(0).at()))
                .toList();
    }

    /** The names become entries of an archive that people unpack: no path, no surprise. */
    private static void refuseUnsafe(ExportSection section) {
        String name = section.name();
        if (!SAFE.matcher(name).matches() || RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
            throw new ExeuntException(
                    "The section " + name + " of " + section.planned().name()
                            + " cannot be named so. Give it a name of letters, digits, _ and - with `section:`; "
                            + "schema, generated and manifest are taken.");
        }
    }
}
