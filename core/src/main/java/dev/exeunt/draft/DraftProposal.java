package dev.exeunt.draft;

import dev.exeunt.draft.fate.ColumnProposer;
import dev.exeunt.draft.fate.DetachableColumns;
import dev.exeunt.draft.fate.FatePropagation;
import dev.exeunt.draft.fate.FateProposer;
import dev.exeunt.draft.links.DescendantLinkFinder;
import dev.exeunt.draft.links.NonPersonalTableFinder;
import dev.exeunt.draft.links.OneToOneLinkFinder;
import dev.exeunt.draft.links.SubjectLinkFinder;
import dev.exeunt.draft.model.DraftModel;
import dev.exeunt.draft.model.DraftTable;
import java.util.Map;

/**
 * Holds everything that a draft proposes for the tables of a draft model.
 *
 * @param model with every link found, and a fate for each
 * @param columns what the columns of rows that stay become
 * @param notPersonal reasons by table
 */
public record DraftProposal(
        DraftModel model, DetachableColumns detachment, ColumnProposer columns, Map<DraftTable, String> notPersonal) {

    public static DraftProposal on(DraftModel model) {
        DetachableColumns detachment = new DetachableColumns(model);
        new SubjectLinkFinder(model).find();
        new FateProposer(model, detachment).propose();
        new FatePropagation(model, detachment).draw();
        new DescendantLinkFinder(model).link();
        new OneToOneLinkFinder(model).link();
        return new DraftProposal(
                model, detachment, new ColumnProposer(model), new NonPersonalTableFinder(model).find());
    }
}
