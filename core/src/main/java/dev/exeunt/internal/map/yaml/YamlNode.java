package dev.exeunt.internal.map.yaml;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.map.Finding.Position;
import java.util.List;

/** Represents a node of a YAML document with its position in the file. */
public sealed interface YamlNode {

    Position at();

    /** For messages: what stands there. */
    String shown();

    /** Lists the types that a scalar has under the core schema of YAML 1.2; quoted scalars are text. */
    enum ScalarType {
        TEXT,
        NUMBER,
        BOOLEAN,
        NULL
    }

    /** Represents a single YAML value. */
    record YamlScalar(String text, ScalarType kind, Position at) implements YamlNode {
        @Override
        public String shown() {
            return switch (kind) {
                case TEXT -> text.isBlank() ? "an empty text" : "the text " + ValueExcerpt.quoted(text);
                case NUMBER -> "the number " + ValueExcerpt.cut(text);
                case BOOLEAN -> ValueExcerpt.cut(text);
                case NULL -> "empty";
            };
        }
    }

    /** Represents a YAML list. */
    record YamlSequence(List<YamlNode> items, Position at) implements YamlNode {
        public YamlSequence {
            items = List.copyOf(items);
        }

        @Override
        public String shown() {
            return items.isEmpty() ? "an empty list" : "a list";
        }
    }

    /**
     * Represents a YAML mapping of names to values.
     *
     * @param flow whether it was written with braces
     */
    record YamlMapping(List<YamlEntry> entries, boolean flow, Position at) implements YamlNode {
        public YamlMapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String shown() {
            return entries.isEmpty() ? "an empty mapping" : "a mapping";
        }
    }

    /** Replaces a node that was already reported, so that readers skip it without a second fault. */
    record RejectedNode(Position at) implements YamlNode {
        @Override
        public String shown() {
            return "something unreadable";
        }
    }

    /** Represents one key of a YAML mapping and its value. */
    record YamlEntry(LocatedText key, YamlNode value) {}
}
