package dev.exeunt.map;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a finding is removed.
 *
 * @param paste what removes it as it stands; null where only a person can write that
 * @param words what to do, or the other ways out beside the paste; empty where there is none
 */
public record Fix(@Nullable Paste paste, String words) {

    public static Fix words(String words) {
        return new Fix(null, words);
    }

    public static Fix sql(String statement, String otherwise) {
        return new Fix(new Paste.Sql(statement), otherwise);
    }

    public static Fix entries(List<String> under, String yaml, String otherwise) {
        return new Fix(new Paste.Entries(under, yaml), otherwise);
    }

    public static Fix value(String instead, String yaml, String otherwise) {
        return new Fix(new Paste.Value(instead, yaml), otherwise);
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
