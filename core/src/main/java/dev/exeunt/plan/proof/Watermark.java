package dev.exeunt.plan.proof;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.Fix;
import dev.exeunt.map.Flow;
import dev.exeunt.map.Handling;
import dev.exeunt.map.Hide;
import dev.exeunt.map.Rule;
import dev.exeunt.map.Rule.Part;
import dev.exeunt.map.Rule.Placeholder;
import dev.exeunt.map.yaml.YamlText;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.Place;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.schema.Column;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether <em>delete my data</em> can tell the rows that were there at the request, which go when it is due, from those that the
 * person made afterwards, which stay: the flow marked or moved them, or a column says when they were made.
 */
final class Watermark {

    /** A date does not tell the morning from the evening. */
    private static final Set<String> MOMENTS = Set.of("timestamptz", "timestamp");

    private Watermark() {}

    static List<Finding> of(BoundMap bound) {
        boolean later = bound.map().flow() == Flow.DELETE_DATA
                && bound.map()
                        .lifecycle()
                        .offer(Flow.DELETE_DATA)
                        .map(offer -> offer.grace() != null)
                        .orElse(false);
        return later
                ? bound.roles().stream()
                        .filter(r -> r.hiding().said().scope() == Handling.Scope.DATA)
                        .filter(PlannedRole::writes)
                        .filter(r -> !toldApart(r))
                        .map(r -> finding(bound, r))
                        .toList()
                : List.of();
    }

    private static boolean toldApart(PlannedRole role) {
        Hide how = role.hiding().how();
        Column created = role.hiding().created();
        return how instanceof Hide.Stash && known(role)
                || how instanceof Hide.Delete
                || role.hiding().sets().stream().anyMatch(Watermark::marks)
                || created != null && isMoment(created);
    }

    /** Whether a row that was moved away is known when it is back. */
    private static boolean known(PlannedRole role) {
        return !role.table().primaryKey().isEmpty()
                || role.table().indexes().stream()
                        .anyMatch(i -> i.uniqueForAll()
                                && i.columns().stream()
                                        .allMatch(c -> role.table().require(c).notNull()));
    }

    private static boolean marks(Assignment assignment) {
        return isMoment(assignment.column())
                && assignment.rule() instanceof Rule.Template template
                && template.parts().equals(List.of(new Part.Value(Placeholder.NOW)));
    }

    private static boolean isMoment(Column column) {
        return MOMENTS.contains(column.type().baseName());
    }

    private static Finding finding(BoundMap bound, PlannedRole role) {
        Column created = role.hiding().created();
        String why = created == null
                ? "nothing tells the rows of " + role.id() + " that were there at the request from those made since"
                : role.table().name() + "." + created.name() + " is "
                        + created.type().display() + ", which does not say at what moment a row was made";
        return Finding.of(
                FindingCode.NO_WATERMARK,
                role.at(),
                role.id().toString(),
                why + ": what the person makes after asking would go, too.",
                fix(bound, role));
    }

    private static Fix fix(BoundMap bound, PlannedRole role) {
        String otherwise =
                "hide: stash, or hide: { set: { a timestamp: \"{now}\" } }; or scope: account, for rows that are no"
                        + " content but part of the account";
        return moment(role)
                .map(c -> Fix.entries(Place.of(bound, role), "created: " + YamlText.scalar(c), otherwise))
                .orElseGet(() ->
                        Fix.words("created: the column that says at what moment a row was made\nor " + otherwise));
    }

    private static Optional<String> moment(PlannedRole role) {
        return role.table().columns().stream()
                .filter(Watermark::isMoment)
                .map(Column::name)
                .filter(c -> c.contains("creat") || c.contains("insert") || c.contains("added"))
                .findFirst();
    }
}
