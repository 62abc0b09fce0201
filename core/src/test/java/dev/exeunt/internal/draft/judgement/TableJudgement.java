package dev.exeunt.internal.draft.judgement;

import java.util.List;
import java.util.Map;

/**
 * Says whether rows of one table are personal, and judges the links by which a draft may reach them.
 *
 * @param secrets columns that no export may hold
 * @param roles by column, or by columns joined with a comma; {@code self} for the person's own row
 * @param reachedBy links in the other direction, by {@code schema.table.column} of the row that refers to this table
 */
public record TableJudgement(
        Personality personal,
        List<String> secrets,
        Map<String, RoleJudgement> roles,
        Map<String, RoleJudgement> reachedBy,
        String why) {

    /** Says whether rows of a table tell something about a person. */
    public enum Personality {
        TRUE,
        POSSIBLY,
        FALSE
    }
}
