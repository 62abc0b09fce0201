package dev.exeunt.internal.draft.update;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.draft.DraftProposal;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.map.yaml.YamlOutline;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.map.Finding;
import dev.exeunt.map.UpdatedMap;
import java.util.List;

/** Adds to a map what a changed schema asks for, and proves that nothing it says has changed. */
public final class MapUpdater {

    private MapUpdater() {}

    /**
     * @param text of a map that {@code map} was read from
     * @param gone names in the map that the database no longer has
     * @throws ExeuntException where the schema has no such subject, or the text is written in a way that nothing can be
     *     added to safely
     */
    public static UpdatedMap update(DatabaseSchema schema, String text, MapDefinition map, List<Finding> gone) {
        ExistingMapModel settlement = new ExistingMapModel(schema, map);
        DraftProposal proposal = DraftProposal.on(settlement.model());
        YamlOutline.OutlineMapping root = (YamlOutline.OutlineMapping) YamlOutline.parse(text);
        MapAdditions additions = new MapAdditions(text, root);
        new TableAdditions(settlement, proposal, additions).add();
        UpdatedMap update = additions.update(map.file(), gone, LinkHints.of(settlement));
        prove(update, map.file(), root);
        return update;
    }

    /** Whatever a text looks like, nothing is offered that says less, or something else, than what was there. */
    private static void prove(UpdatedMap update, String file, YamlOutline.OutlineMapping root) {
        if (!update.changes()) {
            return;
        }
        RuntimeException fault = null;
        boolean holds = false;
        try {
            MapReader.read(update.text(), file);
            holds = YamlOutline.parse(update.text()).containsInOrder(root);
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
}
