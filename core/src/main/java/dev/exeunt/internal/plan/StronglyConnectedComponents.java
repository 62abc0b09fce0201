package dev.exeunt.internal.plan;

import dev.exeunt.internal.schema.TableName;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Computes the strongly connected components of tables, children before parents (Tarjan, SIAM J. Comput. 1972). With an
 * edge from child to parent Tarjan's algorithm finishes parents first, so its result is turned round.
 */
public final class StronglyConnectedComponents {

    private final Map<TableName, Set<TableName>> parents;
    private final Map<TableName, Integer> index = new HashMap<>();
    private final Deque<TableName> open = new ArrayDeque<>();
    private final List<List<TableName>> finished = new ArrayList<>();

    private StronglyConnectedComponents(Map<TableName, Set<TableName>> parents) {
        this.parents = parents;
    }

    public static StronglyConnectedComponents of(Map<TableName, Set<TableName>> parents) {
        StronglyConnectedComponents components = new StronglyConnectedComponents(parents);
        parents.keySet().stream()
                .sorted()
                .filter(t -> !components.index.containsKey(t))
                .forEach(components::visit);
        return components;
    }

    /** Children before parents; tables in a circle together. */
    public List<List<TableName>> inOrder() {
        List<List<TableName>> order = new ArrayList<>(finished);
        java.util.Collections.reverse(order);
        return order;
    }

    Set<TableName> parents(TableName table) {
        return parents.getOrDefault(table, Set.of());
    }

    private int visit(TableName table) {
        int mine = index.size();
        index.put(table, mine);
        open.push(table);
        int lowest = mine;
        for (TableName parent : parents(table)) {
            Integer seen = index.get(parent);
            if (seen == null) {
                lowest = Math.min(lowest, visit(parent));
            } else if (open.contains(parent)) {
                lowest = Math.min(lowest, seen);
            }
        }
        if (lowest == mine) {
            finished.add(close(table));
        }
        return lowest;
    }

    private List<TableName> close(TableName root) {
        List<TableName> component = new ArrayList<>();
        TableName table;
        do {
            table = open.pop();
            component.add(table);
        } while (!table.equals(root));
        component.sort(null);
        return component;
    }
}
