package dev.exeunt.map;

/**
 * Draws a data map as a picture: the person, every table, its links and its fates. Also of a map with findings: what it
 * leaves undecided or does not name is shown as that. The same map and schema give the same picture.
 */
public interface MapDiagram {

    /**
     * Counts the mapped tables, undecided roles and unmapped links that a diagram shows.
     *
     * @param mapped tables
     * @param undecided roles without a fate
     * @param unmapped tables, and links of mapped tables, that the map leaves out
     */
    record DiagramSummary(int mapped, int undecided, int unmapped) {}

    DiagramSummary summary();

    /** SVG, light and dark; a document of its own that needs nothing else. */
    String svg();

    /** For Graphviz: {@code dot -Tpdf}. */
    String dot();
}
