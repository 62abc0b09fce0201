package dev.exeunt.internal.draft.update;

import dev.exeunt.internal.map.yaml.YamlOutline.OutlineMapping;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineNode;
import dev.exeunt.internal.map.yaml.YamlOutline.OutlineSequence;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.UpdatedMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Collects what an update inserts into a map's text, and what the user has to change by hand. */
final class MapAdditions {

    private final String text;
    private final OutlineMapping root;
    private final TextInsertions insertions;
    private final YamlAppender graft;
    private final List<Integer> numbers = new ArrayList<>();
    private final List<String> whats = new ArrayList<>();
    private final List<UpdatedMap.ManualChange> left = new ArrayList<>();

    MapAdditions(String text, OutlineMapping root) {
        this.text = text;
        this.root = root;
        this.insertions = new TextInsertions(text);
        this.graft = new YamlAppender(text, root, insertions);
    }

    /** What stands under these words, one in the other. */
    Optional<OutlineNode> find(String... path) {
        Optional<OutlineNode> node = Optional.of(root);
        for (String word : path) {
            node = node.flatMap(n -> n instanceof OutlineMapping mapping ? mapping.value(word) : Optional.empty());
        }
        return node;
    }

    OutlineMapping root() {
        return root;
    }

    /** The words as they stand there. */
    String source(int start, int end) {
        return text.substring(start, end);
    }

    void add(OutlineMapping mapping, String lines, String what) {
        said(graft.append(mapping, lines), what);
    }

    void add(OutlineSequence list, List<String> names, String what) {
        said(graft.append(list, names), what);
    }

    private void said(int number, String what) {
        numbers.add(number);
        whats.add(what);
    }

    void leave(Position at, String what, String paste) {
        left.add(new UpdatedMap.ManualChange(at, what, paste));
    }

    /** @param gone names in the map that the database no longer has */
    UpdatedMap update(String file, List<Finding> gone, List<String> hints) {
        List<Integer> lines = insertions.lines();
        List<UpdatedMap.AddedEntry> added = new ArrayList<>();
        for (int i = 0; i < numbers.size(); i++) {
            added.add(new UpdatedMap.AddedEntry(lines.get(numbers.get(i)), whats.get(i)));
        }
        added.sort(java.util.Comparator.comparingInt(UpdatedMap.AddedEntry::line));
        String updated = insertions.applied();
        return new UpdatedMap(updated, text, added, left, hints, gone, UnifiedDiff.of(text, updated, file));
    }
}
