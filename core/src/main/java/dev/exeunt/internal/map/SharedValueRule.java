package dev.exeunt.internal.map;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Says whose rows those are that a person is matched to by a value which another present person holds as well. */
public enum SharedValueRule {
    /** The rows are left as they are, and counted. */
    LEAVE("leave"),
    /** As {@link #LEAVE}; besides, a person who is not present takes no row by the value, even if no other person holds it. */
    MINE_IF_PRESENT("mine-if-present"),
    /** An export leaves the rows out; an erasure stops before it writes anything. */
    ASK("ask");

    private final String word;

    SharedValueRule(String word) {
        this.word = word;
    }

    /** Returns the map's word for it. */
    public String word() {
        return word;
    }

    /** Returns the map's words, in their order. */
    public static List<String> words() {
        return Arrays.stream(values()).map(SharedValueRule::word).toList();
    }

    /** Returns the rule of a word of the map; empty for another word. */
    public static Optional<SharedValueRule> ofWord(String word) {
        return Arrays.stream(values()).filter(r -> r.word.equals(word)).findFirst();
    }
}
