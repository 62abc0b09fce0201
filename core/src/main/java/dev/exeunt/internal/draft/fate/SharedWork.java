package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.TableName;
import java.util.Optional;

/**
 * Proposes what becomes of rows that others work in or rely on: containers, what lies in them, and what programs use. Such a row lets
 * go of the person where it can; else a person decides.
 */
final class SharedWork {

    private final DraftModel model;

    SharedWork(DraftModel model) {
        this.model = model;
    }

    /** Returns false where nothing says that others need the rows, and proposes nothing then. */
    boolean propose(DraftTable table, DraftRole role, boolean detachable) {
        if (table.container()) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "Other people work in it. Who takes it over (reassign), may it stay without an owner (detach), or"
                            + " does it go with everything in it (delete)?");
        } else if (integration(table)) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "Programs that others rely on may use it. Does it end with the person (delete), or does another person"
                            + " take it over first (reassign, keep)?");
        } else if (detachable && TablePurpose.rules(table.name().name())) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "It says what people may do, and others may rely on it. Does it go with the person (delete), or does it"
                            + " stay in force without an owner (detach)?");
        } else if (table.kept()) {
            kept(table, role, detachable);
        } else {
            return false;
        }
        return true;
    }

    /** Keys of an interface that a team has as well, and applications that other people let act for them. */
    private boolean integration(DraftTable table) {
        String name = table.name().name();
        boolean used = model.referringTo(table.name()).stream()
                .map(k -> model.require(k.child()))
                .anyMatch(
                        c -> TablePurpose.access(c.name().name()) && !c.direct().isEmpty());
        return TablePurpose.integration(name) && (used || table.keeper().isPresent());
    }

    private static void kept(DraftTable table, DraftRole role, boolean detachable) {
        String keeper = table.keeper().map(TableName::toString).orElse("");
        if (FateProposer.oneEach(table.table(), role.link().columns())) {
            role.propose(ProposedFate.DELETE, "the person is part of the row's key");
        } else if (detachable && (always(table) || !cascades(role))) {
            role.propose(ProposedFate.DETACH, "it stays with " + keeper + ", without the person");
        } else {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "Rows may belong to " + keeper + " as well as to the person. Do they stay there"
                            + (detachable ? " (detach" : " (reassign")
                            + ", keep), or are they the person's own (delete)?");
        }
    }

    private static boolean cascades(DraftRole role) {
        ForeignKey key = role.link().key();
        return key != null && key.onDelete() == ForeignKey.ReferentialAction.CASCADE;
    }

    /** Whether each row lies in a container, and none is a person's alone. */
    private static boolean always(DraftTable table) {
        return table.table().foreignKeys().stream()
                .filter(k -> Optional.of(k.parent()).equals(table.keeper()))
                .anyMatch(k -> k.columns().stream()
                        .allMatch(c -> table.table().require(c).notNull()));
    }
}
