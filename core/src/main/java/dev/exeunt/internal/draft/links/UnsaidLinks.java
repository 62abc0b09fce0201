package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.NeighbourIdentifiers;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Set;

/** Notes what the language of maps cannot say yet: keys of people in arrays, and identifiers that stand in another table. */
public final class UnsaidLinks {

    private static final Set<String> PEOPLE = NameWords.set(
            "user member owner author assignee participant follower subscriber recipient reviewer editor");

    private final DraftModel model;

    public UnsaidLinks(DraftModel model) {
        this.model = model;
    }

    public void note() {
        for (Table table : model.schema().tables()) {
            table.columns().stream()
                    .filter(this::holdsKeys)
                    .forEach(c -> model.note(table.name() + "." + c.name()
                            + " may hold keys of people in an array, which no link can follow yet."));
        }
        List<String> beside =
                NeighbourIdentifiers.of(model.schema().tables(), model.subject().name());
        if (!beside.isEmpty() && model.identifiers().isEmpty()) {
            model.note("A person is known by " + String.join(", ", beside)
                    + " as well, and identifiers can name columns of "
                    + model.subject().name() + " only.");
        }
    }

    private boolean holdsKeys(Column column) {
        List<String> words = NameWords.singular(column.name());
        String subject =
                String.join("", NameWords.singular(model.subject().name().name()));
        return column.type().isArray()
                && words.size() > 1
                && Set.of("id", "ids").contains(words.get(words.size() - 1))
                && words.stream().anyMatch(w -> PEOPLE.contains(w) || w.equals(subject));
    }
}
