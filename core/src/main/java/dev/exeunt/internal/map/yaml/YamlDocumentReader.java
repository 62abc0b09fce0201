package dev.exeunt.internal.map.yaml;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.map.Finding.Position;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * Builds a tree of YAML nodes from parser events and rejects aliases, anchors, tags and duplicate keys. It reads events
 * rather than composed nodes, because a composer expands aliases and recurses before the depth can be checked.
 */
public final class YamlDocumentReader {

    /** The deepest sentence of the language needs 9. */
    static final int MAX_DEPTH = 32;

    private static final ScalarResolver CORE = new CoreSchema().getScalarResolver();

    private final FaultCollector faults;
    private final Iterator<Event> events;
    private int depth;
    private Position reached;

    private YamlDocumentReader(String text, FaultCollector faults) {
        this.faults = faults;
        this.reached = faults.start();
        this.events = events(text).iterator();
    }

    static Iterable<Event> events(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel("map")
                .setSchema(new CoreSchema())
                .setCodePointLimit(MapSourceReader.MAX_BYTES + 1)
                // The whole text at once: with a smaller window the parser copies a long comment or scalar again for
                // each piece of it, which takes seconds at 5 MB.
                .setBufferSize(Math.max(1024, text.length()))
                .build();
        return new Parse(settings).parseString(text);
    }

    /** The document's root, or null after a fault. */
    public static @Nullable YamlNode read(String text, FaultCollector faults) {
        YamlDocumentReader document = new YamlDocumentReader(text, faults);
        try {
            return document.root();
        } catch (NestingTooDeepException e) {
            faults.malformed(
                    e.at,
                    "The nesting here is deeper than " + MAX_DEPTH + " levels.",
                    "Take the inner levels out; a map needs no more than ten.");
        } catch (MarkedYamlEngineException e) {
            SyntaxErrorReport.report(e, text, faults);
        } catch (RuntimeException e) {
            // The parser lets a few exceptions of the platform through (a version of YAML that is none, an escape past
            // the last character). Whatever they are, the text is at fault, and a stack trace is no answer.
            faults.malformed(
                    document.reached,
                    "What follows here is not YAML: " + ValueExcerpt.cut(String.valueOf(e.getMessage())) + ".",
                    "Look for a directive (%), a tag (!) or an escape (\\) after this place, and take it out.");
        }
        return null;
    }

    private @Nullable YamlNode root() {
        YamlNode root = null;
        while (events.hasNext()) {
            Event event = events.next();
            if (event instanceof NodeEvent node && root != null) {
                faults.malformed(
                        at(node),
                        "A second document starts here; a map is one.",
                        "Remove the --- and what follows it.");
                return null;
            } else if (event instanceof NodeEvent node) {
                root = node(node);
            }
        }
        boolean empty = root == null
                || (root instanceof YamlNode.YamlScalar scalar && scalar.kind() == YamlNode.ScalarType.NULL);
        if (empty) {
            faults.malformed(faults.start(), "The map is empty.", "Draft one with: exeunt init --subject TABLE");
        }
        return empty ? null : root;
    }

    private YamlNode node(NodeEvent event) {
        reached = at(event);
        refuseAnchor(event);
        if (event instanceof ScalarEvent scalar) {
            return refuseTag(scalar, scalar.getTag()) ? new YamlNode.RejectedNode(at(event)) : scalar(scalar);
        }
        if (event instanceof CollectionStartEvent collection) {
            refuseTag(collection, collection.getTag());
            return collection(collection);
        }
        return new YamlNode.RejectedNode(at(event));
    }

    private YamlNode collection(CollectionStartEvent event) {
        if (++depth > MAX_DEPTH) {
            throw new NestingTooDeepException(at(event));
        }
        YamlNode read =
                event instanceof SequenceStartEvent start ? sequence(start) : mapping((MappingStartEvent) event);
        depth--;
        return read;
    }

    private YamlNode sequence(SequenceStartEvent start) {
        List<YamlNode> items = new ArrayList<>();
        while (events.next() instanceof NodeEvent item) {
            items.add(node(item));
        }
        return new YamlNode.YamlSequence(items, at(start));
    }

