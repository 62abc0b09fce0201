package dev.exeunt.map;

import java.util.List;
import java.util.stream.Collectors;

/** Holds text that removes a finding once the user has put it in its place. */
public sealed interface FixSnippet {

    /** SQL or YAML, without indentation of its own. */
    String text();

    /** For machines: {@code sql}, {@code entries} or {@code value}. */
    String kind();

    /** Holds one SQL statement that removes the finding when the user runs it. */
    record SqlStatement(String text) implements FixSnippet {
        @Override
        public String kind() {
            return "sql";
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /**
     * Holds map entries to add, each replacing the entry of the same name if there is one.
     *
     * @param under the words that lead to the mapping the entries belong in, from the top; what is missing on the way is new
     * @param without words of that mapping that go
     */
    record MapEntries(List<String> under, List<String> without, String text) implements FixSnippet {
        public MapEntries {
            under = List.copyOf(under);
            without = List.copyOf(without);
        }

        public MapEntries(List<String> under, String text) {
            this(under, List.of(), text);
        }

        @Override
        public String kind() {
            return "entries";
        }

        @Override
        public String toString() {
            String place = under.stream().map(w -> w + ":").collect(Collectors.joining(" "));
            String instead = without.isEmpty() ? "" : ", in place of " + String.join(", ", without);
            return "under " + place + instead + "\n  " + text.replace("\n", "\n  ");
        }
    }

    /**
     * Holds a word or value that replaces the one at the finding's position.
     *
     * @param instead what stands there, for people
     */
    record ValueReplacement(String instead, String text) implements FixSnippet {
        @Override
        public String kind() {
            return "value";
        }

        @Override
        public String toString() {
            return "write " + text + " instead of " + instead;
        }
    }
}
