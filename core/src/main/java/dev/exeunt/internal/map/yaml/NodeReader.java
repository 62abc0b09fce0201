package dev.exeunt.internal.map.yaml;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.support.text.SpellingSuggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Typed access to nodes. Whatever is not of the wanted type becomes a fault, and the answer null or empty. */
public final class NodeReader {

    private final FaultCollector faults;

    public NodeReader(FaultCollector faults) {
        this.faults = faults;
    }

    public FaultCollector faults() {
        return faults;
    }

    /** A mapping of the language's words. */
    @Nullable
    public MappingFields fields(YamlNode yaml, AllowedWords vocabulary, ExpectedNode expected) {
        if (!(yaml instanceof YamlNode.YamlMapping mapping)) {
            wrong(yaml, expected);
            return null;
        }
        Map<String, YamlNode.YamlEntry> known = new LinkedHashMap<>();
        Set<String> meant = new HashSet<>();
        for (YamlNode.YamlEntry entry : mapping.entries()) {
            if (vocabulary.words().contains(entry.key().text())) {
                known.put(entry.key().text(), entry);
            } else {
                refuse(entry.key(), vocabulary);
                SpellingSuggestion.closest(entry.key().text(), vocabulary.words())
                        .ifPresent(meant::add);
            }
        }
        return new MappingFields(known, meant, known.size() == mapping.entries().size(), mapping.at());
    }

    private void refuse(LocatedText word, AllowedWords vocabulary) {
        String instead = vocabulary.elsewhere().get(word.text());
        if (instead != null) {
            faults.malformed(word.at(), word + " does not stand here.", instead);
        } else {
            faults.unknownWord(word, vocabulary.place(), vocabulary.words());
        }
    }

    /** The value of a word that has to be there, or null after a fault. */
    @Nullable
    public YamlNode required(MappingFields fields, String word, ExpectedNode expected) {
        YamlNode value = fields.value(word);
        if (value == null && !fields.mean(word)) {
            faults.malformed(
                    fields.at(), expected.what() + " is missing; it needs " + expected.needs() + ".", expected.fix());
        }
        return value;
    }

    /** A mapping whose keys are the user's names; at least one. */
    public List<YamlNode.YamlEntry> entries(YamlNode yaml, ExpectedNode expected) {
        if (yaml instanceof YamlNode.YamlMapping mapping && !mapping.entries().isEmpty()) {
            return mapping.entries();
        }
        wrong(yaml, expected);
        return List.of();
    }

    /** A name, exactly as written. */
    @Nullable
    public LocatedText name(YamlNode yaml, ExpectedNode expected) {
        boolean good = yaml instanceof YamlNode.YamlScalar scalar
                && !scalar.text().isBlank()
                && (scalar.kind() == YamlNode.ScalarType.TEXT || scalar.kind() == YamlNode.ScalarType.NUMBER);
        if (good) {
            return new LocatedText(((YamlNode.YamlScalar) yaml).text(), yaml.at());
        }
        wrong(yaml, expected);
        return null;
    }

    /** Prose or SQL: whitespace around it, which block scalars bring along, is not part of it. */
    @Nullable
    public LocatedText text(YamlNode yaml, ExpectedNode expected) {
        LocatedText name = name(yaml, expected);
        return name == null ? null : new LocatedText(name.text().strip(), name.at());
    }

    /** One name or a list of them, not empty, none twice; empty only after a fault. */
    public List<LocatedText> names(YamlNode yaml, ExpectedNode expected) {
        if (yaml instanceof YamlNode.YamlSequence) {
            return list(yaml, expected);
        }
        LocatedText one = name(yaml, expected);
        return one == null ? List.of() : List.of(one);
    }

    /** A list of names, not empty, none twice; empty only after a fault. */
    public List<LocatedText> list(YamlNode yaml, ExpectedNode expected) {
        List<LocatedText> names = new ArrayList<>();
        if (yaml instanceof YamlNode.YamlSequence sequence && !sequence.items().isEmpty()) {
            for (YamlNode item : sequence.items()) {
                LocatedText name = name(item, expected);
                if (name != null) {
                    names.add(name);
                }
            }
            refuseTwice(names, expected);
        } else {
            wrong(yaml, expected);
        }
        return names;
    }

    private void refuseTwice(List<LocatedText> names, ExpectedNode expected) {
        Map<String, LocatedText> seen = new HashMap<>();
        for (LocatedText name : names) {
            if (seen.putIfAbsent(name.text(), name) != null) {
                faults.malformed(
                        name.at(),
                        expected.what() + " names " + ValueExcerpt.name(name.text()) + " twice.",
                        "Take the second " + ValueExcerpt.name(name.text()) + " out.");
            }
        }
    }

    /** Says that a node is not what it should be. */
    public void wrong(YamlNode yaml, ExpectedNode expected) {
        if (!(yaml instanceof YamlNode.RejectedNode)) {
            faults.malformed(
                    yaml.at(),
                    expected.what() + " is " + yaml.shown() + ", and needs " + expected.needs() + ".",
                    expected.fix());
        }
    }
}