    private YamlNode mapping(MappingStartEvent start) {
        Map<String, YamlNode.YamlEntry> entries = new LinkedHashMap<>();
        boolean refused = false;
        while (events.next() instanceof NodeEvent keyEvent) {
            LocatedText key = key(node(keyEvent));
            YamlNode value = node((NodeEvent) events.next());
            refused |= key == null;
            if (key != null) {
                add(entries, new YamlNode.YamlEntry(key, value));
            }
        }
        boolean nothingLeft = refused && entries.isEmpty();
        return nothingLeft
                ? new YamlNode.RejectedNode(at(start))
                : new YamlNode.YamlMapping(List.copyOf(entries.values()), start.isFlow(), at(start));
    }

    private void add(Map<String, YamlNode.YamlEntry> entries, YamlNode.YamlEntry entry) {
        LocatedText key = entry.key();
        YamlNode.YamlEntry first = entries.putIfAbsent(key.text(), entry);
        if (first != null) {
            String name = ValueExcerpt.name(key.text());
            faults.malformed(
                    key.at(),
                    name + " is here twice; the first is in line "
                            + first.key().at().line() + ".",
                    "Make the two one, or take one out.");
        }
    }

    private @Nullable LocatedText key(YamlNode key) {
        if (key instanceof YamlNode.YamlScalar scalar && scalar.text().equals("<<")) {
            faults.malformed(key.at(), "A map has no merge keys (<<).", "Write the entries out.");
            return null;
        }
        if (key instanceof YamlNode.YamlScalar scalar && !scalar.text().isBlank()) {
            return new LocatedText(scalar.text(), key.at());
        }
        if (!(key instanceof YamlNode.RejectedNode)) {
            faults.malformed(
                    key.at(),
                    "The name before a colon is " + key.shown() + ", and must be a word.",
                    "Write a name; if the braces belong to a text, write it in quotes, e.g. \"{{}}\" for {}.");
        }
        return null;
    }

    private YamlNode scalar(ScalarEvent event) {
        String text = event.getValue();
        if (text.chars().anyMatch(c -> c == 0) || !ValueExcerpt.isWhole(text)) {
            faults.malformed(
                    at(event),
                    "This text holds a character that PostgreSQL cannot store (\\0 or half a surrogate pair).",
                    "Take the escape out.");
            return new YamlNode.RejectedNode(at(event));
        }
        return new YamlNode.YamlScalar(text, event.isPlain() ? kind(text) : YamlNode.ScalarType.TEXT, at(event));
    }

    private static YamlNode.ScalarType kind(String plain) {
        Tag tag = CORE.resolve(plain, true);
        if (tag.equals(Tag.NULL)) {
            return YamlNode.ScalarType.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return YamlNode.ScalarType.BOOLEAN;
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? YamlNode.ScalarType.NUMBER : YamlNode.ScalarType.TEXT;
    }

    private void refuseAnchor(NodeEvent event) {
        Optional<Anchor> anchor = event.getAnchor();
        if (anchor.isPresent()) {
            String sign = event instanceof AliasEvent ? "*" : "&";
            faults.malformed(
                    at(event),
                    "A map has no anchors and aliases (" + sign
                            + ValueExcerpt.cut(anchor.get().getValue()) + ").",
                    "Write the entries out; if the " + sign + " belongs to a text, write it in quotes.");
        }
    }

    private boolean refuseTag(NodeEvent event, Optional<String> tag) {
        tag.ifPresent(t -> faults.malformed(
                at(event),
                "A map has no tags (" + ValueExcerpt.cut(t) + ").",
                "Take the tag out; if the ! belongs to a text, write it in quotes."));
        return tag.isPresent();
    }

    private Position at(Event event) {
        return faults.at(event.getStartMark());
    }

    /** Stops the reading when the YAML is nested more deeply than a map may be. */
    private static final class NestingTooDeepException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Position at;

        NestingTooDeepException(Position at) {
            super("too deep", null, false, false);
            this.at = at;
        }
    }
}
