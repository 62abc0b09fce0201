package dev.exeunt.map.yaml;

import dev.exeunt.map.Nearest;
import dev.exeunt.map.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Typed access to nodes. Whatever is not of the wanted type becomes a fault, and the answer null or empty. */
final class NodeReader {

    private final Faults faults;

    NodeReader(Faults faults) {
        this.faults = faults;
    }

    Faults faults() {
        return faults;
    }

    /** A mapping of the language's words. */
    @Nullable
    Fields fields(Yaml yaml, Vocabulary vocabulary, Expected expected) {
        if (!(yaml instanceof Yaml.Mapping mapping)) {
            wrong(yaml, expected);
            return null;
        }
        Map<String, Yaml.Entry> known = new LinkedHashMap<>();
        Set<String> meant = new HashSet<>();
        for (Yaml.Entry entry : mapping.entries()) {
            if (vocabulary.words().contains(entry.key().text())) {
                known.put(entry.key().text(), entry);
            } else {
                refuse(entry.key(), vocabulary);
                Nearest.to(entry.key().text(), vocabulary.words()).ifPresent(meant::add);
            }
        }
        return new Fields(known, meant, known.size() == mapping.entries().size(), mapping.at());
    }

    private void refuse(Word word, Vocabulary vocabulary) {
        String instead = vocabulary.elsewhere().get(word.text());
        if (instead != null) {
            faults.malformed(word.at(), word + " does not stand here.", instead);
        } else {
            faults.unknownWord(word, vocabulary.place(), vocabulary.words());
        }
    }

    /** The value of a word that has to be there, or null after a fault. */
    @Nullable
    Yaml required(Fields fields, String word, Expected expected) {
        Yaml value = fields.value(word);
        if (value == null && !fields.mean(word)) {
            faults.malformed(
                    fields.at(), expected.what() + " is missing; it needs " + expected.needs() + ".", expected.fix());
        }
        return value;
    }

    /** A mapping whose keys are the user's names; at least one. */
    List<Yaml.Entry> entries(Yaml yaml, Expected expected) {
        if (yaml instanceof Yaml.Mapping mapping && !mapping.entries().isEmpty()) {
            return mapping.entries();
        }
        wrong(yaml, expected);
        return List.of();
    }

    /** A name, exactly as written. */
    @Nullable
    Word name(Yaml yaml, Expected expected) {
        boolean good = yaml instanceof Yaml.Scalar scalar
                && !scalar.text().isBlank()
                && (scalar.kind() == Yaml.Kind.TEXT || scalar.kind() == Yaml.Kind.NUMBER);
        if (good) {
            return new Word(((Yaml.Scalar) yaml).text(), yaml.at());
        }
        wrong(yaml, expected);
        return null;
    }

    /** Prose or SQL: whitespace around it, which block scalars bring along, is not part of it. */
    @Nullable
    Word text(Yaml yaml, Expected expected) {
        Word name = name(yaml, expected);
        return name == null ? null : new Word(name.text().strip(), name.at());
    }

    /** One name or a list of them, not empty, none twice; empty only after a fault. */
    List<Word> names(Yaml yaml, Expected expected) {
        if (yaml instanceof Yaml.Sequence) {
            return list(yaml, expected);
        }
        Word one = name(yaml, expected);
        return one == null ? List.of() : List.of(one);
    }

    /** A list of names, not empty, none twice; empty only after a fault. */
    List<Word> list(Yaml yaml, Expected expected) {
        List<Word> names = new ArrayList<>();
        if (yaml instanceof Yaml.Sequence sequence && !sequence.items().isEmpty()) {
            for (Yaml item : sequence.items()) {
                Word name = name(item, expected);
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

    private void refuseTwice(List<Word> names, Expected expected) {
        Map<String, Word> seen = new HashMap<>();
        for (Word name : names) {
            if (seen.putIfAbsent(name.text(), name) != null) {
                faults.malformed(
                        name.at(),
                        expected.what() + " names " + Shown.name(name.text()) + " twice.",
                        "Take the second " + Shown.name(name.text()) + " out.");
            }
        }
    }

    /** Says that a node is not what it should be. */
    void wrong(Yaml yaml, Expected expected) {
        if (!(yaml instanceof Yaml.Broken)) {
            faults.malformed(
                    yaml.at(),
                    expected.what() + " is " + yaml.shown() + ", and needs " + expected.needs() + ".",
                    expected.fix());
        }
    }
}
