package dev.exeunt.internal.draft.judgement;

import dev.exeunt.internal.map.yaml.FaultCollector;
import dev.exeunt.internal.map.yaml.YamlDocumentReader;
import dev.exeunt.internal.map.yaml.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Reads one mapping of a judgement file, and rejects words that no judgement has. */
record JudgementYaml(String place, Map<String, YamlNode> entries) {

    /** Reads a file beside this class's resources. */
    static JudgementYaml file(String name) {
        String text = text(name);
        FaultCollector faults = new FaultCollector(name);
        YamlNode root = YamlDocumentReader.read(text, faults);
        if (faults.any()) {
            throw faults.toException();
        }
        return mapping(name, root);
    }

    private static String text(String name) {
        String path = "/dev/exeunt/internal/draft/judgement/" + name;
        try (InputStream in = JudgementYaml.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new AssertionError("there is no " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JudgementYaml mapping(String place, @Nullable YamlNode node) {
        if (!(node instanceof YamlNode.YamlMapping mapping)) {
            throw new AssertionError(place + " must be a mapping");
        }
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        mapping.entries().forEach(e -> entries.put(e.key().text(), e.value()));
        return new JudgementYaml(place, entries);
    }

    JudgementYaml knows(Set<String> words) {
        entries.keySet().stream().filter(k -> !words.contains(k)).findFirst().ifPresent(unknown -> {
            throw new AssertionError(place + " has no word " + unknown);
        });
        return this;
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /** The mapping under a key; an empty one where the key is absent. */
    JudgementYaml child(String key) {
        YamlNode value = entries.get(key);
        return value == null ? new JudgementYaml(place + "/" + key, Map.of()) : mapping(place + "/" + key, value);
    }

    String word(String key, String absent) {
        return entries.get(key) instanceof YamlNode.YamlScalar scalar ? scalar.text() : absent;
    }

    String required(String key) {
        String word = word(key, "");
        if (word.isBlank()) {
            throw new AssertionError(place + " has no " + key);
        }
        return word;
    }

    int number(String key) {
        return Integer.parseInt(required(key));
    }

    /** The words of a list; empty where the key is absent. */
    List<String> list(String key) {
        YamlNode value = entries.get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof YamlNode.YamlSequence sequence)) {
            throw new AssertionError(place + "/" + key + " must be a list");
        }
        return sequence.items().stream()
                .map(i -> ((YamlNode.YamlScalar) i).text())
                .collect(Collectors.toList());
    }
}
