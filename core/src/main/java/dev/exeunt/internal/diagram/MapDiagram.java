package dev.exeunt.internal.diagram;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.FateMark;
import dev.exeunt.internal.diagram.graph.GraphBuilder;
import dev.exeunt.internal.diagram.layout.DiagramLayout;
import dev.exeunt.internal.diagram.write.DotWriter;
import dev.exeunt.internal.diagram.write.SvgWriter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.bind.MapBinder;
import dev.exeunt.internal.plan.proof.Planner;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import dev.exeunt.map.DataMap;

/**
 * Draws a data map as a picture: the person, every table, its links and its fates. Also of a map with findings: what it
 * leaves undecided or does not name is shown as that. The same map and schema give the same picture.
 */
public final class MapDiagram {

    private final DiagramGraph graph;

    private MapDiagram(DiagramGraph graph) {
        this.graph = graph;
    }

    /**
     * @param tried what the database says of the map's SQL
     * @throws dev.exeunt.map.MapInvalidException where the map names what the schema does not have
     */
    public static MapDiagram of(DataMap map, DatabaseSchema schema, SqlValidationResult tried) {
        BoundMap bound = MapBinder.bind(map, schema);
        return new MapDiagram(
                GraphBuilder.of(bound, Planner.check(map, schema, tried).findings()));
    }

    /**
     * Counts the mapped tables, undecided roles and unmapped links that a diagram shows.
     *
     * @param mapped tables
     * @param undecided roles without a fate
     * @param unmapped tables, and links of mapped tables, that the map leaves out
     */
    public record DiagramSummary(int mapped, int undecided, int unmapped) {}

    public DiagramSummary summary() {
        return new DiagramSummary(
                (int) graph.cards().stream()
                        .filter(DiagramGraph.TableCard::mapped)
                        .count(),
                count(FateMark.UNDECIDED),
                count(FateMark.UNMAPPED));
    }

    private int count(FateMark mark) {
        return (int) graph.cards().stream()
                .flatMap(c -> c.rows().stream())
                .filter(r -> r.mark() == mark)
                .count();
    }

    /** SVG, light and dark; a document of its own that needs nothing else. */
    public String svg() {
        return SvgWriter.write(graph, DiagramLayout.of(graph));
    }

    /** For Graphviz: {@code dot -Tpdf}. */
    public String dot() {
        return DotWriter.write(graph);
    }
}
