package dev.exeunt.internal.plan.fix;

import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.MapPath;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.plan.rule.UnnamedColumns;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TableNameFormatter;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Suggests links that the map lacks: a further role of a mapped table. */
public final class LinkSuggestions {

    private final BoundMap bound;
    private final TableNameFormatter refs;

    public LinkSuggestions(BoundMap bound) {
        this.bound = bound;
        this.refs = new TableNameFormatter(bound.schema());
    }

    /** The words of a link by this key. */
    List<String> link(ForeignKey key) {
        if (key.parent().equals(bound.subject().table().name())) {
            return List.of("subject: " + columns(key));
        }
        return through(key.parent(), roles(key.parent()), key);
    }

    /** The roles that a link through the table has to name: none where it has only one. */
    private List<String> roles(TableName parent) {
        List<String> roles = bound.mapEntry(parent).map(MappedTable::roles).orElse(List.of()).stream()
                .map(Role::name)
                .toList();
        return roles.size() > 1 ? roles : List.of();
    }

    /** The words of a link by a column whose name says that it refers to this table. */
    List<String> throughNamed(TableName parent, Column column) {
        return through(parent, roles(parent), YamlFormatter.scalar(column.name()));
    }

    /** As {@link #byName}, for a column whose name says that it refers to a row of another table than the subject's. */
    SuggestedFix byNameThrough(PlannedTable table, Column column, TableName parent) {
        return added(table, List.of(column.name()), new AddedLink(column.name(), throughNamed(parent, column), true));
    }

    private List<String> through(TableName parent, List<String> roles, ForeignKey key) {
        return through(parent, roles, columns(key));
    }

    private List<String> through(TableName parent, List<String> roles, String columns) {
        String name = bound.mapEntry(parent).map(t -> t.table().text()).orElseGet(() -> refs.text(parent));
        List<String> link = new ArrayList<>(List.of("through: " + YamlFormatter.scalar(name)));
        if (!roles.isEmpty()) {
            link.add("role: " + (roles.size() == 1 ? YamlFormatter.scalar(roles.get(0)) : FateYaml.list(roles)));
        }
        link.add("on: " + columns);
        return link;
    }

    private static String columns(ForeignKey key) {
        return key.columns().size() == 1 ? YamlFormatter.scalar(key.columns().get(0)) : FateYaml.list(key.columns());
    }

    static String name(ForeignKey key) {
        return String.join("-", key.columns());
    }

    /** A role that reaches what refers to the person by this key. */
    public SuggestedFix ofSubject(PlannedTable table, ForeignKey key) {
        return added(table, key.columns(), new AddedLink(name(key), List.of("subject: " + columns(key)), false));
    }

    /**
     * A role that reaches the rows whose column holds the person's key, or else an identifier.
     *
     * @param identifier null for the key
     */
    public SuggestedFix ofColumn(PlannedTable table, Column column, @Nullable Column identifier) {
        return added(table, List.of(column.name()), new AddedLink(column.name(), words(column, identifier), false));
    }

    /** The words of a link by a column that holds the key, or an identifier, which another person may hold as well. */
    static List<String> words(Column column, @Nullable Column identifier) {
        String name = YamlFormatter.scalar(column.name());
        return identifier == null
                ? List.of("subject: " + name)
                : List.of("matches: " + YamlFormatter.scalar(identifier.name()), "on: " + name, "shared: leave");
    }

    /** As {@link #ofSubject}, by a column of which only the name says that it refers to the person; the export holds none of its rows. */
    public SuggestedFix byName(PlannedTable table, Column column) {
        return added(table, List.of(column.name()), new AddedLink(column.name(), words(column, null), true));
    }

    /** Suggests a role for rows that refer by this key to deleted rows. They usually belong to another person. */
    public SuggestedFix below(PlannedTable table, ForeignKey key, RoleId deleted) {
        boolean several = bound.mapEntry(deleted.table()).orElseThrow().roles().size() > 1;
        List<String> link = through(deleted.table(), several ? List.of(deleted.role()) : List.of(), key);
        return added(table, key.columns(), new AddedLink("of-" + deleted.table().name(), link, true));
    }

    /**
     * Holds a link that a map may get.
     *
     * @param name of its role, where it is free
     * @param link its entries in YAML
     * @param others whether its rows are other people's, which the person's export must not hold
     */
    private record AddedLink(String name, List<String> link, boolean others) {}

