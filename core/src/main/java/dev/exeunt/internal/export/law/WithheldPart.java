package dev.exeunt.internal.export.law;

import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.map.DataMap.LanguageText;
import java.util.List;

/**
 * Names something of a person that an export does not hold, and why.
 *
 * @param section the section's name
 * @param columns the columns that are left out; empty where it is about whole rows
 * @param roles where it is about some rows only: for {@link WithheldKind#COLUMNS_IN_PART} the roles whose rows show the columns, for
 *     {@link WithheldKind#ROWS} the roles whose rows are left out, for {@link WithheldKind#MASKED} the roles in whose rows values are masked
 * @param rows how many rows, where that is known; else 0
 * @param reason empty where the map gives none
 */
public record WithheldPart(
        String section, WithheldKind kind, List<String> columns, List<String> roles, long rows, LanguageText reason) {

    public WithheldPart {
        columns = List.copyOf(columns);
        roles = List.copyOf(roles);
    }

    /** Lists what can be missing in an export. */
    public enum WithheldKind {
        /** all rows and columns of a table */
        SECTION("section"),
        /** columns of every row */
        COLUMNS("columns"),
        /** columns of rows that are the person's in some roles only */
        COLUMNS_IN_PART("columns-in-part"),
        /** values of columns, in whose place a fixed text or nothing stands */
        MASKED("masked"),
        /** rows that are the person's in some roles only */
        ROWS("rows"),
        /** rows whose value another present person holds, too */
        HELD_BY_OTHERS("held-by-others");

        private final String word;

        WithheldKind(String word) {
            this.word = word;
        }

        /** Returns the word that a bundle uses for it. */
        public String word() {
            return word;
        }
    }

    static List<String> names(List<PlannedRole> roles) {
        return roles.stream().map(role -> role.id().role()).toList();
    }
}
