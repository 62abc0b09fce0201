package dev.exeunt.map;

import java.util.List;

/** What a column becomes. */
public sealed interface Rule {

    Position at();

    record Null(Position at) implements Rule {}

    /** A string, number or boolean, as text; the database casts it to the column's type. */
    record Literal(String text, Position at) implements Rule {}

    /** Text with placeholders; one that is a single placeholder has that value's type. */
    record Template(List<Part> parts, Position at) implements Rule {
        public Template {
            parts = List.copyOf(parts);
        }

        /** Whether the value differs from row to row or person to person. */
        public boolean uses(Placeholder placeholder) {
            return parts.stream().anyMatch(p -> p instanceof Part.Value v && v.placeholder() == placeholder);
        }
    }

    /** A trusted SQL expression over the row's columns. */
    record Sql(String expression, Position at) implements Rule {}

    /** A piece of a template. */
    sealed interface Part {
        record Text(String text) implements Part {}

        record Value(Placeholder placeholder) implements Part {}
    }

    /** What a template may fill in. */
    enum Placeholder {
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

        Placeholder(String word) {
            this.word = word;
        }

        public String word() {
            return word;
        }
    }
}
