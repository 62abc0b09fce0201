package dev.exeunt.internal.plan.check.leftover;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Warns of rows that several people own, of which each erasure only lets go: once all of them have left, the row belongs to no
 * person and stays. A table with one link to the person is not meant: there the map says in one place that the row stays.
 */
public final class OwnerlessRowCheck {

    private final BoundMap bound;
    private final Map<RoleId, PlannedRole> roles = new HashMap<>();

    private OwnerlessRowCheck(BoundMap bound) {
        this.bound = bound;
        bound.roles().forEach(role -> roles.put(role.id(), role));
    }

    public static List<Finding> check(BoundMap bound) {
        OwnerlessRowCheck check = new OwnerlessRowCheck(bound);
        List<Finding> findings = new ArrayList<>();
        for (PlannedTable table : bound.tables()) {
            check.owners(table).ifPresent(owners -> findings.add(finding(table, owners)));
        }
        return findings;
    }

    /** The links that own rows of a table, where rows can be left without any of them. */
    private Optional<List<PlannedRole>> owners(PlannedTable table) {
        List<PlannedRole> owners =
                table.roles().stream().filter(r -> !belongsToParent(r)).toList();
        boolean shared = owners.stream().anyMatch(PlannedRole::referredTo)
                || columns(owners, true) > 1
                || columns(owners, false) > 1;
        boolean silent = table.roles().stream().allMatch(OwnerlessRowCheck::mayLeaveRow)
                && owners.stream().allMatch(this::endsWithPerson);
        boolean another = table.table().name().equals(bound.subject().table().name()) || hasOtherOwner(table);
        return shared && silent && !another ? Optional.of(owners) : Optional.empty();
    }

    /** A key and an address in the same row are one person's as a rule; two keys, or two addresses, are two people's. */
    private static long columns(List<PlannedRole> owners, boolean byAddress) {
        return owners.stream()
                .filter(r -> r.source() instanceof KeySource.IdentifierValues == byAddress)
                .map(PlannedRole::on)
                .distinct()
                .count();
    }

    /** Rows of a row that the person owns are as ownerless as that row is. */
    private static boolean belongsToParent(PlannedRole role) {
        return role.source() instanceof KeySource.RoleRows rows && !rows.sourceRefersToRole();
    }

    /** Whether the map neither deletes the rows, nor gives them to another, nor has a legal basis to keep them. */
    private static boolean mayLeaveRow(PlannedRole role) {
        return switch (role.outcome()) {
            case DETACH, ANONYMIZE, KEEP -> !role.keptByLaw();
            case DELETE, REASSIGN, LEAVE_ALONE, UNDECIDED, UNSPECIFIED -> false;
            case STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> false;
        };
    }

    /** Whether nothing of the link is left once the person is erased, so that the row no longer leads to a row of theirs. */
    private boolean endsWithPerson(PlannedRole role) {
        if (role.outcome().cutsLink() || role.overwritesLink()) {
            return true;
        }
        if (role.source() instanceof KeySource.RoleRows rows) {
            return rows.roles().stream()
                    .map(roles::get)
                    .allMatch(source -> source != null && (source.deletes() || endsWithPerson(source)));
        }
        PlannedRole self = roles.get(bound.self());
        return self != null && self.deletes();
    }

    /** A row that must belong to a row which is no person's has an owner: the organisation's document. */
    private boolean hasOtherOwner(PlannedTable table) {
        return table.table().foreignKeys().stream()
                .filter(key -> key.columns().stream()
                        .allMatch(c -> table.table().require(c).notNull()))
                .map(ForeignKey::parent)
                .anyMatch(parent -> bound.planned(parent).isEmpty());
    }

    private static Finding finding(PlannedTable table, List<PlannedRole> owners) {
        String links = owners.stream()
                .map(r -> r.id().role() + " ("
                        + r.on().stream().map(Column::name).collect(Collectors.joining(", ")) + ")")
                .collect(Collectors.joining(" and "));
        return FindingCode.OWNERLESS.finding(
                owners.get(0).fate().at(),
                table.name().toString(),
                "a row of " + table.name() + " stays without an owner once all its people have left: "
                        + (owners.size() == 1 ? "the link " + links + " only lets" : "the links " + links + " only let")
                        + " go of it or keep" + (owners.size() == 1 ? "s" : "") + " it.",
                "let the application delete rows that no person owns any more, and accept: { ownerless: { "
                        + table.name()
                        + ": how often it does } }; or erase: delete in the link of the people whom the rows belong to; or,"
                        + " where they are to be kept by law, keep: { reason: …, basis: … }");
    }
}
