package dev.exeunt.internal.plan.fix;

import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.rule.UnnamedColumns;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TableNameFormatter;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Suggests entries for tables that the map lacks. */
public final class TableSuggestions {

    private final BoundMap bound;
    private final LinkSuggestions links;
    private final TableNameFormatter refs;

    public TableSuggestions(BoundMap bound) {
        this.bound = bound;
        this.links = new LinkSuggestions(bound);
        this.refs = new TableNameFormatter(bound.schema());
    }

    /** The entry of a table, to paste; in words where it would keep in rows of others what tells of the person. */
    public SuggestedFix unmapped(Table table, Map<TableName, ForeignKey> paths, String otherwise) {
        String entry = tables(table, paths);
        return detached(table, keys(table, paths)).retainsPersonalData(table, FateYaml.DETACH)
                ? SuggestedFix.words("under tables, " + entry
                        + "\nwith a rule under anonymize for each retained column that tells of the" + " person; or "
                        + otherwise)
                : SuggestedFix.entries(List.of("tables"), entry, otherwise);
    }

    private List<ForeignKey> keys(Table table, Map<TableName, ForeignKey> paths) {
        List<ForeignKey> direct = direct(table);
        ForeignKey path = paths.get(table.name());
        return !direct.isEmpty() || path == null ? direct : List.of(path);
    }

    /** Where the database itself only lets go of the person, others use the rows: the map lets go of them, too. Else empty. */
    private static FateYaml detached(Table table, List<ForeignKey> keys) {
        boolean outlives = !keys.isEmpty()
                && keys.stream().allMatch(key -> key.onDelete() == ForeignKey.ReferentialAction.SET_NULL)
                && keys.stream()
                        .flatMap(key -> key.columns().stream())
                        .map(table::require)
                        .allMatch(c -> !c.notNull() && c.writable());
        List<String> linked =
                keys.stream().flatMap(key -> key.columns().stream()).toList();
        return outlives
                ? FateYaml.DETACH.retaining(UnnamedColumns.inTable(table).stream()
                        .map(Column::name)
                        .filter(c -> !linked.contains(c))
                        .toList())
                : FateYaml.ANONYMIZE;
    }

    /** The entry of a table by its foreign keys; before it those of the tables on the way that the map does not have either. */
    private String tables(Table table, Map<TableName, ForeignKey> paths) {
        return tables(table, paths, Set.of());
    }

    /** @param below tables further down: a way that leads up through inherited rows may come round to one of them */
    private String tables(Table table, Map<TableName, ForeignKey> paths, Set<TableName> below) {
        ForeignKey path = paths.get(table.name());
        List<ForeignKey> direct = direct(table);
        if (path == null || !direct.isEmpty()) {
            return table(table, direct);
        }
        Set<TableName> way = new HashSet<>(below);
        way.add(table.name());
        if (way.contains(path.parent()) || bound.planned(path.parent()).isPresent()) {
            return table(table, List.of(path));
        }
        return tables(bound.schema().table(path.parent()).orElseThrow(), paths, way) + "\n"
                + table(table, List.of(path));
    }

    private List<ForeignKey> direct(Table table) {
        return table.foreignKeys().stream()
                .filter(f -> f.parent().equals(bound.subject().table().name()))
                .toList();
    }

    private String table(Table table, List<ForeignKey> keys) {
        if (keys.size() <= 1) {
            return entry(table, keys.isEmpty() ? List.of() : links.link(keys.get(0)), fate(table, keys));
        }
        String all = keys.stream()
                .map(k -> YamlFormatter.scalar(LinkSuggestions.name(k)) + ": { " + String.join(", ", links.link(k))
                        + " }")
                .collect(Collectors.joining(",\n    "));
        return entry(table, List.of("links: {\n    " + all + " }"), fate(table, keys));
    }

    private static String fate(Table table, List<ForeignKey> keys) {
        FateYaml detached = detached(table, keys);
        return detached.saysNothing() ? FateYaml.DELETE : detached.yaml();
    }

    /** A table that a column leads to without a foreign key. */
    public String table(Table table, Column column) {
        return table(table, column, null);
    }

    /** A table that columns lead to without foreign keys, each by a link of its own. */
    public String byColumns(Table table, List<Column> columns) {
        if (columns.size() == 1) {
            return table(table, columns.get(0));
        }
        String all = columns.stream()
                .map(c -> YamlFormatter.scalar(c.name()) + ": { " + String.join(", ", LinkSuggestions.words(c, null))
                        + " }")
                .collect(Collectors.joining(",\n    "));
        return entry(table, List.of("links: {\n    " + all + " }"), FateYaml.DELETE);
    }

    /**
     * A table whose column holds the person's key, or else an identifier.
     *
     * @param identifier null for the key
     */
    public String table(Table table, Column column, @Nullable Column identifier) {
        return entry(table, LinkSuggestions.words(column, identifier), FateYaml.DELETE);
    }

    /** In braces, so that it may stand in braces as well as on lines of its own. */
    private String entry(Table table, List<String> link, String fate) {
        List<String> lines = new ArrayList<>(link);
        lines.add(fate);
        List<String> secrets = table.columns().stream()
                .filter(c -> ColumnHeuristics.secret(table, c))
                .map(Column::name)
                .toList();
        if (!secrets.isEmpty()) {
            lines.add("export: { except: " + FateYaml.list(secrets) + " }");
        }
        String name = YamlFormatter.scalar(refs.text(table.name()));
        String line = name + ": { " + String.join(", ", lines) + " }";
        boolean fits = line.length() <= FateYaml.LINE && !line.contains("\n");
        return fits ? line : name + ": {\n  " + String.join(",\n  ", lines) + " }";
    }
}
