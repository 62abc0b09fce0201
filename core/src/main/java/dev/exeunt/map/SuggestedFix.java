package dev.exeunt.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Describes how the user removes a finding: text to paste, instructions, or both.
 *
 * @param paste what removes it as it stands; null where only a person can write that
 * @param words what to do, or the other ways out beside the paste; empty where there is none
 */
public record SuggestedFix(@Nullable FixSnippet paste, String words) {

    public static SuggestedFix words(String words) {
        return new SuggestedFix(null, words);
    }

    public static SuggestedFix sql(String statement, String otherwise) {
        return new SuggestedFix(new FixSnippet.SqlStatement(statement), otherwise);
    }

    public static SuggestedFix entries(List<String> under, String yaml, String otherwise) {
        return new SuggestedFix(new FixSnippet.MapEntries(under, yaml), otherwise);
    }

    public static SuggestedFix value(String instead, String yaml, String otherwise) {
        return new SuggestedFix(new FixSnippet.ValueReplacement(instead, yaml), otherwise);
    }

    /** What to paste and where, then {@code or} and the words, each on lines of its own. */
    @Override
    public String toString() {
        if (paste == null) {
            return words;
        }
        return words.isEmpty() ? paste.toString() : paste + "\nor " + words;
    }
}
