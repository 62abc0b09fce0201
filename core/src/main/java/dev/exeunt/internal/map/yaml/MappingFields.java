package dev.exeunt.internal.map.yaml;

import dev.exeunt.map.Finding.Position;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Holds the known entries of a YAML mapping, and remembers which words were refused or misspelt.
 *
 * @param meant words that a misspelt one probably was: what is misspelt is not reported as missing, too
 * @param complete false if an entry was refused; then a reader need not complain that nothing is there
 */
public record MappingFields(Map<String, YamlNode.YamlEntry> entries, Set<String> meant, boolean complete, Position at) {

    public YamlNode.@Nullable YamlEntry entry(String word) {
        return entries.get(word);
    }

    @Nullable
    public YamlNode value(String word) {
        YamlNode.YamlEntry entry = entries.get(word);
        return entry == null ? null : entry.value();
    }

    public boolean has(String word) {
        return entries.containsKey(word);
    }

    /** Whether one of the words is there, or was probably meant. */
    public boolean mean(String... words) {
        return Arrays.stream(words).anyMatch(w -> has(w) || meant.contains(w));
    }
}
