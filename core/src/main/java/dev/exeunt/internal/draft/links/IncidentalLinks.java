package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.ColumnPrefix;
import java.util.List;
import java.util.Set;

/**
 * Finds links that name a person beside what the row is about. A key that may be empty and says more than whose the row is, such as
 * {@code contact_id} or the default owner in a row of settings, only lets go.
 */
public final class IncidentalLinks {

    private static final Set<String> SETTINGS = NameWords.set("setting config configuration option parameter");

    private final DraftModel model;

    public IncidentalLinks(DraftModel model) {
        this.model = model;
    }

    public void mark() {
        model.tables().stream()
                .filter(t -> !t.isSubject())
                .flatMap(t -> t.direct().stream())
                .filter(r -> r.stance() == LinkRelation.OWNER && mayBeEmpty(r))
                .filter(r -> settings(r.table()) || beside(r))
                .forEach(DraftRole::markIncidental);
    }

    private static boolean mayBeEmpty(DraftRole role) {
        return role.link().columns().stream()
                .noneMatch(c -> role.table().table().require(c).notNull());
    }

    private static boolean settings(DraftTable table) {
        List<String> words = NameWords.singular(table.name().name());
        return !words.isEmpty() && SETTINGS.contains(words.get(words.size() - 1));
    }

    private boolean beside(DraftRole role) {
        DraftTable table = role.table();
        boolean plain = LinkRelation.plain(
                ColumnPrefix.bareNames(table.table(), role.link().columns()),
                model.subject().name().name());
        return !plain && table.kind() == TablePurpose.CONTENT;
    }
}
