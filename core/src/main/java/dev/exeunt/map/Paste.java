package dev.exeunt.map;

import java.util.List;
import java.util.stream.Collectors;

/** What removes a finding as it stands: text, and the place it is meant for. */
public sealed interface Paste {

    /** SQL or YAML, without indentation of its own. */
    String text();

    /** For machines: {@code sql}, {@code entries} or {@code value}. */
    String kind();

    /** One statement to run, by somebody who may. */
    record Sql(String text) implements Paste {
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
     * Entries of the map, each in place of the one that has the same word, if there is one.
     *
     * @param under the words that lead to the mapping the entries belong in, from the top; what is missing on the way is new
     * @param without words of that mapping that go
     */
    record Entries(List<String> under, List<String> without, String text) implements Paste {
        public Entries {
            under = List.copyOf(under);
            without = List.copyOf(without);
        }

        public Entries(List<String> under, String text) {
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
     * A word or value of the map, in place of the one at the finding's position.
     *
     * @param instead what stands there, for people
     */
    record Value(String instead, String text) implements Paste {
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
