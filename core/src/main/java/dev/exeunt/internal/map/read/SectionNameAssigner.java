package dev.exeunt.internal.map.read;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.ValueExcerpt;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Gives every table an export section whose name is unique, also on file systems that ignore case. Sections become file
 * names, also on file systems that do not tell cases apart; so neither do these. What the map says comes first; the
 * rest is named after the tables, in the map's order.
 */
public final class SectionNameAssigner {

    public static final List<String> RESERVED = List.of("schema", "generated", "manifest");
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-]+");

    private final FaultCollector faults;
    private final Map<String, LocatedText> taken = new HashMap<>();

    SectionNameAssigner(FaultCollector faults) {
        this.faults = faults;
    }

    List<MappedTable> assign(List<MappedTableReader.ReadTable> tables) {
        RESERVED.forEach(word -> taken.put(word, new LocatedText(word, faults.start())));
        for (MappedTableReader.ReadTable read : tables) {
            LocatedText section = read.section();
            if (section != null) {
                claim(section);
            }
        }
        List<MappedTable> named = new ArrayList<>();
        for (MappedTableReader.ReadTable read : tables) {
            LocatedText section = read.section();
            String name = section == null ? free(read.table()) : section.text();
            named.add(new MappedTable(read.table(), name, read.words(), read.terms(), read.files(), read.roles()));
        }
        return named;
    }

    private void claim(LocatedText section) {
        String name = ValueExcerpt.quoted(section.text());
        if (!ALLOWED.matcher(section.text()).matches()) {
            faults.malformed(
                    section.at(),
                    "The section " + name + " cannot be a file's name.",
                    "Use letters from a to z, digits, _ and - only.");
        } else if (RESERVED.contains(folded(section.text()))) {
            faults.malformed(
                    section.at(),
                    "The section " + name + " is one of the export's own.",
                    "Give the section another name.");
        } else {
            LocatedText first = taken.putIfAbsent(folded(section.text()), section);
            if (first != null) {
                faults.malformed(
                        section.at(),
                        "The section " + name + " is another table's, too, in line "
                                + first.at().line() + ".",
                        "Give the section another name.");
            }
        }
    }

    private String free(TableReference table) {
        String schema = table.schema();
        String bare = safe(table.name());
        String full = schema == null ? bare : safe(schema) + "_" + bare;
        String wanted = "public".equals(schema) ? bare : full;
        String name = Stream.concat(
                        Stream.of(wanted, full),
                        IntStream.iterate(2, i -> i + 1).mapToObj(i -> full + "_" + i))
                .filter(candidate -> !taken.containsKey(folded(candidate)))
                .findFirst()
                .orElseThrow();
        taken.put(folded(name), new LocatedText(name, table.at()));
        return name;
    }

    private static String safe(String name) {
        return name.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    private static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
