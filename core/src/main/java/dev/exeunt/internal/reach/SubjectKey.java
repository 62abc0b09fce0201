package dev.exeunt.internal.reach;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A subject's key, one text per key column. Its text is personal data: it may be shown only to the user who typed it.
 */
public record SubjectKey(List<String> parts) {

    public SubjectKey {
        parts = List.copyOf(parts);
    }

    /**
     * What {@code {key}} stands for: a single part as it is. Of several parts each stands behind its length, as {@code 1.7-2.42}, so that
     * {@code ("a-b", "c")} and {@code ("a", "b-c")} differ.
     */
    public String joined() {
        return parts.size() == 1
                ? parts.get(0)
                : parts.stream()
                        .map(p -> p.codePointCount(0, p.length()) + "." + p)
                        .collect(Collectors.joining("-"));
    }

    /**
     * The key as a person types it: {@code 7,42}. A comma or backslash within one of several parts stands behind a backslash, so that
     * {@link SubjectFinder} reads the same key back.
     */
    public String typed() {
        return parts.size() == 1
                ? parts.get(0)
                : parts.stream()
                        .map(p -> p.replace("\\", "\\\\").replace(",", "\\,"))
                        .collect(Collectors.joining(","));
    }

    /** The opposite of {@link #typed}; a backslash before any other character stands for itself. */
    static List<String> split(String typed) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        for (int i = 0; i < typed.length(); i++) {
            char c = typed.charAt(i);
            boolean escapes = c == '\\' && i + 1 < typed.length() && "\\,".indexOf(typed.charAt(i + 1)) >= 0;
            if (escapes) {
                part.append(typed.charAt(++i));
            } else if (c == ',') {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    /** As people and tokens name the subject: the parts with a comma between. */
    public String text() {
        return String.join(",", parts);
    }

    /** Without the key, so that no log or exception shows it by accident. */
    @Override
    public String toString() {
        return "SubjectKey[hidden]";
    }
}
