package dev.exeunt.map.yaml;

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
 * Where everything in a map's text begins and ends, for those who add to it without touching what stands there. For texts
 * that {@link MapReader} has read: what it refuses is not looked for again.
 */
public final class Outline {

    private final String text;
    private final Iterator<Event> events;
    private final int[] offsets;

    private Outline(String text) {
        this.text = text;
        this.events =
                YamlDocument.events(text.substring(SourceText.markLength(text))).iterator();
        this.offsets = offsets(text);
    }

    /** The document's root; every offset counts the characters of this text, a byte order mark among them. */
    public static Node of(String text) {
        Outline outline = new Outline(text);
        while (true) {
            if (outline.events.next() instanceof NodeEvent node) {
                return outline.node(node);
            }
        }
    }

    /** Something in the text, from its first character to just after its last that is no comment. */
    public sealed interface Node {
        int start();

        int end();

        /** Whether this is all that the older one was, in its order, and perhaps more. */
        boolean holds(Node older);
    }

    /** @param plain without quotes, so that it may be something other than text */
    public record Scalar(String value, boolean plain, int start, int end) implements Node {
        @Override
        public boolean holds(Node older) {
            return older instanceof Scalar scalar && scalar.value.equals(value) && scalar.plain == plain;
        }
    }

    /** @param flow whether it was written with brackets */
    public record Sequence(List<Node> items, boolean flow, int start, int end) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public boolean holds(Node older) {
            if (!(older instanceof Sequence sequence)) {
                return false;
            }
            Iterator<Node> here = items.iterator();
            return sequence.items.stream().allMatch(item -> {
                while (here.hasNext()) {
                    if (here.next().holds(item)) {
                        return true;
                    }
                }
                return false;
            });
        }
    }

    /** @param flow whether it was written with braces */
    public record Mapping(List<Entry> entries, boolean flow, int start, int end) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public Optional<Node> value(String key) {
            return entries.stream()
                    .filter(e -> e.key().value().equals(key))
                    .map(Entry::value)
                    .findFirst();
        }

        @Override
        public boolean holds(Node older) {
            if (!(older instanceof Mapping mapping)) {
                return false;
            }
            List<String> order = entries.stream().map(e -> e.key().value()).toList();
            List<String> before =
                    mapping.entries.stream().map(e -> e.key().value()).toList();
            return order.stream().filter(before::contains).toList().equals(before)
                    && mapping.entries.stream()
                            .allMatch(e -> value(e.key().value())
                                    .filter(v -> v.holds(e.value()))
                                    .isPresent());
        }
    }

    public record Entry(Scalar key, Node value) {
        public int end() {
            return Math.max(key.end(), value.end());
        }
    }

    private Node node(NodeEvent event) {
        if (event instanceof CollectionStartEvent start) {
            boolean flow = start.getFlowStyle() == FlowStyle.FLOW;
            return start instanceof MappingStartEvent ? mapping(start, flow) : sequence(start, flow);
        }
        ScalarEvent scalar = (ScalarEvent) event;
        int start = at(scalar.getStartMark());
        // the scanner reads on to the next line that is not blank
        int end = start
                + text.substring(start, at(scalar.getEndMark())).stripTrailing().length();
        return new Scalar(scalar.getValue(), scalar.isPlain(), start, end);
    }

    private Sequence sequence(CollectionStartEvent start, boolean flow) {
        List<Node> items = new ArrayList<>();
        Event next = events.next();
        for (; next instanceof NodeEvent item; next = events.next()) {
            items.add(node(item));
        }
        int last = items.isEmpty()
                ? at(start.getEndMark())
                : items.get(items.size() - 1).end();
        return new Sequence(items, flow, at(start.getStartMark()), flow ? at(next.getEndMark()) : last);
    }

    private Mapping mapping(CollectionStartEvent start, boolean flow) {
        List<Entry> entries = new ArrayList<>();
        Event next = events.next();
        for (; next instanceof NodeEvent key; next = events.next()) {
            Scalar name = (Scalar) node(key);
            entries.add(new Entry(name, node((NodeEvent) events.next())));
        }
        int last = entries.isEmpty()
                ? at(start.getEndMark())
                : entries.get(entries.size() - 1).end();
        return new Mapping(entries, flow, at(start.getStartMark()), flow ? at(next.getEndMark()) : last);
    }

    /** The parser counts code points, and does not count a byte order mark. */
    private int at(Optional<Mark> mark) {
        return offsets[mark.orElseThrow().getIndex()];
    }

    private static int[] offsets(String text) {
        int begin = SourceText.markLength(text);
        int[] offsets = new int[text.codePointCount(begin, text.length()) + 1];
        int offset = begin;
        for (int i = 0; i < offsets.length; i++) {
            offsets[i] = offset;
            offset += offset < text.length() ? Character.charCount(text.codePointAt(offset)) : 0;
        }
        return offsets;
    }
}
