package dev.exeunt.diagram;

import dev.exeunt.map.DataMap;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.bind.Binder;
import dev.exeunt.plan.proof.Planner;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.trial.TriedSql;

/**
 * The map as a picture: the person, every table, how its rows belong to the person and what becomes of them. Also of a map with
 * findings: what it leaves undecided or does not name is shown as that. The same map and schema give the same picture.
 */
public final class Diagram {

    private final Graph graph;

    private Diagram(Graph graph) {
        this.graph = graph;
    }

    /**
     * @param tried what the database says of the map's SQL
     * @throws dev.exeunt.map.MapInvalidException where the map names what the schema does not have
     */
    public static Diagram of(DataMap map, DatabaseSchema schema, TriedSql tried) {
        BoundMap bound = Binder.bind(map, schema);
        return new Diagram(
                GraphBuilder.of(bound, Planner.check(map, schema, tried).findings()));
    }

    /**
     * How much there is to see.
     *
     * @param mapped tables
     * @param undecided roles without a fate
     * @param unmapped tables, and links of mapped tables, that the map leaves out
     */
    public record Summary(int mapped, int undecided, int unmapped) {}

    public Summary summary() {
        return new Summary(
                (int) graph.cards().stream().filter(Graph.Card::mapped).count(),
                count(Mark.UNDECIDED),
                count(Mark.UNMAPPED));
    }

    private int count(Mark mark) {
        return (int) graph.cards().stream()
                .flatMap(c -> c.rows().stream())
                .filter(r -> r.mark() == mark)
                .count();
    }

    /** SVG, light and dark; a document of its own that needs nothing else. */
    public String svg() {
        return SvgWriter.write(graph, Layout.of(graph));
    }

    /** For Graphviz: {@code dot -Tpdf}. */
    public String dot() {
        return DotWriter.write(graph);
    }
}
