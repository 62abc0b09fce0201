package dev.exeunt.draft.update;

import dev.exeunt.map.Position;
import dev.exeunt.map.yaml.Outline.Mapping;
import dev.exeunt.map.yaml.Outline.Node;
import dev.exeunt.map.yaml.Outline.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What is to be added to a map's text so far, and what cannot be. */
final class Additions {

    private final String text;
    private final Mapping root;
    private final Insertions insertions;
    private final Graft graft;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<String> whats = new ArrayList<>();
    private final List<MapUpdate.Left> left = new ArrayList<>();

    Additions(String text, Mapping root) {
        this.text = text;
        this.root = root;
        this.insertions = new Insertions(text);
        this.graft = new Graft(text, root, insertions);
    }

    /** What stands under these words, one in the other. */
    Optional<Node> find(String... path) {
        Optional<Node> node = Optional.of(root);
        for (String word : path) {
            node = node.flatMap(n -> n instanceof Mapping mapping ? mapping.value(word) : Optional.empty());
        }
        return node;
    }

    Mapping root() {
        return root;
    }

    /** The words as they stand there. */
    String source(int start, int end) {
        return text.substring(start, end);
    }

    void add(Mapping mapping, String lines, String what) {
        said(graft.append(mapping, lines), what);
    }

    void add(Sequence list, List<String> names, String what) {
        said(graft.append(list, names), what);
    }

    private void said(int number, String what) {
        numbers.add(number);
        whats.add(what);
    }

    void leave(Position at, String what, String paste) {
        left.add(new MapUpdate.Left(at, what, paste));
    }

    MapUpdate update(List<String> hints) {
        List<Integer> lines = insertions.lines();
        List<MapUpdate.Added> added = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            added.add(new MapUpdate.Added(lines.get(numbers.get(i)), whats.get(i)));
        }
        added.sort(java.util.Comparator.comparingInt(MapUpdate.Added::line));
        return new MapUpdate(insertions.applied(), text, added, left, hints);
    }
}
