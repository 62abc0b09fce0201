package dev.exeunt.internal.export.law;

import dev.exeunt.export.ExportSummary.SectionRows;
import dev.exeunt.internal.export.law.WithheldPart.WithheldKind;
import dev.exeunt.internal.export.section.ExportSection;
import dev.exeunt.internal.export.section.ExportSection.SectionColumn;
import dev.exeunt.internal.export.section.ExportSections;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.map.DataMap.LanguageText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists what an export does not hold of a person, with the reason that the map gives. */
final class WithheldParts {

    private WithheldParts() {}

    /**
     * Returns what an export leaves out, in the order of the map.
     *
     * @param heldByOthers rows left out since another present person holds their value; of the sections that have some
     */
    static List<WithheldPart> of(Plan plan, List<SectionRows> heldByOthers) {
        List<WithheldPart> parts = new ArrayList<>();
        ExportSections.inOrderOfMap(plan).forEach(table -> parts.addAll(of(table)));
        heldByOthers.forEach(held -> parts.add(new WithheldPart(
                held.name(), WithheldKind.HELD_BY_OTHERS, List.of(), List.of(), held.rows(), LanguageText.NONE)));
        return parts;
    }

    static List<WithheldPart> of(PlannedTable table) {
        ExportSection section = ExportSection.of(table);
        if (section.isEmpty()) {
            return List.of(part(section, WithheldKind.SECTION, List.of(), List.of(), reason(table.roles())));
        }
        List<WithheldPart> parts = new ArrayList<>(columns(section));
        parts.addAll(inPart(section));
        parts.addAll(masked(section));
        List<PlannedRole> silent =
                table.roles().stream().filter(role -> role.export().none()).toList();
        if (!silent.isEmpty()) {
            parts.add(part(section, WithheldKind.ROWS, List.of(), silent, reason(silent)));
        }
        return parts;
    }

    private static List<WithheldPart> columns(ExportSection section) {
        Map<LanguageText, List<String>> byReason = new LinkedHashMap<>();
        section.leftOut()
                .forEach(column -> byReason.computeIfAbsent(
                                reason(leavingOut(section.roles(), column)), reason -> new ArrayList<>())
                        .add(column));
        List<WithheldPart> parts = new ArrayList<>();
        byReason.forEach(
                (reason, columns) -> parts.add(part(section, WithheldKind.COLUMNS, columns, List.of(), reason)));
        return parts;
    }

    /** Columns that only some roles show. Columns of joined rows are left out by no rule, so they have no reason. */
    private static List<WithheldPart> inPart(ExportSection section) {
        Map<List<Object>, WithheldPart> parts = new LinkedHashMap<>();
        for (SectionColumn column : section.partial()) {
            if (column.allowedBy().isEmpty()) {
                continue;
            }
            LanguageText reason =
                    column.join() == null ? reason(leavingOut(section.roles(), column.name())) : LanguageText.NONE;
            WithheldPart one =
                    part(section, WithheldKind.COLUMNS_IN_PART, List.of(column.name()), column.allowedBy(), reason);
            parts.merge(List.of(one.roles(), reason), one, WithheldParts::joined);
        }
        return List.copyOf(parts.values());
    }

    private static List<WithheldPart> masked(ExportSection section) {
        Map<List<Object>, WithheldPart> parts = new LinkedHashMap<>();
        for (SectionColumn column : section.partial()) {
            if (!column.maskedBy().isEmpty()) {
                List<PlannedRole> roles = column.allowedBy().isEmpty() ? List.of() : column.maskedBy();
                WithheldPart one =
                        part(section, WithheldKind.MASKED, List.of(column.name()), roles, reason(column.maskedBy()));
                parts.merge(List.of(one.roles(), one.reason()), one, WithheldParts::joined);
            }
        }
        return List.copyOf(parts.values());
    }

    private static WithheldPart joined(WithheldPart one, WithheldPart other) {
        List<String> columns = new ArrayList<>(one.columns());
        columns.addAll(other.columns());
        return new WithheldPart(one.section(), one.kind(), columns, one.roles(), 0, one.reason());
    }

    private static List<PlannedRole> leavingOut(List<PlannedRole> roles, String column) {
        return roles.stream()
                .filter(role -> role.export().withheld().contains(column))
                .toList();
    }

    /** The first that one of the roles gives. */
    private static LanguageText reason(List<PlannedRole> roles) {
        return roles.stream()
                .map(role -> role.export().reason())
                .filter(reason -> !reason.isEmpty())
                .findFirst()
                .orElse(LanguageText.NONE);
    }

    private static WithheldPart part(
            ExportSection section,
            WithheldKind kind,
            List<String> columns,
            List<PlannedRole> roles,
            LanguageText reason) {
        return new WithheldPart(section.name(), kind, columns, WithheldPart.names(roles), 0, reason);
    }
}
