package dev.exeunt.testkit;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FixSnippet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Dump;
import org.snakeyaml.engine.v2.api.DumpSettings;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Applies a finding's fix to a map, exactly as printed. */
public final class FixApplier {

    private static final Pattern SCALAR =
            Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|'(?:[^']|'')*'|[^\\s,\\[\\]{}#:][^,\\[\\]{}\\n:]*");

    private FixApplier() {}

    /** The map with the fix in it. */
    public static String into(String map, Finding finding) {
        FixSnippet paste = finding.fix().paste();
        return paste instanceof FixSnippet.ValueReplacement value
                ? instead(map, finding, value)
                : entries(map, (FixSnippet.MapEntries) paste);
    }

    private static String instead(String map, Finding finding, FixSnippet.ValueReplacement value) {
        List<String> lines = new ArrayList<>(map.lines().toList());
        int at = finding.at().line() - 1;
        String line = lines.get(at);
        Matcher scalar = SCALAR.matcher(line).region(finding.at().column() - 1, line.length());
        if (!scalar.lookingAt()) {
            throw new AssertionError("nothing stands at " + finding.at() + " that could be replaced: " + line);
        }
        String kept = line.substring(scalar.end());
        lines.set(at, line.substring(0, finding.at().column() - 1) + value.text() + kept);
        return String.join("\n", lines) + "\n";
    }

    private static String entries(String map, FixSnippet.MapEntries paste) {
        Map<Object, Object> root = mapping(load(map));
        Map<Object, Object> place = root;
        for (String word : paste.under()) {
            Object next = place.computeIfAbsent(word, w -> new LinkedHashMap<>());
            place = mapping(next);
        }
        paste.without().forEach(place::remove);
        place.putAll(mapping(load(paste.text())));
        return new Dump(DumpSettings.builder().build()).dumpToString(root);
    }

    private static Object load(String yaml) {
        return new Load(LoadSettings.builder().build()).loadFromString(yaml);
    }

    @SuppressWarnings("unchecked")
    private static Map<Object, Object> mapping(Object node) {
        if (node instanceof Map<?, ?>) {
            return (Map<Object, Object>) node;
        }
        throw new AssertionError("a paste leads through what is no mapping: " + node);
    }
}
