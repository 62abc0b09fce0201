package dev.exeunt.internal.draft.model;

import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.names.PersonalDataCategory;
import java.util.List;

/** Tells rows below a row that only lets go of the person, or that a container keeps: they are not the person's. */
public final class WeakRows {

    private WeakRows() {}

    /** Whether all rows that the role hangs off belong to others, so that the person has no claim to its rows either. */
    public static boolean below(DraftRole role) {
        return !role.parents().isEmpty() && role.parents().stream().allMatch(WeakRows::weak);
    }

    private static boolean weak(DraftRole parent) {
        return parent.claim() == LinkRelation.ACTOR
                || parent.table().container()
                || parent.table().kept()
                || parent.stance() == LinkRelation.PARENT && below(parent);
    }

    /**
     * Whether the rows only say who did something to a row of others: one row for each, with an address in it, as a table that
     * notes by which address a package was published.
     */
    public static boolean satellite(DraftRole role) {
        DraftTable table = role.table();
        List<String> columns = role.link().columns();
        boolean single =
                table.table().indexes().stream().anyMatch(i -> i.uniqueForAll() && columns.containsAll(i.columns()));
        boolean address = table.table().columns().stream()
                .anyMatch(c -> PersonalDataCategory.of(c) == PersonalDataCategory.EMAIL);
        boolean acts = !role.parents().isEmpty()
                && role.parents().stream().allMatch(p -> p.direct() && p.claim() == LinkRelation.ACTOR);
        return role.through() && single && address && acts;
    }
}
