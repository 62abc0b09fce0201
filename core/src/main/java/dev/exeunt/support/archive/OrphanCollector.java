package dev.exeunt.support.archive;

import dev.exeunt.archive.ArchiveName;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Collects stored items by archive name and returns those that no export job knows. */
public final class OrphanCollector<T> {

    private static final int ASKED_AT_ONCE = 1000;

    private final UnaryOperator<Set<ArchiveName>> known;
    private final List<NamedItem<T>> found = new ArrayList<>();

    public OrphanCollector(UnaryOperator<Set<ArchiveName>> known) {
        this.known = known;
    }

    public void add(ArchiveName name, T what) {
        found.add(new NamedItem<>(name, what));
    }

    public boolean isFull() {
        return found.size() >= ASKED_AT_ONCE;
    }

    /** Returns the items added since the last call that no export job knows. */
    public List<T> take() {
        if (found.isEmpty()) {
            return List.of();
        }
        Set<ArchiveName> names = new LinkedHashSet<>();
        found.forEach(f -> names.add(f.name()));
        Set<ArchiveName> kept = known.apply(names);
        List<T> forgotten = found.stream()
                .filter(f -> !kept.contains(f.name()))
                .map(NamedItem::what)
                .toList();
        found.clear();
        return forgotten;
    }

    /** Holds a stored item and the archive name that it was found under. */
    private record NamedItem<T>(ArchiveName name, T what) {}
}
