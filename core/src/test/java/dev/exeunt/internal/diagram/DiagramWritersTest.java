package dev.exeunt.internal.diagram;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.diagram.graph.DiagramGraph;
import dev.exeunt.internal.diagram.graph.DiagramGraph.CardRow;
import dev.exeunt.internal.diagram.graph.DiagramGraph.GraphEdge;
import dev.exeunt.internal.diagram.graph.DiagramGraph.ListedTable;
import dev.exeunt.internal.diagram.graph.DiagramGraph.TableCard;
import dev.exeunt.internal.diagram.graph.FateMark;
import dev.exeunt.internal.diagram.layout.DiagramLayoutEngine;
import dev.exeunt.internal.diagram.layout.DiagramMetrics;
import dev.exeunt.internal.diagram.layout.FittedText;
import dev.exeunt.internal.diagram.write.DotWriter;
import dev.exeunt.internal.diagram.write.SvgStyle;
import dev.exeunt.internal.diagram.write.SvgWriter;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** Tests the written SVG and DOT, also with unusual table and column names. */
class DiagramWritersTest {

    private static DiagramGraph named(String name) {
        CardRow row = new CardRow(name, FateMark.KEEP, name, name);
        return new DiagramGraph(
                List.of(new TableCard(name, true, List.of(row)), new TableCard(name, false, List.of(row))),
                List.of(new GraphEdge(0, GraphEdge.HEAD, 1, 0, false, name)),
                List.of(new ListedTable(name, name)),
                List.of(new ListedTable(name, "")));
    }

    private static Document parsed(String svg) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return factory.newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    private static List<Element> elements(Document document, String name) {
        NodeList nodes = document.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static String svg(DiagramGraph graph) {
        return SvgWriter.write(graph, DiagramLayoutEngine.layout(graph));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>alert(1)</script>",
                "\" onload=\"alert(1)",
                "' & ]]> --> </svg>",
                "line\nbreak\ttab\u0000\u0001\u007f",
                "\ud800 alone, \uffff",
                "\u202eturned\u2066",
                "日本語 émoji 🐟",
                "a very long name that goes on and on and on and on and on and on and on and on and on and on"
            })
    void anSvgIsWellFormedAndHoldsNoMoreElementsWhateverTheNames(String name) throws Exception {
        Document hostile = parsed(svg(named(name)));
        Document plain = parsed(svg(named("plain")));

        List<String> names =
                elements(hostile, "*").stream().map(Element::getTagName).toList();
        assertThat(names)
                .isEqualTo(
                        elements(plain, "*").stream().map(Element::getTagName).toList());
        assertThat(elements(hostile, "title"))
                .anySatisfy(t -> assertThat(t.getTextContent()).isEqualTo(FittedText.visible(name)));
    }

    @Test
    void whatIsNotSeenIsMadeVisible() {
        assertThat(FittedText.visible("a\u0000b\nc\u202ed\u200be")).isEqualTo("a␀b␊c\ufffdd\ufffde");
        assertThat(FittedText.visible("日本語 🐟")).isEqualTo("日本語 🐟");
    }

    @Test
    void whatDoesNotFitIsCutAndNotTheRest() {
        assertThat(FittedText.fitMono("short", 10, 100)).isEqualTo("short");
        assertThat(FittedText.fitMono("x".repeat(63), 10, 100)).isEqualTo("x".repeat(15) + "…");
        assertThat(FittedText.mono(FittedText.fitMono("鯉".repeat(30), 10, 100), 10))
                .isLessThanOrEqualTo(100);
        assertThat(FittedText.prose(FittedText.fitProse("W".repeat(30), 10, 100), 10))
                .isLessThanOrEqualTo(100);
    }

    @Test
    void everyLabelIsInsideThePicture() throws Exception {
        for (int tables : new int[] {1, 10, 40, 200}) {
            Document document = parsed(svg(RandomGraphs.random(tables, tables)));
            Element root = document.getDocumentElement();
            double width = Double.parseDouble(root.getAttribute("width"));
            double height = Double.parseDouble(root.getAttribute("height"));
            assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 " + (int) width + " " + (int) height);
            assertThat(elements(document, "text")).isNotEmpty().allSatisfy(text -> {
                double[] at = position(text);
                assertThat(at[0]).isBetween(0.0, width);
                assertThat(at[0] + length(text)).as(text.getTextContent()).isLessThanOrEqualTo(width);
                assertThat(at[1]).isBetween(10.0, height - 3);
            });
        }
    }

