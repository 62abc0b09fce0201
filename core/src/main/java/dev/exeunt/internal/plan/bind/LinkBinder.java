package dev.exeunt.internal.plan.bind;

import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.plan.bind.MapBinder.FoundTable;
import dev.exeunt.internal.plan.bind.NameResolver.ValidNames;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Binds a link: to the columns of its own table, and to where the values come from that they must hold. */
final class LinkBinder {

    private final NameResolver names;
    private final PlannedSubject subject;
    private final Map<TableName, FoundTable> tables;

    /** @param tables that the map describes */
    LinkBinder(NameResolver names, PlannedSubject subject, Map<TableName, FoundTable> tables) {
        this.names = names;
        this.subject = subject;
        this.tables = tables;
    }

    /** Holds a link's columns and the source of their values, pairwise. */
    record BoundLink(List<Column> on, KeySource source) {}

    /**
     * Empty, with findings, where a name is unknown or the two can never be equal.
     *
     * @param place of the link in the map
     */
    Optional<BoundLink> bind(Table table, Link link, List<String> place) {
        return bond(table, link, place).filter(bond -> comparable(table, link, bond));
    }

    private Optional<BoundLink> bond(Table table, Link link, List<String> place) {
        if (link instanceof Link.SelfLink) {
            return Optional.of(new BoundLink(subject.key(), new KeySource.SubjectKeyValues(subject.key())));
        }
        if (link instanceof Link.DirectLink direct) {
            return names.columns(table, direct.columns()).flatMap(on -> toSubject(table, direct, on));
        }
        if (link instanceof Link.ThroughLink through) {
            return parent(through).flatMap(parent -> through(table, through, parent, place));
        }
        Link.IdentifierLink matches = (Link.IdentifierLink) link;
        return names.column(table, matches.on()).flatMap(on -> byValue(matches, on));
    }

    /** The subject's key, unless a foreign key says that these columns hold other columns of the subject's table. */
    private Optional<BoundLink> toSubject(Table table, Link.DirectLink link, List<Column> on) {
        Optional<List<Column>> referred = referred(table, on, subject.table());
        if (referred.isPresent() && !Set.copyOf(referred.get()).equals(Set.copyOf(subject.key()))) {
            RoleId self = new RoleId(subject.table().name(), Role.SELF);
            return Optional.of(new BoundLink(on, new KeySource.RoleRows(List.of(self), referred.get(), false)));
        }
        if (on.size() != subject.key().size()) {
            names.report(FindingCode.UNKNOWN_NAME.finding(
                    link.at(),
                    table.name() + "." + columnNames(on),
                    "the link has " + on.size() + " column(s), the subject's key has "
                            + subject.key().size() + ": " + columnNames(subject.key()) + ".",
                    "name as many columns, in the key's order"));
            return Optional.empty();
        }
        return Optional.of(new BoundLink(on, new KeySource.SubjectKeyValues(referred.orElse(subject.key()))));
    }

    /** Holds the table that a link goes through and what the map says of it. */
    private record ParentTable(Table table, MappedTable map) {}

    private Optional<ParentTable> parent(Link.ThroughLink link) {
        Optional<Table> parent = names.table(link.table());
        Optional<MappedTable> parentMap =
                parent.flatMap(p -> Optional.ofNullable(tables.get(p.name())).map(FoundTable::entry));
        if (parent.isPresent() && parentMap.isEmpty()) {
            names.report(FindingCode.UNKNOWN_NAME.finding(
                    link.table().at(),
                    parent.get().name().toString(),
                    "the map does not describe " + parent.get().name()
                            + ", so nothing can hang off a person's rows in it.",
                    "map " + parent.get().name() + " under tables:"));
        }
        return parentMap.map(m -> new ParentTable(parent.orElseThrow(), m));
    }

