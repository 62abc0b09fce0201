package dev.exeunt.internal.diagram.graph;

import dev.exeunt.internal.diagram.graph.DiagramGraph.CardRow;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import dev.exeunt.internal.diagram.graph.DiagramGraph.ListedTable;
import dev.exeunt.internal.diagram.graph.DiagramGraph.TableCard;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From a bound map, and the findings that say what it leaves out, to what is drawn. */
public final class GraphBuilder {

    private final BoundMap bound;
    private final Map<String, Finding> unmapped = new HashMap<>();
    private final List<Table> tables = new ArrayList<>();
    private final Map<TableName, Integer> numbers = new HashMap<>();
    private final List<GraphEdge> wires = new ArrayList<>();

    private GraphBuilder(BoundMap bound, List<Finding> findings) {
        this.bound = bound;
        findings.stream()
                .filter(f -> f.code() == FindingCode.UNMAPPED_TABLE || f.code() == FindingCode.UNMAPPED_ROLE)
                .forEach(f -> unmapped.put(f.code().word() + " " + f.what(), f));
    }

    public static DiagramGraph of(BoundMap bound, List<Finding> findings) {
        return new GraphBuilder(bound, findings).graph();
    }

    private DiagramGraph graph() {
        number(bound.subject().table());
        bound.tables().forEach(t -> number(t.table()));
        bound.schema().tables().stream().filter(t -> unmapped(t) != null).forEach(this::number);
        List<TableCard> cards = new ArrayList<>();
        for (Table table : tables) {
            boolean mapped = bound.planned(table.name()).isPresent();
            cards.add(new TableCard(table.name().toString(), mapped, mapped ? mappedRows(table) : unmappedRows(table)));
        }
        return new DiagramGraph(cards, wires, nonPersonalTables(), apart());
    }

    private void number(Table table) {
        if (numbers.putIfAbsent(table.name(), tables.size()) == null) {
            tables.add(table);
        }
    }

    private int number(TableName name) {
        return Objects.requireNonNull(numbers.get(name));
    }

    private @Nullable Finding unmapped(Table table) {
        return unmapped.get(FindingCode.UNMAPPED_TABLE.word() + " " + table.name());
    }

    private List<CardRow> mappedRows(Table table) {
        List<CardRow> rows = new ArrayList<>();
        for (PlannedRole role : bound.planned(table.name()).orElseThrow().roles()) {
            rows.add(new CardRowText(role, bound.subject().table().name()).row());
            if (!role.id().equals(self())) {
                wire(role, rows.size() - 1);
            }
        }
        for (ForeignKey key : table.foreignKeys()) {
            Finding finding = unmapped.get(
                    FindingCode.UNMAPPED_ROLE.word() + " " + table.name() + "." + String.join(", ", key.columns()));
            if (finding != null && key.parent().equals(bound.subject().table().name())) {
                rows.add(unmapped(table, key, finding, rows.size()));
            }
        }
        return rows;
    }

    /** By every foreign key that leads into the picture; by none where only a column's name gives the table away. */
    private List<CardRow> unmappedRows(Table table) {
        List<CardRow> rows = new ArrayList<>();
        Finding finding = Objects.requireNonNull(unmapped(table));
        for (ForeignKey key : table.foreignKeys()) {
            if (!key.selfReference() && numbers.containsKey(key.parent())) {
                rows.add(unmapped(table, key, finding, rows.size()));
            }
        }
        if (rows.isEmpty()) {
            boolean person = table.name().equals(bound.subject().table().name());
            rows.add(new CardRow(person ? "" : "by a column's name", FateMark.UNMAPPED, "", finding.message()));
            if (!person) {
                wires.add(new GraphEdge(DiagramGraph.PERSON, GraphEdge.HEAD, number(table.name()), 0, false, ""));
            }
        }
        return rows;
    }

    private CardRow unmapped(Table table, ForeignKey key, Finding finding, int row) {
        int parent = number(key.parent());
        String columns = String.join(", ", key.columns());
        wires.add(new GraphEdge(parent, GraphEdge.HEAD, number(table.name()), row, true, columns));
        String link = parent == DiagramGraph.PERSON ? columns : columns + " → " + key.parent();
        return new CardRow(link, FateMark.UNMAPPED, "", finding.message());
    }

    private RoleId self() {
        return new RoleId(bound.subject().table().name(), dev.exeunt.internal.map.Role.SELF);
    }

    private void wire(PlannedRole role, int row) {
        int to = number(role.id().table());
        String label = CardRowText.columns(role.on());
        TableName subject = bound.subject().table().name();
        if (!(role.source() instanceof KeySource.RoleRows rows)) {
            boolean keyed = role.source() instanceof KeySource.SubjectKeyValues && keyed(role, subject);
            wires.add(new GraphEdge(DiagramGraph.PERSON, GraphEdge.HEAD, to, row, keyed, label));
            return;
        }
        for (TableName parent :
                rows.roles().stream().map(RoleId::table).distinct().toList()) {
            int fromRow = parent.equals(subject) ? GraphEdge.HEAD : row(rows.roles());
            boolean keyed = rows.sourceRefersToRole() ? keyed(rows, role.table()) : keyed(role, parent);
            String by = rows.sourceRefersToRole() ? CardRowText.columns(rows.columns()) : label;
            wires.add(new GraphEdge(number(parent), fromRow, to, row, keyed, by));
        }
    }

    private boolean keyed(KeySource.RoleRows rows, Table referred) {
        Set<String> by = Set.copyOf(rows.columns().stream().map(Column::name).toList());
        Table table = bound.planned(rows.roles().get(0).table()).orElseThrow().table();
        return table.foreignKeys().stream()
                .anyMatch(f -> f.parent().equals(referred.name()) && by.equals(Set.copyOf(f.columns())));
    }

    private static boolean keyed(PlannedRole role, TableName parent) {
        Set<String> on = Set.copyOf(role.on().stream().map(Column::name).toList());
        return role.table().foreignKeys().stream()
                .anyMatch(f -> f.parent().equals(parent) && on.equals(Set.copyOf(f.columns())));
    }

    /** The row of the only role, where there is only one. */
    private int row(List<RoleId> roles) {
        PlannedTable parent = bound.planned(roles.get(0).table()).orElseThrow();
        return roles.size() == 1
                ? parent.roles().stream().map(PlannedRole::id).toList().indexOf(roles.get(0))
                : GraphEdge.HEAD;
    }

    private List<ListedTable> nonPersonalTables() {
        Map<String, String> reasons = new HashMap<>();
        for (MapDefinition.NonPersonalTable entry : bound.map().notPersonal()) {
            reasons.putIfAbsent(entry.table().name(), entry.reason());
        }
        return bound.notPersonal().stream()
                .filter(n -> !numbers.containsKey(n))
                .sorted()
                .map(n -> new ListedTable(n.toString(), reasons.getOrDefault(n.name(), "")))
                .toList();
    }

    private List<ListedTable> apart() {
        return bound.schema().tables().stream()
                .map(Table::name)
                .filter(n -> !numbers.containsKey(n) && !bound.notPersonal().contains(n))
                .map(n -> new ListedTable(n.toString(), ""))
                .toList();
    }
}
