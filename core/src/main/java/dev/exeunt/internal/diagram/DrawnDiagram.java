package dev.exeunt.internal.diagram;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.FateMark;
import dev.exeunt.internal.diagram.graph.GraphBuilder;
import dev.exeunt.internal.diagram.layout.DiagramLayoutEngine;
import dev.exeunt.internal.diagram.write.DotWriter;
import dev.exeunt.internal.diagram.write.SvgWriter;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.bind.MapBinder;
import dev.exeunt.internal.plan.proof.MapChecker;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import dev.exeunt.map.MapDiagram;

/**
 * Draws a data map as a picture: the person, every table, its links and its fates. Also of a map with findings: what it
 * leaves undecided or does not name is shown as that. The same map and schema give the same picture.
 */
public final class DrawnDiagram implements MapDiagram {

    private final DiagramGraph graph;

    private DrawnDiagram(DiagramGraph graph) {
        this.graph = graph;
    }

    /**
     * @param tried what the database says of the map's SQL
     * @throws dev.exeunt.map.MapInvalidException where the map names what the schema does not have
     */
    public static DrawnDiagram of(MapDefinition map, DatabaseSchema schema, SqlValidationResult tried) {
        BoundMap bound = MapBinder.bind(map, schema);
        return new DrawnDiagram(
                GraphBuilder.of(bound, MapChecker.check(map, schema, tried).findings()));
    }

    @Override
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

    @Override
    public String svg() {
        return SvgWriter.write(graph, DiagramLayoutEngine.layout(graph));
    }

    @Override
    public String dot() {
        return DotWriter.write(graph);
    }
}