    /** The columns named refer from their table to the other: from this one to the parent, or the other way round. */
    private Optional<BoundLink> through(Table table, Link.ThroughLink link, ParentTable parent, List<String> place) {
        boolean back = !link.by().isEmpty();
        Table from = back ? parent.table() : table;
        Table to = back ? table : parent.table();
        Optional<List<Column>> named = names.columns(from, back ? link.by() : link.on());
        List<RoleId> roles = roles(link, parent.table(), parent.map(), place);
        if (named.isEmpty() || roles.isEmpty()) {
            return Optional.empty();
        }
        List<Column> columns = named.get();
        List<Column> referred = referred(from, columns, to)
                .orElseGet(() -> to.primaryKey().stream().map(to::require).toList());
        if (referred.size() != columns.size()) {
            names.report(FindingCode.UNKNOWN_NAME.finding(
                    link.at(),
                    from.name() + "." + columnNames(columns),
                    "no foreign key leads from " + from.name() + "." + columnNames(columns) + " to " + to.name()
                            + ", and its primary key is (" + columnNames(referred) + ").",
                    (back ? "by" : "on") + ": as many columns as " + to.name() + "'s primary key has"));
            return Optional.empty();
        }
        return Optional.of(
                back
                        ? new BoundLink(referred, new KeySource.RoleRows(roles, columns, true))
                        : new BoundLink(columns, new KeySource.RoleRows(roles, referred, false)));
    }

    private List<RoleId> roles(Link.ThroughLink link, Table parent, MappedTable parentMap, List<String> place) {
        List<String> known = parentMap.roles().stream().map(Role::name).toList();
        if (link.roles().isEmpty() && known.size() == 1) {
            return List.of(new RoleId(parent.name(), known.get(0)));
        }
        if (link.roles().isEmpty()) {
            names.report(FindingCode.UNKNOWN_NAME.finding(
                    link.at(),
                    parent.name().toString(),
                    parent.name() + " has several roles, and the link does not say which one it goes through.",
                    SuggestedFix.entries(
                            place,
                            "role: "
                                    + ownRoles(parentMap).stream()
                                            .map(YamlFormatter::scalar)
                                            .collect(Collectors.joining(", ", "[", "]")),
                            "those of them that it goes through")));
        }
        List<RoleId> roles = new ArrayList<>();
        for (LocatedText role : link.roles()) {
            if (known.contains(role.text())) {
                roles.add(new RoleId(parent.name(), role.text()));
            } else {
                names.unknown(
                        role,
                        parent.name() + "." + role.text(),
                        parent.name() + " has no role " + role.text() + ".",
                        ValidNames.oneOf(known));
            }
        }
        return roles;
    }

    /** The roles whose rows are the person's own; rows that a role only lets go of are other people's, with what hangs off them. */
    private static List<String> ownRoles(MappedTable parent) {
        List<String> own = parent.roles().stream()
                .filter(r ->
                        !r.handling().fate(AccountFlow.DELETE_ACCOUNT).outcome().cutsLink())
                .map(Role::name)
                .toList();
        return own.isEmpty() ? parent.roles().stream().map(Role::name).toList() : own;
    }

    private Optional<BoundLink> byValue(Link.IdentifierLink link, Column on) {
        Optional<Column> identifier = subject.identifiers().stream()
                .filter(c -> c.name().equals(link.identifier().text()))
                .findFirst();
        if (identifier.isEmpty()) {
            List<String> known =
                    subject.identifiers().stream().map(Column::name).toList();
            names.unknown(
                    link.identifier(),
                    link.identifier().text(),
                    link.identifier().text() + " is not among the subject's identifiers.",
                    known.isEmpty()
                            ? new ValidNames(known, "add it to subject: identifiers")
                            : ValidNames.oneOf(known));
        }
        return identifier.map(i -> new BoundLink(List.of(on), new KeySource.IdentifierValues(i, link.shared())));
    }

    /** What a foreign key over exactly these columns refers to in the parent, pairwise. */
    static Optional<List<Column>> referred(Table table, List<Column> on, Table parent) {
        List<String> columns = on.stream().map(Column::name).toList();
        return table.foreignKeys().stream()
                .filter(f -> f.parent().equals(parent.name()))
                .filter(f -> f.columns().size() == columns.size() && f.columns().containsAll(columns))
                .findFirst()
                .map(f -> columns.stream().map(c -> parent.require(pair(f, c))).toList());
    }

    private static String pair(ForeignKey key, String column) {
        return key.parentColumns().get(key.columns().indexOf(column));
    }

    private boolean comparable(Table table, Link link, BoundLink bond) {
        if (bond.source() instanceof KeySource.IdentifierValues) {
            return true;
        }
        for (int i = 0; i < bond.on().size(); i++) {
            Column here = bond.on().get(i);
            Column there = bond.source().columns().get(i);
            if (!ColumnComparability.are(here, there)) {
                names.report(ColumnComparability.finding(table, link.at(), here, there));
                return false;
            }
        }
        return true;
    }

    static String columnNames(List<Column> columns) {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }
}
