package dev.exeunt.internal.draft;

import dev.exeunt.internal.draft.fate.ColumnProposer;
import dev.exeunt.internal.draft.fate.DetachableColumns;
import dev.exeunt.internal.draft.fate.FatePropagation;
import dev.exeunt.internal.draft.fate.FateProposer;
import dev.exeunt.internal.draft.links.ContainerTables;
import dev.exeunt.internal.draft.links.DescendantLinkFinder;
import dev.exeunt.internal.draft.links.IncidentalLinks;
import dev.exeunt.internal.draft.links.NonPersonalTableFinder;
import dev.exeunt.internal.draft.links.OneToOneLinkFinder;
import dev.exeunt.internal.draft.links.PurposeRefinement;
import dev.exeunt.internal.draft.links.SubjectLinkFinder;
import dev.exeunt.internal.draft.links.SubjectPointers;
import dev.exeunt.internal.draft.links.UndeclaredChildFinder;
import dev.exeunt.internal.draft.links.UnreachedTraces;
import dev.exeunt.internal.draft.links.UnsaidLinks;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftTable;
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
        new PurposeRefinement(model).refine();
        new ContainerTables(model).mark();
        new IncidentalLinks(model).mark();
        new FateProposer(model, detachment).propose();
        new FatePropagation(model, detachment).draw();
        new DescendantLinkFinder(model).link();
        new UndeclaredChildFinder(model).link();
        new OneToOneLinkFinder(model).link();
        new SubjectPointers(model).ask();
        new UnsaidLinks(model).note();
        new UnreachedTraces(model).note();
        return new DraftProposal(
                model, detachment, new ColumnProposer(model), new NonPersonalTableFinder(model).find());
    }
}