    private SuggestedFix added(PlannedTable table, List<String> columns, AddedLink added) {
        MappedTable entry = bound.mapEntry(table.name()).orElseThrow();
        boolean ofSubject = table.name().equals(bound.subject().table().name());
        boolean lettingGo = columns.stream().map(table.table()::require).allMatch(c -> !c.notNull() && c.writable());
        List<String> free = UnnamedColumns.inTable(table.table()).stream()
                .filter(c -> !columns.contains(c.name()))
                .map(Column::name)
                .toList();
        FateYaml detached = FateYaml.DETACH.retaining(free);
        String fate = lettingGo ? detached.yaml() : FateYaml.DELETE;
        String role = YamlFormatter.scalar(unused(added.name(), entry)) + ": { "
                + String.join(", ", added.link()) + ", " + fate
                + (added.others() || ofSubject ? ", export: none" : "") + " }";
        String otherwise = lettingGo ? "erase: delete in the new link, if its rows are to go" : "";
        if (lettingGo && detached.retainsPersonalData(table.table(), FateYaml.DETACH)) {
            return SuggestedFix.words(
                    "a new link " + role + ", with a rule under anonymize for each retained column that tells of the"
                            + " person; or " + otherwise);
        }
        if (overlapsAnotherLink(table, columns) || !lettingGo && othersReferTo(table)) {
            return SuggestedFix.words("a new link " + role
                    + ", once you know that its rows may go and what becomes of the rows that refer" + " to them"
                    + (otherwise.isEmpty() ? "" : "; or " + otherwise));
        }
        List<String> place = new ArrayList<>(MapPath.pathTo(entry));
        if (ofSubject
                || entry.roles().stream()
                        .noneMatch(r -> r.at().equals(entry.table().at()))) {
            place.add("links");
            return SuggestedFix.entries(place, role, otherwise);
        }
        Map<String, String> inline = inline(entry.roles().get(0).link());
        String first = inline.entrySet().stream()
                .map(e -> e.getKey() + ": " + e.getValue())
                .collect(Collectors.joining(", "));
        String links = "links: {\n  " + Role.ONLY + ": { " + first + " },\n  " + role + " }";
        return new SuggestedFix(new SuggestedFix.MapEntries(place, List.copyOf(inline.keySet()), links), otherwise);
    }

    /** Whether a link of the table chooses among the same rows, so that the new one could overrule what the map says of them. */
    private static boolean overlapsAnotherLink(PlannedTable table, List<String> columns) {
        return table.roles().stream()
                .anyMatch(r -> r.on().stream().map(Column::name).toList().equals(columns));
    }

    /** Whether deleting rows of the table would concern rows of others. */
    private boolean othersReferTo(PlannedTable table) {
        return !bound.referringTo(table.table()).isEmpty();
    }

    private static String unused(String name, MappedTable entry) {
        Set<String> used = new HashSet<>(entry.roles().stream().map(Role::name).toList());
        String free = name;
        for (int i = 2; used.contains(free); i++) {
            free = name + "-" + i;
        }
        return free;
    }

    /** A link's words, each with its value, in the order people write them. */
    private static Map<String, String> inline(Link link) {
        Map<String, String> words = new LinkedHashMap<>();
        if (link instanceof Link.DirectLink direct) {
            words.put("subject", words(direct.columns()));
        } else if (link instanceof Link.ThroughLink through) {
            words.put("through", YamlFormatter.scalar(through.table().text()));
            if (!through.roles().isEmpty()) {
                words.put("role", words(through.roles()));
            }
            words.put(
                    through.by().isEmpty() ? "on" : "by", words(through.by().isEmpty() ? through.on() : through.by()));
        } else if (link instanceof Link.IdentifierLink matches) {
            words.put("matches", YamlFormatter.scalar(matches.identifier().text()));
            words.put("on", YamlFormatter.scalar(matches.on().text()));
            if (matches.shared() != null) {
                words.put("shared", matches.shared().word());
            }
        }
        LocatedText where = link.where();
        if (where != null) {
            words.put("where", YamlFormatter.quoted(where.text()));
        }
        return words;
    }

    private static String words(List<LocatedText> words) {
        return words.size() == 1
                ? YamlFormatter.scalar(words.get(0).text())
                : words.stream()
                        .map(LocatedText::text)
                        .map(YamlFormatter::scalar)
                        .collect(Collectors.joining(", ", "[", "]"));
    }
}
