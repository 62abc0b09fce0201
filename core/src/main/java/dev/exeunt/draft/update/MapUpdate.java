package dev.exeunt.draft.update;

import dev.exeunt.ExeuntException;
import dev.exeunt.draft.Proposal;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Position;
import dev.exeunt.map.yaml.MapReader;
import dev.exeunt.map.yaml.Outline;
import dev.exeunt.schema.DatabaseSchema;
import java.util.List;

/**
 * A map, and what a schema that has changed since adds to it: tables, links, columns that need a word. Every character that
 * was there is there, in its order, and means what it meant; what cannot be added without changing something is not, and is
 * said instead. Applied twice it is what it was applied once.
 *
 * @param text the whole new map; the old one where nothing was added
 * @param before the map as it was
 */
public record MapUpdate(String text, String before, List<Added> added, List<Left> left, List<String> hints) {

    /** @param line in the new text, from 1 */
    public record Added(int line, String what) {}

    /**
     * What the map needs and somebody has to add, since it takes a change to what is there.
     *
     * @param at in the map as it was
     * @param paste what to write, and instead of what
     */
    public record Left(Position at, String what, String paste) {}

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
        Settlement settlement = new Settlement(schema, map);
        Proposal proposal = Proposal.on(settlement.model());
        Outline.Mapping root = (Outline.Mapping) Outline.of(text);
        Additions additions = new Additions(text, root);
        new TableAdditions(settlement, proposal, additions).add();
        MapUpdate update = additions.update(Hints.of(settlement));
        update.prove(map.file(), root);
        return update;
    }

    /** Whatever a text looks like, nothing is offered that says less, or something else, than what was there. */
    private void prove(String file, Outline.Mapping root) {
        if (text.equals(before)) {
            return;
        }
        RuntimeException fault = null;
        boolean holds = false;
        try {
            MapReader.read(text, file);
            holds = Outline.of(text).holds(root);
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
