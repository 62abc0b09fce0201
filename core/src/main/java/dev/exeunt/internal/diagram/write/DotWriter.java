package dev.exeunt.internal.diagram.write;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.CardRow;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import dev.exeunt.internal.diagram.graph.DiagramGraph.ListedTable;
import dev.exeunt.internal.diagram.graph.DiagramGraph.TableCard;
import dev.exeunt.internal.diagram.layout.FittedText;
import java.util.List;

/**
 * The graph for Graphviz. Nodes have numbers for names, so that a table's name stands in labels alone: between tags as XML text,
 * between quotes with quotes and backslashes escaped.
 *
 * @see <a href="https://graphviz.org/doc/info/lang.html">the DOT language</a>
 */
public final class DotWriter {

    private static final String HEAD = """
            digraph exeunt {
              rankdir=LR;
              nodesep=0.2;
              ranksep=1.2;
              node [shape=plain, fontname="Helvetica,Arial,sans-serif", fontsize=11];
              edge [fontname="Helvetica,Arial,sans-serif", fontsize=9, color="#64748b", fontcolor="#475569", arrowsize=0.7];
            """;

    private DotWriter() {}

    public static String write(DiagramGraph graph) {
        StringBuilder dot = new StringBuilder(HEAD);
        for (int card = 0; card < graph.cards().size(); card++) {
            node(dot, card, graph.cards().get(card));
        }
        for (GraphEdge wire : graph.wires()) {
            edge(dot, wire);
        }
        list(dot, "not_personal", "Without personal data, says the map", graph.nonPersonal());
        list(dot, "apart", "Not in the map; nothing leads from them to the person", graph.apart());
        return dot.append("}\n").toString();
    }

    private static void node(StringBuilder dot, int number, TableCard card) {
        dot.append("  t")
                .append(number)
                .append(" [label=<<TABLE BORDER=\"0\" CELLBORDER=\"1\" CELLSPACING=\"0\"")
                .append(" CELLPADDING=\"4\" COLOR=\"#64748b\">");
        dot.append("<TR><TD COLSPAN=\"2\" PORT=\"head\"><B>")
                .append(html(card.name()))
                .append("</B></TD></TR>");
        for (int i = 0; i < card.rows().size(); i++) {
            CardRow row = card.rows().get(i);
            String cell = "<TD ALIGN=\"LEFT\" BGCOLOR=\"" + row.mark().light().ground() + "\"";
            String font = "<FONT COLOR=\"" + row.mark().light().ink() + "\">";
            String end = "<BR ALIGN=\"LEFT\"/>";
            String note = row.note().isEmpty() ? "" : end + html(row.note()) + end;
            String link = row.link().isEmpty() ? " " : html(row.link());
            dot.append("<TR>")
                    .append(cell)
                    .append(" PORT=\"r")
                    .append(i)
                    .append("\">")
                    .append(font);
            dot.append(link).append(note).append("</FONT></TD>");
            dot.append(cell).append(" PORT=\"w").append(i).append("\">").append(font);
            dot.append(row.mark().word()).append("</FONT></TD></TR>");
        }
        dot.append("</TABLE>>];\n");
    }

    private static void edge(StringBuilder dot, GraphEdge wire) {
        dot.append("  t")
                .append(wire.from())
                .append(wire.fromRow() == GraphEdge.HEAD ? ":head" : ":w" + wire.fromRow());
        dot.append(" -> t").append(wire.to()).append(":r").append(wire.toRow());
        dot.append(" [label=")
                .append(quoted(wire.label()))
                .append(wire.keyed() ? "" : ", style=dashed")
                .append("];\n");
    }

    private static void list(StringBuilder dot, String node, String heading, List<ListedTable> asides) {
        if (asides.isEmpty()) {
            return;
        }
        StringBuilder label = new StringBuilder(heading).append("\\l");
        for (ListedTable aside : asides) {
            String name = aside.name() + (aside.reason().isEmpty() ? "" : ": " + aside.reason());
            label.append(escaped(name)).append("\\l");
        }
        dot.append("  ").append(node).append(" [shape=box, color=\"#94a3b8\", fontcolor=\"#475569\", label=\"");
        dot.append(label).append("\"];\n");
    }

    private static String html(String text) {
        return FittedText.xml(FittedText.visible(text));
    }

    public static String quoted(String text) {
        return "\"" + escaped(text) + "\"";
    }

    private static String escaped(String text) {
        return FittedText.visible(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
