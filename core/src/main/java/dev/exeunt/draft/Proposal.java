package dev.exeunt.draft;

import dev.exeunt.draft.fate.ColumnProposal;
import dev.exeunt.draft.fate.Consequences;
import dev.exeunt.draft.fate.Detachment;
import dev.exeunt.draft.fate.FateProposal;
import dev.exeunt.draft.links.Descent;
import dev.exeunt.draft.links.Holdings;
import dev.exeunt.draft.links.LinkFinder;
import dev.exeunt.draft.links.NotPersonal;
import dev.exeunt.draft.model.DraftTable;
import dev.exeunt.draft.model.Model;
import java.util.Map;

/**
 * Everything a draft proposes, given what the model holds already.
 *
 * @param model with every link found, and a fate for each
 * @param columns what the columns of rows that stay become
 * @param notPersonal reasons by table
 */
public record Proposal(
        Model model, Detachment detachment, ColumnProposal columns, Map<DraftTable, String> notPersonal) {

    public static Proposal on(Model model) {
        Detachment detachment = new Detachment(model);
        new LinkFinder(model).find();
        new FateProposal(model, detachment).propose();
        new Consequences(model, detachment).draw();
        new Descent(model).link();
        new Holdings(model).link();
        return new Proposal(model, detachment, new ColumnProposal(model), new NotPersonal(model).find());
    }
}