    private static double[] position(Element text) {
        double x = Double.parseDouble(text.getAttribute("x"));
        double y = Double.parseDouble(text.getAttribute("y"));
        for (var node = text.getParentNode(); node instanceof Element group; node = group.getParentNode()) {
            if (group.getAttribute("transform").startsWith("translate(")) {
                String[] by = group.getAttribute("transform")
                        .replaceAll("[a-z()]", "")
                        .split(" ");
                x += Double.parseDouble(by[0]);
                y += Double.parseDouble(by[1]);
            }
        }
        return new double[] {x, y};
    }

    /** To the right of where it stands. */
    private static double length(Element text) {
        String classes = text.getAttribute("class");
        if (classes.equals("word")) {
            return 0;
        }
        double size = classes.contains("title")
                ? DiagramMetrics.NAME_FONT
                : classes.contains("name") ? DiagramMetrics.NAME_FONT : DiagramMetrics.NOTE_FONT;
        return classes.contains("mono")
                ? FittedText.mono(text.getTextContent(), size)
                : FittedText.prose(text.getTextContent(), size);
    }

    @Test
    void thePictureStandsForItself() {
        String svg = svg(RandomGraphs.random(40, 1));

        assertThat(svg).contains("role=\"img\"", "<title id=", "<desc id=", "prefers-color-scheme:dark");
        assertThat(svg.replace("xmlns=\"http://www.w3.org/2000/svg\"", "")).doesNotContain("http", "<script", "url(");
        assertThat(SvgStyle.css().lines().filter(l -> l.contains("{") && !l.startsWith("@")))
                .allSatisfy(rule -> assertThat(rule.split("\\{")[0].split(","))
                        .allMatch(selector -> selector.startsWith(".exeunt ")));
    }

    @ParameterizedTest
    @EnumSource(FateMark.class)
    void everyFateCanBeReadInLightAndDark(FateMark mark) {
        for (boolean dark : new boolean[] {false, true}) {
            FateMark.MarkColors paint = dark ? mark.dark() : mark.light();
            SvgStyle.ThemeColors tone = dark ? SvgStyle.DARK : SvgStyle.LIGHT;
            assertThat(contrast(paint.ink(), paint.ground())).isGreaterThanOrEqualTo(4.5);
            if (mark != FateMark.UNDECIDED && mark != FateMark.UNMAPPED) {
                assertThat(contrast(tone.ink(), paint.ground())).isGreaterThanOrEqualTo(4.5);
            }
            assertThat(contrast(tone.ink(), tone.card())).isGreaterThanOrEqualTo(4.5);
            assertThat(contrast(tone.quiet(), tone.page())).isGreaterThanOrEqualTo(4.5);
            assertThat(contrast(tone.line(), tone.page())).isGreaterThanOrEqualTo(3);
        }
    }

    /** WCAG 2.2's contrast ratio. */
    private static double contrast(String one, String other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            double c = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    @Test
    void inDotQuotesAndBackslashesStayInsideTheirQuotes() {
        assertThat(DotWriter.quoted("a\"b")).isEqualTo("\"a\\\"b\"");
        assertThat(DotWriter.quoted("ends in \\")).isEqualTo("\"ends in \\\\\"");
        assertThat(DotWriter.quoted("\\N\n")).isEqualTo("\"\\\\N␊\"");
    }

    @Test
    void inDotNamesStandInLabelsAlone() {
        String dot = DotWriter.write(named("\"]; evil [label=\"<b>&x\\"));

        Pattern strings = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");
        Pattern html = Pattern.compile("<<TABLE.*?</TABLE>>");
        String skeleton = strings.matcher(html.matcher(dot).replaceAll("HTML")).replaceAll("TEXT");
        assertThat(skeleton).doesNotContain("evil", "<", "&");
        assertThat(html.matcher(dot).results().map(MatchResult::group))
                .hasSize(2)
                .allSatisfy(label -> {
                    String inside = label.substring(1, label.length() - 1);
                    assertThat(parsed(inside).getDocumentElement().getTextContent())
                            .contains("\"]; evil [label=\"<b>&x\\");
                });
    }
}
