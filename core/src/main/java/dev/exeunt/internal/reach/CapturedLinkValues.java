package dev.exeunt.internal.reach;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Holds the values of a role's link columns by which its rows are found, each with the subject it was reached from. They are not
 * the rows' primary keys: one entry can match many rows. Equal values are held once, in the order they were found.
 */
final class CapturedLinkValues {

    private final int width;
    private final Map<List<String>, String> subjectByValues = new LinkedHashMap<>();

    CapturedLinkValues(int width) {
        this.width = width;
    }

    /** @return whether these values are new */
    boolean add(List<String> values, String subject) {
        return subjectByValues.putIfAbsent(values, subject) == null;
    }

    void addAll(CapturedLinkValues other) {
        other.subjectByValues.forEach(this::add);
    }

    int size() {
        return subjectByValues.size();
    }

    boolean isEmpty() {
        return subjectByValues.isEmpty();
    }

    /** Those of the values that the other set does not hold. */
    CapturedLinkValues without(CapturedLinkValues other) {
        CapturedLinkValues rest = new CapturedLinkValues(width);
        subjectByValues.forEach((values, subject) -> {
            if (!other.subjectByValues.containsKey(values)) {
                rest.add(values, subject);
            }
        });
        return rest;
    }

    /** One array per column, ready to bind. */
    List<String[]> columns() {
        List<String[]> columns = new ArrayList<>();
        for (int i = 0; i < width; i++) {
            int column = i;
            columns.add(
                    subjectByValues.keySet().stream().map(v -> v.get(column)).toArray(String[]::new));
        }
        return columns;
    }

    /** The subject's key where all of the values were reached from one. */
    Optional<String> onlySubject() {
        Set<String> subjects = new HashSet<>(subjectByValues.values());
        return subjects.size() == 1 ? subjects.stream().findFirst() : Optional.empty();
    }

    /** The subjects' keys, pairwise with {@link #columns()}. */
    String[] subjects() {
        return subjectByValues.values().toArray(String[]::new);
    }
}
