package dev.exeunt.map.yaml;

import dev.exeunt.map.Position;
import dev.exeunt.map.Word;
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
 * Builds the tree from the parser's events, and refuses on the way what a map has no use for: aliases, anchors, tags,
 * merge keys, a second document, duplicate keys, keys that are not text. Events rather than composed nodes, because a
 * composer recurses before anybody can look at the depth, and expands aliases.
 */
final class YamlDocument {

    /** The deepest sentence of the language needs 9. */
    static final int MAX_DEPTH = 32;

    private static final ScalarResolver CORE = new CoreSchema().getScalarResolver();

    private final Faults faults;
    private final Iterator<Event> events;
    private int depth;
    private Position reached;

    private YamlDocument(String text, Faults faults) {
        this.faults = faults;
        this.reached = faults.start();
        this.events = events(text).iterator();
    }

    static Iterable<Event> events(String text) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel("map")
                .setSchema(new CoreSchema())
                .setCodePointLimit(SourceText.MAX_BYTES + 1)
                // The whole text at once: with a smaller window the parser copies a long comment or scalar again for
                // each piece of it, which takes seconds at 5 MB.
                .setBufferSize(Math.max(1024, text.length()))
                .build();
        return new Parse(settings).parseString(text);
    }

    /** The document's root, or null after a fault. */
    static @Nullable Yaml read(String text, Faults faults) {
        YamlDocument document = new YamlDocument(text, faults);
        try {
            return document.root();
        } catch (TooDeep e) {
            faults.malformed(
                    e.at,
                    "The nesting here is deeper than " + MAX_DEPTH + " levels.",
                    "Take the inner levels out; a map needs no more than ten.");
        } catch (MarkedYamlEngineException e) {
            SyntaxFault.report(e, text, faults);
        } catch (RuntimeException e) {
            // The parser lets a few exceptions of the platform through (a version of YAML that is none, an escape past
            // the last character). Whatever they are, the text is at fault, and a stack trace is no answer.
            faults.malformed(
                    document.reached,
                    "What follows here is not YAML: " + Shown.cut(String.valueOf(e.getMessage())) + ".",
                    "Look for a directive (%), a tag (!) or an escape (\\) after this place, and take it out.");
        }
        return null;
    }

    private @Nullable Yaml root() {
        Yaml root = null;
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
        boolean empty = root == null || (root instanceof Yaml.Scalar scalar && scalar.kind() == Yaml.Kind.NULL);
        if (empty) {
            faults.malformed(faults.start(), "The map is empty.", "Draft one with: exeunt init --subject TABLE");
        }
        return empty ? null : root;
    }

    private Yaml node(NodeEvent event) {
        reached = at(event);
        refuseAnchor(event);
        if (event instanceof ScalarEvent scalar) {
            return refuseTag(scalar, scalar.getTag()) ? new Yaml.Broken(at(event)) : scalar(scalar);
        }
        if (event instanceof CollectionStartEvent collection) {
            refuseTag(collection, collection.getTag());
            return collection(collection);
        }
        return new Yaml.Broken(at(event));
    }

    private Yaml collection(CollectionStartEvent event) {
        if (++depth > MAX_DEPTH) {
            throw new TooDeep(at(event));
        }
        Yaml read = event instanceof SequenceStartEvent start ? sequence(start) : mapping((MappingStartEvent) event);
        depth--;
        return read;
    }

    private Yaml sequence(SequenceStartEvent start) {
        List<Yaml> items = new ArrayList<>();
        while (events.next() instanceof NodeEvent item) {
            items.add(node(item));
        }
        return new Yaml.Sequence(items, at(start));
    }

    private Yaml mapping(MappingStartEvent start) {
        Map<String, Yaml.Entry> entries = new LinkedHashMap<>();
        boolean refused = false;
        while (events.next() instanceof NodeEvent keyEvent) {
            Word key = key(node(keyEvent));
            Yaml value = node((NodeEvent) events.next());
            refused |= key == null;
            if (key != null) {
                add(entries, new Yaml.Entry(key, value));
            }
        }
        boolean nothingLeft = refused && entries.isEmpty();
        return nothingLeft
                ? new Yaml.Broken(at(start))
                : new Yaml.Mapping(List.copyOf(entries.values()), start.isFlow(), at(start));
    }

    private void add(Map<String, Yaml.Entry> entries, Yaml.Entry entry) {
        Word key = entry.key();
        Yaml.Entry first = entries.putIfAbsent(key.text(), entry);
        if (first != null) {
            String name = Shown.name(key.text());
            faults.malformed(
                    key.at(),
                    name + " is here twice; the first is in line "
                            + first.key().at().line() + ".",
                    "Make the two one, or take one out.");
        }
    }

    private @Nullable Word key(Yaml key) {
        if (key instanceof Yaml.Scalar scalar && scalar.text().equals("<<")) {
            faults.malformed(key.at(), "A map has no merge keys (<<).", "Write the entries out.");
            return null;
        }
        if (key instanceof Yaml.Scalar scalar && !scalar.text().isBlank()) {
            return new Word(scalar.text(), key.at());
        }
        if (!(key instanceof Yaml.Broken)) {
            faults.malformed(
                    key.at(),
                    "The name before a colon is " + key.shown() + ", and must be a word.",
                    "Write a name; if the braces belong to a text, write it in quotes, e.g. \"{{}}\" for {}.");
        }
        return null;
    }

    private Yaml scalar(ScalarEvent event) {
        String text = event.getValue();
        if (text.chars().anyMatch(c -> c == 0) || !Shown.isWhole(text)) {
            faults.malformed(
                    at(event),
                    "This text holds a character that PostgreSQL cannot store (\\0 or half a surrogate pair).",
                    "Take the escape out.");
            return new Yaml.Broken(at(event));
        }
        return new Yaml.Scalar(text, event.isPlain() ? kind(text) : Yaml.Kind.TEXT, at(event));
    }

    private static Yaml.Kind kind(String plain) {
        Tag tag = CORE.resolve(plain, true);
        if (tag.equals(Tag.NULL)) {
            return Yaml.Kind.NULL;
        }
        if (tag.equals(Tag.BOOL)) {
            return Yaml.Kind.BOOLEAN;
        }
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? Yaml.Kind.NUMBER : Yaml.Kind.TEXT;
    }

    private void refuseAnchor(NodeEvent event) {
        Optional<Anchor> anchor = event.getAnchor();
        if (anchor.isPresent()) {
            String sign = event instanceof AliasEvent ? "*" : "&";
            faults.malformed(
                    at(event),
                    "A map has no anchors and aliases (" + sign
                            + Shown.cut(anchor.get().getValue()) + ").",
                    "Write the entries out; if the " + sign + " belongs to a text, write it in quotes.");
        }
    }

    private boolean refuseTag(NodeEvent event, Optional<String> tag) {
        tag.ifPresent(t -> faults.malformed(
                at(event),
                "A map has no tags (" + Shown.cut(t) + ").",
                "Take the tag out; if the ! belongs to a text, write it in quotes."));
        return tag.isPresent();
    }

    private Position at(Event event) {
        return faults.at(event.getStartMark());
    }

    /** Ends the reading: what lies deeper has no meaning. */
    private static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final transient Position at;

        TooDeep(Position at) {
            super("too deep", null, false, false);
            this.at = at;
        }
    }
}
