package dev.exeunt.internal.export.law;

import dev.exeunt.internal.export.law.RetentionTerm.RetentionReason;
import dev.exeunt.internal.export.section.ExportSections;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Names something that outlives the erasure of a person's account on purpose.
 *
 * @param section the section's name
 * @param role the role whose rows stay
 * @param onlyRole whether the table has no other role
 * @param columns columns that stay as they are although the rest may be overwritten; empty where whole rows are kept
 * @param kept why rows are kept; null where it is about columns
 */
public record KeptPart(
        String section,
        String role,
        boolean onlyRole,
        List<String> columns,
        @Nullable RetentionReason kept) {

    public KeptPart {
        columns = List.copyOf(columns);
    }

    /** What outlives an erasure by the plan, in the order of the map. */
    static List<KeptPart> of(Plan plan) {
        List<KeptPart> parts = new ArrayList<>();
        for (PlannedTable table : ExportSections.inOrderOfMap(plan)) {
            for (PlannedRole role : table.roles()) {
                boolean only = table.roles().size() == 1;
                String name = role.id().role();
                List<String> columns =
                        role.fate().retain().stream().map(LocatedText::text).toList();
                if (role.outcome().keepsRows()) {
                    RetentionReason why =
                            role.fate().keep().map(RetentionReason::of).orElseThrow();
                    parts.add(new KeptPart(table.section(), name, only, List.of(), why));
                } else if (!columns.isEmpty()) {
                    parts.add(new KeptPart(table.section(), name, only, columns, null));
                }
            }
        }
        return parts;
    }
}
