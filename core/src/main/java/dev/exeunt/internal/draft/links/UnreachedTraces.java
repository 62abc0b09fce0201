package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ConnectionTraces;
import java.util.List;
import java.util.stream.Collectors;

/** Notes tables with IP addresses or sessions that no link reaches, so that the draft does not leave them out in silence. */
public final class UnreachedTraces {

    private final DraftModel model;

    public UnreachedTraces(DraftModel model) {
        this.model = model;
    }

    public void note() {
        model.tables().stream()
                .filter(t -> !t.settled() && !t.isSubject() && t.all().isEmpty())
                .forEach(t -> {
                    List<Column> traces = ConnectionTraces.in(t.table());
                    if (!traces.isEmpty()) {
                        model.note(
                                t.name() + " may hold IP addresses or sessions of people ("
                                        + traces.stream().map(Column::name).collect(Collectors.joining(", "))
                                        + "), and no link reaches it. Say whose its rows are, or under not-personal why they may stay.");
                    }
                });
    }
}
