package dev.exeunt.archive.internal;

import dev.exeunt.archive.ObjectName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Collects what was found under names, asks once for many of them who is known, and gives out what belongs to the others. */
public final class Forgotten<T> {

    private static final int ASKED_AT_ONCE = 1000;

    private final UnaryOperator<Set<ObjectName>> known;
    private final List<Found<T>> found = new ArrayList<>();

    public Forgotten(UnaryOperator<Set<ObjectName>> known) {
        this.known = known;
    }

    public void add(ObjectName name, T what) {
        found.add(new Found<>(name, what));
    }

    public boolean isFull() {
        return found.size() >= ASKED_AT_ONCE;
    }

    /** What nobody knows of what was added since it was last called. */
    public List<T> take() {
        if (found.isEmpty()) {
            return List.of();
        }
        Set<ObjectName> names = new LinkedHashSet<>();
        found.forEach(f -> names.add(f.name()));
        Set<ObjectName> kept = known.apply(names);
        List<T> forgotten = found.stream()
                .filter(f -> !kept.contains(f.name()))
                .map(Found::what)
                .toList();
        found.clear();
        return forgotten;
    }

    private record Found<T>(ObjectName name, T what) {}
}
