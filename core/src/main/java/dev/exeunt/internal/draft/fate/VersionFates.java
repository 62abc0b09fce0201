package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.VersionTables;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Proposes for former versions of rows what becomes of the rows themselves: versions of a row that goes go with it. */
final class VersionFates {

    private final DraftModel model;

    VersionFates(DraftModel model) {
        this.model = model;
    }

    void propose() {
        List<DraftTable> history = model.tables().stream()
                .filter(t -> VersionTables.marked(t.name()))
                .toList();
        Map<List<String>, List<DraftTable>> byRows =
                history.stream().collect(Collectors.groupingBy(t -> VersionTables.rows(t.name())));
        for (DraftTable base : model.tables()) {
            for (DraftTable versions :
                    byRows.getOrDefault(NameWords.singular(base.name().name()), List.of())) {
                if (!base.isSubject() && VersionTables.of(versions.name(), base.name())) {
                    base.direct().stream().filter(DraftRole::deletes).forEach(r -> follow(versions, r));
                }
            }
        }
    }

    private static void follow(DraftTable versions, DraftRole role) {
        versions.direct().stream()
                .filter(r -> r.claim() == LinkRelation.OWNER)
                .filter(r -> r.link().columns().equals(role.link().columns()))
                .forEach(r -> r.propose(
                        ProposedFate.DELETE,
                        "former versions of rows of " + role.table().name() + ", which go"));
    }
}
