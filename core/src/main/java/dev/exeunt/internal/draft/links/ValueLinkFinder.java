package dev.exeunt.internal.draft.links;

import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.names.AddressColumns;
import dev.exeunt.internal.names.ContainerNames;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.NameWords;
import dev.exeunt.internal.names.VersionTables;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.IdentifierUniqueness;
import dev.exeunt.internal.schema.Table;
import java.util.List;
import java.util.Set;

/**
 * Links rows that hold the value of one of the person's identifiers and that no key ties to a person. A value that an organisation
 * or a team holds as well is the organisation's: such a row is asked about, and nothing below it counts as the person's.
 */
final class ValueLinkFinder {

    /** lists of names that no person may take: a value in them belongs to no person */
    private static final Set<String> LISTS = NameWords.set("""
            reserved forbidden blocked banned blacklist blocklist denylist allowlist whitelist disallowed restricted
            """);

    private final DraftModel model;
    private final Table subject;

    ValueLinkFinder(DraftModel model) {
        this.model = model;
        this.subject = model.subject().table();
    }

    void match(DraftTable table) {
        if (table.isSubject()
                || VersionTables.of(table.name(), subject.name())
                || table.direct().stream().anyMatch(r -> tied(table, r))) {
            return;
        }
        model.email()
                .ifPresent(identifier -> AddressColumns.of(table.table()).ifPresent(c -> add(table, identifier, c)));
        model.identifiers().stream()
                .filter(i -> !i.equals(model.email().orElse("")))
                .forEach(i -> sameName(table, i));
    }

    /** A column called as the identifier is, in a table that no other key leads to. */
    private void sameName(DraftTable table, String identifier) {
        List<String> words = NameWords.singular(table.name().name());
        boolean list = words.stream().anyMatch(LISTS::contains);
        boolean alone = table.roles().isEmpty()
                && !model.onPath(table.name())
                && !ContainerNames.organisation(table.name().name());
        table.table().columns().stream()
                .filter(c -> alone && !list && c.type().isText())
                .filter(c -> NameWords.of(c.name()).equals(NameWords.of(identifier)))
                .findFirst()
                .ifPresent(c -> add(table, identifier, c)
                        .doubt("The rows hold the person's " + identifier
                                + ". Are they theirs (delete), or must they stay"
                                + " (keep, or anonymize what names the person)?"));
    }

    private DraftRole add(DraftTable table, String identifier, Column column) {
        boolean unique = IdentifierUniqueness.isProven(subject, subject.require(identifier));
        return table.add(new DraftLink.DraftIdentifierLink(identifier, column.name(), unique), LinkRelation.TARGET);
    }

    /** Whether every row is a person's by this link: then the address beside it is theirs, and no second link is needed. */
    private static boolean tied(DraftTable table, DraftRole role) {
        return role.stance() != LinkRelation.ACTOR
                && !role.doubtful()
                && role.link().columns().stream()
                        .allMatch(c -> table.table().require(c).notNull());
    }
}
