package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.names.ContainerNames;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.ForeignKey;
import java.util.Comparator;
import java.util.Optional;

/**
 * Finds tables in whose rows several people work, and rows that such a row keeps. An organisation, a team or a project does not
 * go with one person, and what lies in it is not the person's alone: a document with a key to a team is the team's as well.
 */
public final class ContainerTables {

    private final DraftModel model;
    private final String subject;

    public ContainerTables(DraftModel model) {
        this.model = model;
        this.subject = model.subject().name().name();
    }

    /** Marks the containers first, then what each of them keeps. */
    public void mark() {
        model.tables().stream().filter(this::shared).forEach(DraftTable::markContainer);
        for (DraftTable table : model.tables()) {
            if (!table.isSubject() && !table.container()) {
                keeper(table).ifPresent(k -> table.keepIn(k.parent()));
            }
        }
    }

    private boolean shared(DraftTable table) {
        String name = table.name().name();
        if (table.isSubject() || table.kind() == TablePurpose.MONEY) {
            return false;
        }
        return ContainerNames.organisation(name) && !onesOwn(table)
                || hasMembers(table)
                || ContainerNames.place(name) && (!owned(table) || othersBelow(table));
    }

    /** A company that the person alone is keyed to, as the company of a customer's address. */
    private boolean onesOwn(DraftTable table) {
        return table.direct().stream().anyMatch(r -> r.stance() == LinkRelation.OWNER && uniquely(table, r))
                && !hasMembers(table);
    }

    private static boolean uniquely(DraftTable table, DraftRole role) {
        return table.table().indexes().stream()
                .anyMatch(i -> i.uniqueForAll() && role.link().columns().containsAll(i.columns()));
    }

    private static boolean owned(DraftTable table) {
        return table.direct().stream().anyMatch(r -> r.stance() == LinkRelation.OWNER);
    }

    private boolean hasMembers(DraftTable table) {
        return model.referringTo(table.name()).stream()
                .filter(k -> !k.selfReference())
                .map(k -> model.require(k.child()))
                .anyMatch(c -> owned(c)
                        && c.kind() == TablePurpose.PERSONAL
                        && table.kind() != TablePurpose.MESSAGE
                        && table.kind() != TablePurpose.THREAD
                        && ContainerNames.membership(
                                c.name().name(), table.name().name(), subject));
    }

    private boolean othersBelow(DraftTable table) {
        return model.referringTo(table.name()).stream()
                .map(k -> model.require(k.child()))
                .anyMatch(c -> c != table && !c.direct().isEmpty());
    }

    /** A key that is never empty counts before one that may be. */
    private Optional<ForeignKey> keeper(DraftTable table) {
        return table.table().foreignKeys().stream()
                .filter(k -> {
                    DraftTable parent = model.table(k.parent());
                    return parent != null && parent.container();
                })
                .min(Comparator.comparing((ForeignKey k) -> k.columns().stream()
                                .anyMatch(c -> !table.table().require(c).notNull()))
                        .thenComparing(ForeignKey::name));
    }
}
