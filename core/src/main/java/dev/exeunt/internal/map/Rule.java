package dev.exeunt.internal.map;

import dev.exeunt.map.Finding.Position;
import java.util.List;

/** What a column becomes. */
public sealed interface Rule {

    Position at();

    /** Sets the column to NULL. */
    record NullRule(Position at) implements Rule {}

    /** Sets the column to a string, number or boolean, which the database casts to the column's type. */
    record LiteralRule(String text, Position at) implements Rule {}

    /** Sets the column to text with placeholders; a template of one placeholder keeps that value's type. */
    record TemplateRule(List<TemplatePart> parts, Position at) implements Rule {
        public TemplateRule {
            parts = List.copyOf(parts);
        }

        /** Whether the value differs from row to row or person to person. */
        public boolean uses(TemplatePlaceholder placeholder) {
            return parts.stream()
                    .anyMatch(p -> p instanceof TemplatePart.PlaceholderValue v && v.placeholder() == placeholder);
        }
    }

    /** Sets the column to a trusted SQL expression over the row's own columns. */
    record SqlRule(String expression, Position at) implements Rule {}

    /** Represents one piece of a template: fixed text or a placeholder. */
    sealed interface TemplatePart {
        /** Holds text that every written value contains unchanged. */
        record FixedText(String text) implements TemplatePart {}

        /** Marks the place where a placeholder's value is filled in. */
        record PlaceholderValue(TemplatePlaceholder placeholder) implements TemplatePart {}
    }

    /** Lists the values that a template may fill in. */
    enum TemplatePlaceholder {
        /** the subject's key; of several columns each behind its length: {@code 1.7-2.42} */
        KEY("key"),
        /** the moment of the erasure, or of the hiding */
        NOW("now"),
        /** 32 random hexadecimal digits, new for each row */
        RANDOM("random"),
        /** while hidden: when the erasure is due */
        DUE("due"),
        /** while hidden: until when the person cannot sign in; NULL where they can */
        BLOCKED_UNTIL("blocked-until");

        private final String word;

        TemplatePlaceholder(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
