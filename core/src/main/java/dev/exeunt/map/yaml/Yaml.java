package dev.exeunt.map.yaml;

import dev.exeunt.map.Position;
import dev.exeunt.map.Word;
import java.util.List;

/** A YAML document as a tree of places; what is left of it once everything a map has no use for has been refused. */
sealed interface Yaml {

    Position at();

    /** For messages: what stands there. */
    String shown();

    /** What a scalar is under the core schema of YAML 1.2; anything quoted is text. */
    enum Kind {
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL
    }

    record Scalar(String text, Kind kind, Position at) implements Yaml {
        @Override
        public String shown() {
            return switch (kind) {
                case TEXT -> text.isBlank() ? "an empty text" : "the text " + Shown.quoted(text);
                case NUMBER -> "the number " + Shown.cut(text);
                case BOOLEAN -> Shown.cut(text);
                case NULL -> "empty";
            };
        }
    }

    record Sequence(List<Yaml> items, Position at) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return items.isEmpty() ? "an empty list" : "a list";
        }
    }

    /**
     * Names, each with a value.
     *
     * @param flow whether it was written with braces
     */
    record Mapping(List<Entry> entries, boolean flow, Position at) implements Yaml {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String shown() {
            return entries.isEmpty() ? "an empty mapping" : "a mapping";
        }
    }

    /** Something refused already; readers pass over it in silence, so that one fault is told once. */
    record Broken(Position at) implements Yaml {
        @Override
        public String shown() {
            return "something unreadable";
        }
    }

    record Entry(Word key, Yaml value) {}
}
