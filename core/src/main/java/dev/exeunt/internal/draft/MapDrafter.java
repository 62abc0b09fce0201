package dev.exeunt.internal.draft;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.draft.model.SampledReference;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.MapDraft;
import dev.exeunt.map.MapDraft.DraftSummary;
import java.util.List;
import java.util.Map;

/** Drafts a first map from a schema. */
public final class MapDrafter {

    private MapDrafter() {}

    /**
     * Drafts a map.
     *
     * @param subject the table that has one row for each person
     * @throws ExeuntException where there is no such table, or nothing tells its rows apart
     */
    public static MapDraft draft(DatabaseSchema schema, TableName subject) {
        return write(DraftProposal.on(new DraftModel(schema, subject)), List.of());
    }

    /**
     * Writes a map.
     *
     * @param proposal with the links that sampled rows have shown
     * @param unlinked places that refer to people and that no link can reach, for a comment
     */
    public static MapDraft write(DraftProposal proposal, List<SampledReference> unlinked) {
        DraftSummary summary = summarize(proposal.model(), proposal.notPersonal());
        return new MapDraft(new DraftWriter(proposal).write(summary, unlinked), summary, List.of());
    }

    private static DraftSummary summarize(DraftModel model, Map<DraftTable, String> notPersonal) {
        long mapped = model.tables().stream().filter(t -> !t.roles().isEmpty()).count();
        long inferred = model.tables().stream()
                .flatMap(t -> t.roles().stream())
                .filter(r -> r.link().inferred())
                .count();
        long undecided = model.tables().stream().filter(DraftTable::undecided).count();
        return new DraftSummary(
                model.tables().size(),
                model.pathTables(),
                (int) mapped,
                (int) inferred,
                (int) undecided,
                notPersonal.size());
    }
}
