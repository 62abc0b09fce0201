package dev.exeunt.internal.map.yaml;

import dev.exeunt.internal.map.read.MapReader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * Records where each YAML node of a map's text begins and ends, so that text can be inserted safely. For texts that
 * {@link MapReader} has read: what it refuses is not looked for again.
 */
public final class YamlOutline {

    private final String text;
    private final Iterator<Event> events;
    private final int[] offsets;

    private YamlOutline(String text) {
        this.text = text;
        this.events = YamlDocumentReader.events(text.substring(MapSourceReader.markLength(text)))
                .iterator();
        this.offsets = offsets(text);
    }

    /** The document's root; every offset counts the characters of this text, a byte order mark among them. */
    public static OutlineNode parse(String text) {
        YamlOutline outline = new YamlOutline(text);
        while (true) {
            if (outline.events.next() instanceof NodeEvent node) {
                return outline.node(node);
            }
        }
    }

    /** Represents a YAML node with the offsets of its first and last character. */
    public sealed interface OutlineNode {
        int start();

        int end();

        /** Whether this is all that the older one was, in its order, and perhaps more. */
        boolean containsInOrder(OutlineNode older);
    }

    /**
     * Represents a YAML scalar with its offsets in the text.
     *
     * @param plain without quotes, so that it may be something other than text
     */
    public record OutlineScalar(String value, boolean plain, int start, int end) implements OutlineNode {
        @Override
        public boolean containsInOrder(OutlineNode older) {
            return older instanceof OutlineScalar scalar && scalar.value.equals(value) && scalar.plain == plain;
        }
    }

    /**
     * Represents a YAML list with its offsets in the text.
     *
     * @param flow whether it was written with brackets
     */
    public record OutlineSequence(List<OutlineNode> items, boolean flow, int start, int end) implements OutlineNode {
        public OutlineSequence {
            items = List.copyOf(items);
        }

        @Override
        public boolean containsInOrder(OutlineNode older) {
            if (!(older instanceof OutlineSequence sequence)) {
                return false;
            }
            Iterator<OutlineNode> here = items.iterator();
            return sequence.items.stream().allMatch(item -> {
                while (here.hasNext()) {
                    if (here.next().containsInOrder(item)) {
                        return true;
                    }
                }
                return false;
            });
        }
    }

    /**
     * Represents a YAML mapping with its offsets in the text.
     *
     * @param flow whether it was written with braces
     */
    public record OutlineMapping(List<OutlineEntry> entries, boolean flow, int start, int end) implements OutlineNode {
        public OutlineMapping {
            entries = List.copyOf(entries);
        }

        public Optional<OutlineNode> value(String key) {
            return entries.stream()
                    .filter(e -> e.key().value().equals(key))
                    .map(OutlineEntry::value)
                    .findFirst();
        }

        @Override
        public boolean containsInOrder(OutlineNode older) {
            if (!(older instanceof OutlineMapping mapping)) {
                return false;
            }
            List<String> order = entries.stream().map(e -> e.key().value()).toList();
            List<String> before =
                    mapping.entries.stream().map(e -> e.key().value()).toList();
            return order.stream().filter(before::contains).toList().equals(before)
                    && mapping.entries.stream()
                            .allMatch(e -> value(e.key().value())
                                    .filter(v -> v.containsInOrder(e.value()))
                                    .isPresent());
        }
    }

    /** Represents one key of a YAML mapping and its value. */
    public record OutlineEntry(OutlineScalar key, OutlineNode value) {
        public int end() {
            return Math.max(key.end(), value.end());
        }
    }

    private OutlineNode node(NodeEvent event) {
        if (event instanceof CollectionStartEvent start) {
            boolean flow = start.getFlowStyle() == FlowStyle.FLOW;
            return start instanceof MappingStartEvent ? mapping(start, flow) : sequence(start, flow);
        }
        ScalarEvent scalar = (ScalarEvent) event;
        int start = at(scalar.getStartMark());
        // the scanner reads on to the next line that is not blank
        int end = start
                + text.substring(start, at(scalar.getEndMark())).stripTrailing().length();
        return new OutlineScalar(scalar.getValue(), scalar.isPlain(), start, end);
    }

    private OutlineSequence sequence(CollectionStartEvent start, boolean flow) {
        List<OutlineNode> items = new ArrayList<>();
        Event next = events.next();
        for (; next instanceof NodeEvent item; next = events.next()) {
            items.add(node(item));
        }
        int last = items.isEmpty()
                ? at(start.getEndMark())
                : items.get(items.size() - 1).end();
        return new OutlineSequence(items, flow, at(start.getStartMark()), flow ? at(next.getEndMark()) : last);
    }

    private OutlineMapping mapping(CollectionStartEvent start, boolean flow) {
        List<OutlineEntry> entries = new ArrayList<>();
        Event next = events.next();
        for (; next instanceof NodeEvent key; next = events.next()) {
            OutlineScalar name = (OutlineScalar) node(key);
            entries.add(new OutlineEntry(name, node((NodeEvent) events.next())));
        }
        int last = entries.isEmpty()
                ? at(start.getEndMark())
                : entries.get(entries.size() - 1).end();
        return new OutlineMapping(entries, flow, at(start.getStartMark()), flow ? at(next.getEndMark()) : last);
    }

    /** The parser counts code points, and does not count a byte order mark. */
    private int at(Optional<Mark> mark) {
        return offsets[mark.orElseThrow().getIndex()];
    }

    private static int[] offsets(String text) {
        int begin = MapSourceReader.markLength(text);
        int[] offsets = new int[text.codePointCount(begin, text.length()) + 1];
        int offset = begin;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            offset += offset < text.length() ? Character.charCount(text.codePointAt(offset)) : 0;
        }
        return offsets;
    }
}
