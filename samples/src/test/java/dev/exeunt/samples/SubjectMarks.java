package dev.exeunt.samples;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Finds the marks that the filler put into rows of the subject and of bystanders. */
record SubjectMarks(List<String> marks) {

    private static final List<String> HEXADECIMAL = List.of(hex("canary"), hex("CANARY"));

    static SubjectMarks of(JsonNode manifest) {
        List<String> marks = new ArrayList<>(HEXADECIMAL);
        manifest.path("markers").forEach(m -> marks.add(m.asString().toLowerCase(Locale.ROOT)));
        return new SubjectMarks(marks);
    }

    boolean in(JsonNode cell) {
        String text = cell.toString().toLowerCase(Locale.ROOT);
        return marks.stream().anyMatch(text::contains);
    }

    /** The texts in a document, however deep, that are marked as the subject's. */
    Set<String> canaries(JsonNode node) {
        return texts(node, t -> marks.stream().anyMatch(t::contains));
    }

    /** The texts in a document, however deep, that are marked as a bystander's. */
    static Set<String> keeps(JsonNode node) {
        return texts(node, t -> t.startsWith("keep-"));
    }

    /** What is written in hexadecimal, as its text. */
    static Set<String> spoken(Set<String> texts) {
        return texts.stream()
                .map(t -> t.startsWith("\\x") ? new String(HexFormat.of().parseHex(t.substring(2)), UTF_8) : t)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> texts(JsonNode node, Predicate<String> marked) {
        Set<String> found = new TreeSet<>();
        if (node.isString() && marked.test(node.asString().toLowerCase(Locale.ROOT))) {
            found.add(node.asString());
        }
        node.forEach(n -> found.addAll(texts(n, marked)));
        return found;
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(UTF_8));
    }
}
