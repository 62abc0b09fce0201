package dev.exeunt.internal.draft.update;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.draft.model.DraftLink;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.ProposedFate;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.RowOutcome;
import dev.exeunt.internal.map.TableReference;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Fills a draft model with the roles of an existing map, which no proposal may change. */
final class ExistingMapModel {

    /** Holds a role of the existing map and its counterpart in the draft model. */
    record ExistingRole(MappedTable table, Role role, DraftRole drafted) {}

    private final DatabaseSchema schema;
    private final MapDefinition map;
    private final DraftModel model;
    /** a large map names the same tables thousands of times */
    private final Map<String, Optional<Table>> resolved = new HashMap<>();

    private final Map<DraftTable, MappedTable> tables = new LinkedHashMap<>();
    private final Map<DraftRole, ExistingRole> roles = new LinkedHashMap<>();

    ExistingMapModel(DatabaseSchema schema, MapDefinition map) {
        this.schema = schema;
        this.map = map;
        this.model = emptyModel();
        for (MappedTable table : map.tables()) {
            resolve(table.table())
                    .map(t -> model.table(t.name()))
                    .ifPresent(drafted -> tables.putIfAbsent(drafted, table));
        }
        tables.forEach(this::settle);
        roles.values().forEach(this::hang);
    }

    DraftModel model() {
        return model;
    }

    /** The map's entries by table. */
    Map<DraftTable, MappedTable> tables() {
        return tables;
    }

    Iterable<ExistingRole> roles() {
        return roles.values();
    }

    /** Returns a model of the same schema and subject without any decisions about tables. */
    DraftModel emptyModel() {
        Table subject = resolve(map.subject().table())
                .orElseThrow(() -> new ExeuntException(
                        "There is no table " + map.subject().table() + " in database " + schema.database() + "."));
        List<String> identifiers = texts(map.subject().identifiers()).stream()
                .filter(i -> subject.column(i).isPresent())
                .toList();
        Set<TableName> notPersonal = new HashSet<>();
        map.notPersonal().forEach(n -> resolve(n.table()).ifPresent(t -> notPersonal.add(t.name())));
        notPersonal.remove(subject.name());
        return new DraftModel(
                schema,
                subject.name(),
                new DraftModel.ExistingDecisions(texts(map.subject().key()), identifiers, notPersonal));
    }

    private void settle(DraftTable drafted, MappedTable table) {
        boolean inline = !drafted.isSubject()
                && table.roles().size() == 1
                && table.roles().get(0).name().equals(Role.ONLY)
                && table.roles().get(0).at().equals(table.table().at());
        drafted.settle(!inline);
        for (Role role : table.roles()) {
            DraftLink link = link(drafted.table(), role.link());
            roles.put(
                    drafted.settle(
                            role.name(),
                            link,
                            proposed(role.fate().outcome()),
                            model.subject().name().name()),
                    new ExistingRole(
                            table, role, drafted.roles().get(drafted.roles().size() - 1)));
        }
    }

    private DraftLink link(Table table, Link link) {
        if (link instanceof Link.SelfLink) {
            return new DraftLink.DraftSelfLink();
        }
        if (link instanceof Link.IdentifierLink matches) {
            return known(table, List.of(matches.on()))
                    ? new DraftLink.DraftIdentifierLink(
                            matches.identifier().text(), matches.on().text(), matches.shared() == null)
                    : new DraftLink.OpaqueLink(List.of(matches.on().text()));
        }
        if (link instanceof Link.ThroughLink through && !through.by().isEmpty()) {
            return by(table, through);
        }
        List<String> columns = columns(link);
        LocatedText where = link.where();
        boolean direct = link instanceof Link.DirectLink || toSubject((Link.ThroughLink) link);
        if (columns.stream().anyMatch(c -> table.column(c).isEmpty())) {
            return new DraftLink.OpaqueLink(columns);
        }
        TableName parent = direct
                ? model.subject().name()
                : resolve(((Link.ThroughLink) link).table()).map(Table::name).orElse(table.name());
        Optional<ForeignKey> key = table.foreignKeys().stream()
                .filter(f ->
                        f.parent().equals(parent) && Set.copyOf(f.columns()).equals(Set.copyOf(columns)))
                .findFirst();
        if (direct) {
            return new DraftLink.DraftDirectLink(columns, key.orElse(null), where == null ? null : where.text());
        }
        return key.isPresent() && where == null
                ? new DraftLink.DraftThroughLink(key.get())
                : new DraftLink.OpaqueLink(columns);
    }

    private DraftLink by(Table table, Link.ThroughLink link) {
        List<String> columns = texts(link.by());
        return schema.resolve(link.table()).stream()
                .flatMap(t -> t.foreignKeys().stream())
                .filter(f -> f.parent().equals(table.name()))
                .filter(f -> link.where() == null && Set.copyOf(f.columns()).equals(Set.copyOf(columns)))
                .findFirst()
                .<DraftLink>map(DraftLink.DraftReverseLink::new)
                .orElseGet(() -> new DraftLink.OpaqueLink(List.of()));
    }

    static List<String> columns(Link link) {
        if (link instanceof Link.DirectLink direct) {
            return texts(direct.columns());
        }
        return link instanceof Link.ThroughLink through
                ? texts(through.on())
                : link instanceof Link.IdentifierLink matches
                        ? List.of(matches.on().text())
                        : List.of();
    }

    /** Through the person's own row is to the person. */
    private boolean toSubject(Link.ThroughLink link) {
        boolean self = link.roles().isEmpty()
                || link.roles().stream().anyMatch(r -> r.text().equals(Role.SELF));
        return self
                && resolve(link.table())
                        .filter(t -> t.name().equals(model.subject().name()))
                        .isPresent();
    }

    private Optional<Table> resolve(TableReference ref) {
        return resolved.computeIfAbsent(ref.text(), text -> schema.resolve(ref));
    }

    private static boolean known(Table table, List<LocatedText> words) {
        return words.stream().allMatch(w -> table.column(w.text()).isPresent());
    }

    private static List<String> texts(List<LocatedText> words) {
        return words.stream().map(LocatedText::text).toList();
    }

    /** Finds the roles that a link goes through. */
    private void hang(ExistingRole settled) {
        if (settled.role().link() instanceof Link.ThroughLink through
                && !(settled.drafted().link() instanceof DraftLink.DraftDirectLink)) {
            List<String> named = texts(through.roles());
            settled.drafted().setThroughRoles(Set.copyOf(named));
            schema
                    .resolve(through.table())
                    .map(t -> model.table(t.name()))
                    .map(DraftTable::roles)
                    .orElse(List.of())
                    .stream()
                    .filter(r -> r.settled() && (named.isEmpty() || named.contains(r.name())))
                    .forEach(settled.drafted().parents()::add);
        }
    }

    private static ProposedFate proposed(RowOutcome outcome) {
        return switch (outcome) {
            case DELETE, STASH, DELETE_AT_REQUEST -> ProposedFate.DELETE;
            case DETACH, REASSIGN -> ProposedFate.DETACH;
            case ANONYMIZE, OVERWRITE_WHILE_HIDDEN -> ProposedFate.ANONYMIZE;
            case KEEP -> ProposedFate.KEEP;
            case LEAVE_ALONE, UNDECIDED, UNSPECIFIED -> ProposedFate.UNDECIDED;
        };
    }
}
