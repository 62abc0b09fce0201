package dev.exeunt.map;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Describes how the user removes a finding: text to paste, instructions, or both.
 *
 * @param paste what removes it as it stands; null where only a person can write that
 * @param words what to do, or the other ways out beside the paste; empty where there is none
 */
public record SuggestedFix(@Nullable Snippet paste, String words) {

    public static SuggestedFix words(String words) {
        return new SuggestedFix(null, words);
    }

    public static SuggestedFix sql(String statement, String otherwise) {
        return new SuggestedFix(new SqlStatement(statement), otherwise);
    }

    public static SuggestedFix entries(List<String> under, String yaml, String otherwise) {
        return new SuggestedFix(new MapEntries(under, yaml), otherwise);
    }

    public static SuggestedFix value(String instead, String yaml, String otherwise) {
        return new SuggestedFix(new ValueReplacement(instead, yaml), otherwise);
    }

    /** What to paste and where, then {@code or} and the words, each on lines of its own. */
    @Override
    public String toString() {
        if (paste == null) {
            return words;
        }
        return words.isEmpty() ? paste.toString() : paste + "\nor " + words;
    }

    /** Holds text that removes a finding once the user has put it in its place. */
    public sealed interface Snippet {

        /** SQL or YAML, without indentation of its own. */
        String text();

        /** For machines: {@code sql}, {@code entries} or {@code value}. */
        String kind();
    }

    /** Holds one SQL statement that removes the finding when the user runs it. */
    public record SqlStatement(String text) implements Snippet {
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
    public record MapEntries(List<String> under, List<String> without, String text) implements Snippet {
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
    public record ValueReplacement(String instead, String text) implements Snippet {
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
