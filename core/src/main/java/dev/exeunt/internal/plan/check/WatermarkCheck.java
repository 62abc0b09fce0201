package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.RoleLifecycle;
import dev.exeunt.internal.map.yaml.YamlFormatter;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.MapPath;
import dev.exeunt.internal.plan.PlannedHiding.Watermark;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.List;
import java.util.Optional;

/** Checks that {@code delete-data} can tell rows that existed at the request from rows created later. */
public final class WatermarkCheck {

    private WatermarkCheck() {}

    public static List<Finding> check(BoundMap bound) {
        boolean later = bound.map().flow() == AccountFlow.DELETE_DATA
                && bound.map()
                        .lifecycle()
                        .offer(AccountFlow.DELETE_DATA)
                        .map(offer -> offer.grace() != null)
                        .orElse(false);
        return later
                ? bound.roles().stream()
                        .filter(r -> r.hiding().said().scope() == RoleLifecycle.DeletionScope.DATA)
                        .filter(PlannedRole::writes)
                        .filter(r -> !toldApart(r))
                        .map(r -> finding(bound, r))
                        .toList()
                : List.of();
    }

    private static boolean toldApart(PlannedRole role) {
        return role.hiding().watermark().filter(Watermark::isExact).isPresent() || toldApartByHiding(role);
    }

    /** Whether hiding removes the rows that were there at the request, so that later ones are told from them. */
    private static boolean toldApartByHiding(PlannedRole role) {
        return switch (role.hiding().outcome()) {
            case STASH -> known(role);
            case DELETE_AT_REQUEST -> true;
            case OVERWRITE_WHILE_HIDDEN -> false;
            case DELETE, ANONYMIZE, DETACH, REASSIGN, KEEP, LEAVE_ALONE, UNDECIDED, UNSPECIFIED -> false;
        };
    }

    /** Whether a row that was moved away is known when it is back. */
    private static boolean known(PlannedRole role) {
        return !role.table().primaryKey().isEmpty()
                || role.table().indexes().stream()
                        .anyMatch(i -> i.uniqueForAll()
                                && i.columns().stream()
                                        .allMatch(c -> role.table().require(c).notNull()));
    }

    private static Finding finding(BoundMap bound, PlannedRole role) {
        Column created = role.hiding().created();
        String why = created == null
                ? "nothing tells the rows of " + role.id() + " that were there at the request from those made since"
                : role.table().name() + "." + created.name() + " is "
                        + created.type().display() + ", which does not say at what moment a row was made";
        return FindingCode.NO_WATERMARK.finding(
                role.at(),
                role.id().toString(),
                why + ": what the person makes after asking would go, too.",
                fix(bound, role));
    }

    private static SuggestedFix fix(BoundMap bound, PlannedRole role) {
        String otherwise =
                "hide: stash, or hide: { set: { a timestamp: \"{now}\" } }; or scope: account, for rows that are no"
                        + " content but part of the account";
        return moment(role)
                .map(c -> SuggestedFix.entries(
                        MapPath.pathTo(bound, role), "created: " + YamlFormatter.scalar(c), otherwise))
                .orElseGet(() -> SuggestedFix.words(
                        "created: the column that says at what moment a row was made\nor " + otherwise));
    }

    private static Optional<String> moment(PlannedRole role) {
        return role.table().columns().stream()
                .filter(c -> c.type().isTimestamp())
                .map(Column::name)
                .filter(c -> c.contains("creat") || c.contains("insert") || c.contains("added"))
                .findFirst();
    }
}
