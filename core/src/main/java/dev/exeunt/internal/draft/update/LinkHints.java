package dev.exeunt.internal.draft.update;

import dev.exeunt.internal.draft.links.SubjectLinkFinder;
import dev.exeunt.internal.draft.model.DraftModel;
import dev.exeunt.internal.draft.model.DraftRole;
import dev.exeunt.internal.draft.model.DraftTable;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists possible links in mapped tables that only a column name suggests. */
final class LinkHints {

    private LinkHints() {}

    static List<String> of(ExistingMapModel settlement) {
        DraftModel fresh = settlement.emptyModel();
        new SubjectLinkFinder(fresh).find();
        List<String> hints = new ArrayList<>();
        settlement.tables().forEach((settled, table) -> {
            DraftTable found = fresh.require(settled.name());
            Set<String> spoken = spoken(table);
            found.roles().stream()
                    .filter(r -> r.link().inferred() && !r.through() && !r.isSelf())
                    .filter(r -> r.link().columns().stream().noneMatch(spoken::contains))
                    .map(LinkHints::hint)
                    .forEach(hints::add);
        });
        return hints;
    }

    private static String hint(DraftRole role) {
        String what = role.direct() ? " may be a link that no foreign key declares" : " may hold the person's address";
        return role.table().name() + "." + String.join(", ", role.link().columns()) + what;
    }

    /** Columns that the map names anywhere in the table's entry. */
    private static Set<String> spoken(MappedTable table) {
        Set<String> spoken = new HashSet<>();
        for (Role role : table.roles()) {
            spoken.addAll(ExistingMapModel.columns(role.link()));
            role.fate().rules().forEach(r -> spoken.add(r.column().text()));
            role.fate().retain().forEach(w -> spoken.add(w.text()));
        }
        return spoken;
    }
}
