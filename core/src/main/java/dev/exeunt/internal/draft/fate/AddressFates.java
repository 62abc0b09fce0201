package dev.exeunt.internal.draft.fate;

import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.TablePurpose;
import dev.exeunt.internal.schema.TableName;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Proposes what becomes of rows that hold the person's address. An address that an organisation or a team has for its own is
 * never taken for the person's, since both may have the same one.
 */
final class AddressFates {

    private final DraftModel model;

    AddressFates(DraftModel model) {
        this.model = model;
    }

    void propose(DraftTable table, DraftRole role) {
        Optional<DraftRole> keyed = table.direct().stream()
                .filter(r -> r.claim() != LinkRelation.ACTOR)
                .findFirst();
        if (TablePurpose.heldByAddress(table.name().name())) {
            role.propose(ProposedFate.DELETE, "their address, in a row of no use without it");
        } else if (keyed.isPresent()) {
            besideKey(role, keyed.get());
        } else if (table.container() || table.keeper().isPresent()) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "An address of "
                            + table.keeper()
                                    .map(TableName::toString)
                                    .orElse(table.name().toString())
                            + " that may be the person's as well. Does another one take its place there (anonymize), or"
                            + " does it stay (keep)?");
        } else if (model.leaf(table.name())) {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "A row that holds the person's address and may be another person's. Is it theirs (delete), or should"
                            + " only the address go (anonymize)?");
        } else if (below(table).isEmpty()) {
            role.propose(ProposedFate.ANONYMIZE, "another person's row that names the person: what names them goes");
        } else {
            role.propose(
                    ProposedFate.UNDECIDED,
                    "Others may need the row that names the person, with what hangs off it in " + below(table)
                            + ". Does only what names the person go (anonymize), is it evidence (keep), or is all of it"
                            + " theirs (delete)?");
        }
    }

    /** Tables whose rows are parts of rows of this one; not those that only refer to it. */
    private String below(DraftTable table) {
        return model.referringTo(table.name()).stream()
                .filter(k -> k.columns().stream()
                        .allMatch(
                                c -> model.require(k.child()).table().require(c).notNull()))
                .map(k -> k.child().toString())
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
    }

    /** What has their address is treated as what has their key, as far as it can be. */
    private static void besideKey(DraftRole role, DraftRole keyed) {
        switch (keyed.fate()) {
            case DELETE -> role.propose(ProposedFate.DELETE, "their address, where no key says whose row it is");
            case UNDECIDED -> role.follow("the link " + keyed.name());
            case KEEP -> role.propose(ProposedFate.KEEP, keyed.why());
            case DETACH, ANONYMIZE ->
                role.propose(
                        ProposedFate.ANONYMIZE,
                        "their address, where no key says whose row it is: what names them goes");
        }
    }
}
