package dev.exeunt.draft.update;

import dev.exeunt.ExeuntException;
import dev.exeunt.draft.model.DraftLink;
import dev.exeunt.draft.model.DraftRole;
import dev.exeunt.draft.model.DraftTable;
import dev.exeunt.draft.model.Model;
import dev.exeunt.draft.model.Proposed;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Fate;
import dev.exeunt.map.Link;
import dev.exeunt.map.Role;
import dev.exeunt.map.TableMap;
import dev.exeunt.map.TableRef;
import dev.exeunt.map.Word;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.Table;
import dev.exeunt.schema.TableName;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a map says, as the ground that a draft builds on: its roles stand in the model as they are, whatever has become of
 * their names, and no proposal changes them.
 */
final class Settlement {

    /** A role of the map and its place in the model. */
    record Settled(TableMap table, Role role, DraftRole drafted) {}

    private final DatabaseSchema schema;
    private final DataMap map;
    private final Model model;
    /** a large map names the same tables thousands of times */
    private final Map<String, Optional<Table>> resolved = new HashMap<>();

    private final Map<DraftTable, TableMap> tables = new LinkedHashMap<>();
    private final Map<DraftRole, Settled> roles = new LinkedHashMap<>();

    Settlement(DatabaseSchema schema, DataMap map) {
        this.schema = schema;
        this.map = map;
        this.model = ground();
        for (TableMap table : map.tables()) {
            resolve(table.table())
                    .map(t -> model.table(t.name()))
                    .ifPresent(drafted -> tables.putIfAbsent(drafted, table));
        }
        tables.forEach(this::settle);
        roles.values().forEach(this::hang);
    }

    Model model() {
        return model;
    }

    /** The map's entries by table. */
    Map<DraftTable, TableMap> tables() {
        return tables;
    }

    Iterable<Settled> roles() {
        return roles.values();
    }

    /** A model of the same ground on which nobody has said anything of any table. */
    Model ground() {
        Table subject = resolve(map.subject().table())
                .orElseThrow(() -> new ExeuntException(
                        "There is no table " + map.subject().table() + " in database " + schema.database() + "."));
        List<String> identifiers = texts(map.subject().identifiers()).stream()
                .filter(i -> subject.column(i).isPresent())
                .toList();
        Set<TableName> notPersonal = new HashSet<>();
        map.notPersonal().forEach(n -> resolve(n.table()).ifPresent(t -> notPersonal.add(t.name())));
        notPersonal.remove(subject.name());
        return new Model(
                schema, subject.name(), new Model.Said(texts(map.subject().key()), identifiers, notPersonal));
    }

    private void settle(DraftTable drafted, TableMap table) {
        boolean inline = !drafted.isSubject()
                && table.roles().size() == 1
                && table.roles().get(0).name().equals(Role.ONLY)
                && table.roles().get(0).at().equals(table.table().at());
        drafted.settle(!inline);
        for (Role role : table.roles()) {
            DraftLink link = link(drafted.table(), role.link());
            roles.put(
                    drafted.settle(role.name(), link, proposed(role.fate())),
                    new Settled(table, role, drafted.roles().get(drafted.roles().size() - 1)));
        }
    }

    private DraftLink link(Table table, Link link) {
        if (link instanceof Link.Self) {
            return new DraftLink.Self();
        }
        if (link instanceof Link.Matches matches) {
            return known(table, List.of(matches.on()))
                    ? new DraftLink.Matches(
                            matches.identifier().text(), matches.on().text())
                    : new DraftLink.Odd(List.of(matches.on().text()));
        }
        if (link instanceof Link.Through through && !through.by().isEmpty()) {
            return by(table, through);
        }
        List<String> columns = columns(link);
        Word where = link.where();
        boolean direct = link instanceof Link.Direct || toSubject((Link.Through) link);
        if (columns.stream().anyMatch(c -> table.column(c).isEmpty())) {
            return new DraftLink.Odd(columns);
        }
        TableName parent = direct
                ? model.subject().name()
                : resolve(((Link.Through) link).table()).map(Table::name).orElse(table.name());
        Optional<ForeignKey> key = table.foreignKeys().stream()
                .filter(f ->
                        f.parent().equals(parent) && Set.copyOf(f.columns()).equals(Set.copyOf(columns)))
                .findFirst();
        if (direct) {
            return new DraftLink.Direct(columns, key.orElse(null), where == null ? null : where.text());
        }
        return key.isPresent() && where == null ? new DraftLink.Through(key.get()) : new DraftLink.Odd(columns);
    }

    private DraftLink by(Table table, Link.Through link) {
        List<String> columns = texts(link.by());
        return schema.resolve(link.table()).stream()
                .flatMap(t -> t.foreignKeys().stream())
                .filter(f -> f.parent().equals(table.name()))
                .filter(f -> link.where() == null && Set.copyOf(f.columns()).equals(Set.copyOf(columns)))
                .findFirst()
                .<DraftLink>map(DraftLink.By::new)
                .orElseGet(() -> new DraftLink.Odd(List.of()));
    }

    static List<String> columns(Link link) {
        if (link instanceof Link.Direct direct) {
            return texts(direct.columns());
        }
        return link instanceof Link.Through through
                ? texts(through.on())
                : link instanceof Link.Matches matches ? List.of(matches.on().text()) : List.of();
    }

    /** Through the person's own row is to the person. */
    private boolean toSubject(Link.Through link) {
        boolean self = link.roles().isEmpty()
                || link.roles().stream().anyMatch(r -> r.text().equals(Role.SELF));
        return self
                && resolve(link.table())
                        .filter(t -> t.name().equals(model.subject().name()))
                        .isPresent();
    }

    private Optional<Table> resolve(TableRef ref) {
        return resolved.computeIfAbsent(ref.text(), text -> schema.resolve(ref));
    }

    private static boolean known(Table table, List<Word> words) {
        return words.stream().allMatch(w -> table.column(w.text()).isPresent());
    }

    private static List<String> texts(List<Word> words) {
        return words.stream().map(Word::text).toList();
    }

    /** Finds the roles that a link goes through. */
    private void hang(Settled settled) {
        if (settled.role().link() instanceof Link.Through through
                && !(settled.drafted().link() instanceof DraftLink.Direct)) {
            List<String> named = texts(through.roles());
            settled.drafted().goesThrough(Set.copyOf(named));
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

    private static Proposed proposed(Fate fate) {
        if (fate instanceof Fate.Delete) {
            return Proposed.DELETE;
        }
        if (fate instanceof Fate.Detach || fate instanceof Fate.Reassign) {
            return Proposed.DETACH;
        }
        if (fate instanceof Fate.Anonymize) {
            return Proposed.ANONYMIZE;
        }
        return fate instanceof Fate.Keep ? Proposed.KEEP : Proposed.UNDECIDED;
    }
}
