package dev.exeunt.internal.diagram.write;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.layout.DiagramLayout;
import dev.exeunt.internal.diagram.layout.DiagramLayout.ColumnHeading;
import dev.exeunt.internal.diagram.layout.DiagramLayout.Point;
import java.util.List;

/** The picture as SVG 1.1: text is text, colours follow the reader's system, links light up under the pointer. */
public final class SvgWriter {

    private static final int LEAST_WIDTH = 760;
    private static final int HEADING = 26;
    private static final int CORNER = 6;

    private final DiagramGraph graph;
    private final DiagramLayout layout;
    private final SvgBuilder page = new SvgBuilder();

    private SvgWriter(DiagramGraph graph, DiagramLayout layout) {
        this.graph = graph;
        this.layout = layout;
    }

    public static String write(DiagramGraph graph, DiagramLayout layout) {
        return new SvgWriter(graph, layout).write();
    }

    private String write() {
        int width = Math.max(LEAST_WIDTH, layout.width() + 2 * SvgStyle.MARGIN);
        DiagramLegend legend = new DiagramLegend(graph, width);
        UnlinkedTables asides = new UnlinkedTables(graph, width);
        int top = legend.height() + HEADING;
        int height = top + layout.height() + asides.height() + SvgStyle.MARGIN;
        page.raw("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"exeunt\" role=\"img\""
                + " aria-labelledby=\"exeunt-title exeunt-desc\" width=\"" + width + "\" height=\"" + height
                + "\" viewBox=\"0 0 " + width + " " + height + "\">");
        legend.describe(page);
        page.raw("<style>\n" + SvgStyle.css() + "</style>");
        page.rect(new SvgBuilder.SvgBox(0, 0, width, height), "class=\"page\"");
        legend.draw(page);
        page.raw("<g transform=\"translate(" + SvgStyle.MARGIN + " " + top + ")\">");
        headings();
        wires();
        SvgCardWriter cards = new SvgCardWriter(graph, layout, page);
        for (int card = 0; card < graph.cards().size(); card++) {
            cards.write(card);
        }
        page.raw("</g>");
        asides.draw(page, top + layout.height());
        return page.raw("</svg>").toString();
    }

    private void headings() {
        for (ColumnHeading heading : layout.headings()) {
            String text = heading.rank() == 0
                    ? "the person"
                    : heading.rank() == 1 ? "1 link away" : "up to " + heading.rank() + " links away";
            page.text(heading.x(), -12, "small quiet", text);
        }
    }

    private void wires() {
        page.raw("<g class=\"wires\">");
        for (int number = 0; number < graph.wires().size(); number++) {
            List<Point> route = layout.routes().get(number);
            if (route != null) {
                String style = graph.wires().get(number).keyed() ? "" : " class=\"by-value\"";
                page.raw("<path id=\"exeunt-" + number + "\"" + style + " d=\"" + path(route) + "\"/>");
            }
        }
        page.raw("</g>");
    }

    /** Along the axes, with round corners. */
    private static String path(List<Point> route) {
        StringBuilder path =
                new StringBuilder("M" + route.get(0).x() + " " + route.get(0).y());
        for (int i = 1; i + 1 < route.size(); i++) {
            Point before = route.get(i - 1);
            Point at = route.get(i);
            Point after = route.get(i + 1);
            Point in = towards(at, before);
            Point out = towards(at, after);
            if (in.x() + out.x() != 2 * at.x() || in.y() + out.y() != 2 * at.y()) {
                path.append("L").append(in.x()).append(" ").append(in.y());
                path.append("Q").append(at.x()).append(" ").append(at.y());
                path.append(" ").append(out.x()).append(" ").append(out.y());
            }
        }
        Point end = route.get(route.size() - 1);
        return path.append("L").append(end.x()).append(" ").append(end.y()).toString();
    }

    /** A corner's length away, or half-way where that is nearer, since there may be another corner. */
    private static Point towards(Point from, Point to) {
        int dx = to.x() - from.x();
        int dy = to.y() - from.y();
        int by = Math.min(CORNER, (Math.abs(dx) + Math.abs(dy)) / 2);
        return new Point(from.x() + by * Integer.signum(dx), from.y() + by * Integer.signum(dy));
    }
}
