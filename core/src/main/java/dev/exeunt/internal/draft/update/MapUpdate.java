package dev.exeunt.internal.draft.update;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.draft.DraftProposal;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.map.yaml.YamlOutline;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Position;
import java.util.List;

/**
 * A map, and what a schema that has changed since adds to it: tables, links, columns that need a word. Every character that
 * was there is there, in its order, and means what it meant; what cannot be added without changing something is not, and is
 * said instead. Applied twice it is what it was applied once.
 *
 * @param text the whole new map; the old one where nothing was added
 * @param before the map as it was
 */
public record MapUpdate(
        String text, String before, List<AddedEntry> added, List<ManualChange> left, List<String> hints) {

    /**
     * Describes an entry that the update added, and its line in the new text.
     *
     * @param line in the new text, from 1
     */
    public record AddedEntry(int line, String what) {}

    /**
     * Describes a change that the map needs and that the user has to make by hand.
     *
     * @param at in the map as it was
     * @param paste what to write, and instead of what
     */
    public record ManualChange(Position at, String what, String paste) {}

    public MapUpdate {
        added = List.copyOf(added);
        left = List.copyOf(left);
        hints = List.copyOf(hints);
    }

    /**
     * @param text of a map that {@code map} was read from
     * @throws ExeuntException where the schema has no such subject, or the text is written in a way that nothing can be
     *     added to safely
     */
    public static MapUpdate of(DatabaseSchema schema, String text, DataMap map) {
        ExistingMapModel settlement = new ExistingMapModel(schema, map);
        DraftProposal proposal = DraftProposal.on(settlement.model());
        YamlOutline.OutlineMapping root = (YamlOutline.OutlineMapping) YamlOutline.parse(text);
        MapAdditions additions = new MapAdditions(text, root);
        new TableAdditions(settlement, proposal, additions).add();
        MapUpdate update = additions.update(LinkHints.of(settlement));
        update.prove(map.file(), root);
        return update;
    }

    /** Whatever a text looks like, nothing is offered that says less, or something else, than what was there. */
    private void prove(String file, YamlOutline.OutlineMapping root) {
        if (text.equals(before)) {
            return;
        }
        RuntimeException fault = null;
        boolean holds = false;
        try {
            MapReader.read(text, file);
            holds = YamlOutline.parse(text).containsInOrder(root);
        } catch (RuntimeException e) {
            fault = e;
        }
        if (!holds) {
            throw new ExeuntException(
                    file
                            + " is written in a way that nothing can be added to without changing what it says, and was left as"
                            + " it is. Draft another map beside it (exeunt init -o FILE), and take over what is missing.",
                    fault);
        }
    }

    public boolean changes() {
        return !text.equals(before);
    }

    /** What was added as a unified diff; empty where nothing was. */
    public String diff(String file) {
        return UnifiedDiff.of(before, text, file);
    }
}
