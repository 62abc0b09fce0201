package dev.exeunt.testkit;

import dev.exeunt.map.Finding;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.FlowStyle;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Pastes a finding's fix into the text of a map, as a user does in an editor: the printed lines between those that are there,
 * moved to the right as a whole; inside braces followed by a comma. An entry of the same name is taken out before.
 */
public final class FixApplier {

    private FixApplier() {}

    /** The map with the fix in it. */
    public static String into(String map, Finding finding) {
        SuggestedFix.Snippet paste = finding.fix().paste();
        return paste instanceof SuggestedFix.ValueReplacement value
                ? instead(map, finding, value)
                : into(map, (SuggestedFix.MapEntries) paste);
    }

    private static String instead(String map, Finding finding, SuggestedFix.ValueReplacement value) {
        Node scalar = scalars(root(map))
                .filter(node -> node.getStartMark().orElseThrow().getLine() + 1
                                == finding.at().line()
                        && node.getStartMark().orElseThrow().getColumn() + 1
                                == finding.at().column())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing stands at " + finding.at() + " in\n" + map));
        return map.substring(0, scalar.getStartMark().orElseThrow().getIndex())
                + value.text()
                + map.substring(scalar.getEndMark().orElseThrow().getIndex());
    }

    private static Stream<Node> scalars(Node node) {
        if (node instanceof MappingNode map) {
            return map.getValue().stream()
                    .flatMap(e -> Stream.concat(scalars(e.getKeyNode()), scalars(e.getValueNode())));
        }
        return node instanceof SequenceNode list
                ? list.getValue().stream().flatMap(FixApplier::scalars)
                : Stream.of(node);
    }

    /** The map with these entries in it. */
    public static String into(String map, SuggestedFix.MapEntries paste) {
        List<String> gone = new ArrayList<>(paste.without());
        mapping(root(paste.text())).getValue().forEach(entry -> gone.add(word(entry)));
        String text = map;
        for (String word : gone) {
            text = without(text, paste.under(), word);
        }
        return pasted(text, paste.under(), paste.text());
    }

    /** The text without this entry, if it is there. */
    private static String without(String map, List<String> under, String word) {
        Optional<Node> place = at(root(map), under, under.size());
        Optional<NodeTuple> entry = place.filter(MappingNode.class::isInstance).stream()
                .flatMap(node -> mapping(node).getValue().stream())
                .filter(tuple -> word(tuple).equals(word))
                .findFirst();
        if (entry.isEmpty()) {
            return map;
        }
        int start = entry.get().getKeyNode().getStartMark().orElseThrow().getIndex();
        int end = end(map, entry.get());
        if (mapping(place.orElseThrow()).getFlowStyle() == FlowStyle.FLOW) {
            int after = blanks(map, end);
            boolean last = map.charAt(after) != ',';
            int before = map.lastIndexOf(last ? ',' : ' ', start);
            boolean only = last && map.substring(0, start).stripTrailing().endsWith("{");
            return only || !last
                    ? map.substring(0, start) + map.substring(last ? after : blanks(map, after + 1))
                    : map.substring(0, before) + map.substring(after);
        }
        int line = map.lastIndexOf('\n', start) + 1;
        return map.substring(0, line) + map.substring(Math.min(map.length(), map.indexOf('\n', end - 1) + 1));
    }

    /** An entry ends where its value does; the value of a block goes on to the next entry for the parser. */
    private static int end(String map, NodeTuple entry) {
        int end = entry.getValueNode().getEndMark().orElseThrow().getIndex();
        int start = entry.getKeyNode().getStartMark().orElseThrow().getIndex();
        return start + map.substring(start, end).stripTrailing().length();
    }

    private static int blanks(String map, int from) {
        int at = from;
        while (at < map.length() && Character.isWhitespace(map.charAt(at))) {
            at++;
        }
        return at;
    }

    private static String pasted(String map, List<String> under, String text) {
        Node root = root(map);
        int known = under.size();
        while (at(root, under, known).filter(MappingNode.class::isInstance).isEmpty()) {
            known--;
        }
        List<String> missing = under.subList(known, under.size());
        MappingNode place = mapping(at(root, under, known).orElseThrow());
        int start = place.getStartMark().orElseThrow().getIndex();
        if (place.getFlowStyle() == FlowStyle.FLOW) {
            String before = missing.stream().map(word -> word + ": { ").reduce("", String::concat);
            String entries = before + entriesInBraces(text) + " }".repeat(missing.size());
            String comma = map.charAt(blanks(map, start + 1)) == '}' ? "" : ", ";
            int line = map.lastIndexOf('\n', start) + 1;
            int indent = blanks(map, line) - line + 2;
            return map.substring(0, start + 1) + " " + entries.replace("\n", "\n" + " ".repeat(indent)) + comma
                    + map.substring(start + 1);
        }
        int indent = start - (map.lastIndexOf('\n', start) + 1);
        StringBuilder lines = new StringBuilder();
        for (String word : missing) {
            lines.append(" ".repeat(indent)).append(word).append(":\n");
            indent += 2;
        }
        String space = " ".repeat(indent);
        lines.append(space).append(text.replace("\n", "\n" + space)).append('\n');
        int line = map.lastIndexOf('\n', start) + 1;
        return map.substring(0, line) + lines + map.substring(line);
    }

    /** Several entries, one a line, need a comma between them in braces. */
    private static String entriesInBraces(String text) {
        List<NodeTuple> entries = mapping(root(text)).getValue();
        StringBuilder joined = new StringBuilder();
        for (NodeTuple entry : entries) {
            int start = entry.getKeyNode().getStartMark().orElseThrow().getIndex();
            joined.append(joined.isEmpty() ? "" : ", ").append(text, start, end(text, entry));
        }
        return joined.toString();
    }

    /** What stands under the first words of the way; empty where one of them is missing. */
    private static Optional<Node> at(Node root, List<String> way, int words) {
        Node node = root;
        for (String word : way.subList(0, words)) {
            if (!(node instanceof MappingNode)) {
                return Optional.empty();
            }
            Optional<NodeTuple> next = mapping(node).getValue().stream()
                    .filter(tuple -> word(tuple).equals(word))
                    .findFirst();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            node = next.get().getValueNode();
        }
        return Optional.of(node);
    }

    private static String word(NodeTuple entry) {
        return ((ScalarNode) entry.getKeyNode()).getValue();
    }

    private static MappingNode mapping(Node node) {
        return (MappingNode) node;
    }

    private static Node root(String yaml) {
        return new Compose(LoadSettings.builder().setUseMarks(true).build())
                .composeString(yaml)
                .orElseThrow();
    }
}
