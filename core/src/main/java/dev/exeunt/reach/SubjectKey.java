package dev.exeunt.reach;

import java.util.List;

/**
 * A subject's key, one text per key column. Its text is personal data: it goes to the screen of whoever typed it, and
 * nowhere else.
 */
public record SubjectKey(List<String> parts) {

    public SubjectKey {
        parts = List.copyOf(parts);
    }

    /** What {@code {key}} stands for: the parts joined with {@code -}. */
    public String joined() {
        return String.join("-", parts);
    }

    /** Without the key, so that no log or exception shows it by accident. */
    @Override
    public String toString() {
        return "SubjectKey[hidden]";
    }
}
