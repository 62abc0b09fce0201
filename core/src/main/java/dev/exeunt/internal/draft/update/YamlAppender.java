package dev.exeunt.internal.draft.update;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.map.yaml.YamlOutline;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineEntry;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineMapping;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineNode;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineScalar;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineSequence;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Appends entries to a YAML mapping or list in the file's own style. */
final class YamlAppender {

    private static final int PAGE_STEP = 2;

    private final String text;
    private final TextInsertions insertions;
    private final String lineBreak;
    private final int step;
    /** collections between brackets that were empty, and are so no more */
    private final Set<Integer> filled = new HashSet<>();

    YamlAppender(String text, OutlineMapping root, TextInsertions insertions) {
        this.text = text;
        this.insertions = insertions;
        int first = lineEnd(0);
        this.lineBreak = first == text.length()
                ? "\n"
                : text.startsWith("\r\n", first) ? "\r\n" : text.substring(first, first + 1);
        this.step = root.value("tables")
                .filter(t -> t instanceof OutlineMapping tables && !tables.flow())
                .map(t -> column(((OutlineMapping) t).entries().get(0).key().start()))
                .filter(s -> s > 0)
                .orElse(PAGE_STEP);
    }

    /**
     * @param lines the entries as a page has them, at its left margin
     * @return the number of the insertion
     */
    int append(OutlineMapping mapping, String lines) {
        if (mapping.flow()) {
            boolean json =
                    mapping.entries().stream().anyMatch(e -> text.charAt(e.key().start()) == '"');
            return inside(mapping, last(mapping), flow((OutlineMapping) YamlOutline.parse(lines), lines, json));
        }
        int column = column(mapping.entries().get(0).key().start());
        return below(mapping, last(mapping), column, lines);
    }

    /** Adds names to a list. */
    int append(OutlineSequence list, List<String> names) {
        int last = list.items().isEmpty()
                ? list.start() + 1
                : list.items().get(list.items().size() - 1).end();
        if (list.flow()) {
            boolean json = list.items().stream().anyMatch(i -> text.charAt(i.start()) == '"');
            return inside(
                    list,
                    last,
                    names.stream()
                            .map(n -> json ? YamlFormatter.quoted(n) : YamlFormatter.scalar(n))
                            .collect(Collectors.joining(", ")));
        }
        int dash = text.lastIndexOf('-', list.items().get(0).start() - 1);
        String lines =
                names.stream().map(n -> "- " + YamlFormatter.scalar(n) + "\n").collect(Collectors.joining());
        return below(list, last, column(dash), lines);
    }

    private static int last(OutlineMapping mapping) {
        List<OutlineEntry> entries = mapping.entries();
        return entries.isEmpty()
                ? mapping.start() + 1
                : entries.get(entries.size() - 1).end();
    }

    private int inside(OutlineNode collection, int last, String entries) {
        boolean first = last == collection.start() + 1 && filled.add(collection.start());
        return insertions.insert(last, collection.start(), first ? entries : ", " + entries);
    }

    private int below(OutlineNode collection, int last, int column, String lines) {
        String block = lines.lines()
                .map(l -> l.isBlank() ? "" : " ".repeat(column + indent(l) * step / PAGE_STEP) + l.strip())
                .collect(Collectors.joining(lineBreak));
        return insertions.insert(afterComments(lineEnd(last), column), collection.start(), lineBreak + block);
    }

    private static int indent(String line) {
        return line.length() - line.stripLeading().length();
    }

    /** Comments right below, as far in as the entries, belong to them. */
    private int afterComments(int lineEnd, int column) {
        int end = lineEnd;
        while (end < text.length()) {
            int next = end + (text.startsWith("\r\n", end) ? 2 : 1);
            int nextEnd = lineEnd(next);
            String line = text.substring(next, nextEnd);
            if (!line.strip().startsWith("#") || indent(line) < column || column == 0) {
                return end;
            }
            end = nextEnd;
        }
        return end;
    }

    private int lineEnd(int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) != '\n' && text.charAt(end) != '\r') {
            end++;
        }
        return end;
    }

    private int column(int offset) {
        int start = Math.max(text.lastIndexOf('\n', offset - 1), text.lastIndexOf('\r', offset - 1)) + 1;
        return text.codePointCount(start, offset);
    }

    /** The entries without the braces around them, on one line; comments are left out. */
    private static String flow(OutlineMapping mapping, String source, boolean json) {
        return mapping.entries().stream()
                .map(e -> word(e.key(), source, json) + ": " + flow(e.value(), source, json))
                .collect(Collectors.joining(", "));
    }

    private static String flow(OutlineNode node, String source, boolean json) {
        if (node instanceof OutlineMapping mapping) {
            return "{ " + flow(mapping, source, json) + " }";
        }
        if (node instanceof OutlineSequence list) {
            return list.items().stream().map(i -> flow(i, source, json)).collect(Collectors.joining(", ", "[", "]"));
        }
        return word((OutlineScalar) node, source, json);
    }

    /** A sentence that stands without quotes on a line of its own may need them between brackets. */
    private static String word(OutlineScalar scalar, String source, boolean json) {
        boolean value = scalar.value().matches("null|true|false|-?[0-9.]+");
        if (!scalar.plain()) {
            return source.substring(scalar.start(), scalar.end());
        }
        return value
                ? scalar.value()
                : json ? YamlFormatter.quoted(scalar.value()) : YamlFormatter.scalar(scalar.value());
    }
}
