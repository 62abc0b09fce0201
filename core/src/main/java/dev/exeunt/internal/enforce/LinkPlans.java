package dev.exeunt.internal.enforce;

import dev.exeunt.internal.enforce.EnforcedLink.HiddenData;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedHiding.Watermark;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.IdentifierUniqueness;
import dev.exeunt.map.AccountFlow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Answers what the plans of all flows say of a link: which rows a request hides, and whether a policy can follow them. */
final class LinkPlans {

    private final Map<AccountFlow, FlowPlan> flows;
    private final FlowPlan account;

    LinkPlans(Map<AccountFlow, FlowPlan> flows) {
        this.flows = flows;
        this.account = Objects.requireNonNull(flows.get(AccountFlow.DELETE_ACCOUNT));
    }

    List<Column> key() {
        return account.erasure().subject().key();
    }

    RoleId self() {
        return account.erasure().self();
    }

    PlannedRole role(RoleId id) {
        return account.erasure().role(id).orElseThrow();
    }

    /** The roles whose rows say which rows the source finds. */
    static List<RoleId> sources(KeySource source, RoleId self) {
        if (source instanceof KeySource.RoleRows rows) {
            return rows.roles();
        }
        return source instanceof KeySource.IdentifierValues ? List.of(self) : List.of();
    }

    /** A request to delete data that is carried out at once hides nothing meanwhile. */
    private Optional<PlannedRole> deletingData(PlannedRole role) {
        return Optional.ofNullable(flows.get(AccountFlow.DELETE_DATA))
                .filter(flow -> flow.offer().filter(o -> o.grace() != null).isPresent())
                .flatMap(flow -> flow.erasure().role(role.id()));
    }

    /** Returns which rows of the link a request to delete data hides. */
    HiddenData hiddenData(PlannedRole role) {
        return deletingData(role)
                .filter(r -> !r.outcome().leavesRowsAlone())
                .map(this::old)
                .orElse(HiddenData.NO_ROWS);
    }

    /** Returns which rows lead on to the rows of other links, where data is deleted. Rows that stay as they are lead on as well. */
    HiddenData hiddenDataOnTheWay(PlannedRole role) {
        return deletingData(role)
                .map(r -> r.writes() ? old(r) : HiddenData.ALL_ROWS)
                .orElse(HiddenData.NO_ROWS);
    }

    /** What hangs off a row that goes goes with it, however new it is. */
    private HiddenData old(PlannedRole role) {
        if (role.source() instanceof KeySource.RoleRows rows
                && rows.roles().stream()
                        .allMatch(id ->
                                deletingData(role(id)).map(PlannedRole::deletes).orElse(false))) {
            return HiddenData.ALL_ROWS;
        }
        Optional<Watermark> watermark = role.hiding().watermark();
        return watermark.map(w -> new HiddenData(true, w)).orElse(HiddenData.NO_ROWS);
    }

    /** Returns why no policy finds the rows as long as their person is hidden or erased; empty where one does. */
    Optional<String> obstacle(PlannedRole role) {
        List<RoleId> way = new ArrayList<>();
        if (!walk(role, way, new LinkedHashSet<>())) {
            return Optional.of("they hang on a tree of rows");
        }
        if (role.source() instanceof KeySource.IdentifierValues || way.stream().anyMatch(this::isByValue)) {
            boolean proven = Stream.concat(Stream.of(role), way.stream().map(this::role))
                    .flatMap(r ->
                            r.source() instanceof KeySource.IdentifierValues i ? Stream.of(i.column()) : Stream.empty())
                    .allMatch(c -> IdentifierUniqueness.isProven(
                            account.erasure().subject().table(), c));
            if (!proven) {
                return Optional.of("another person may hold the same value");
            }
        }
        return flows.values().stream()
                .flatMap(flow -> new FlowWay(flow, role.id(), way).obstacle().stream())
                .findFirst();
    }

    private boolean isByValue(RoleId id) {
        return role(id).source() instanceof KeySource.IdentifierValues;
    }

    /** Collects all roles on the way to the person. Returns false where the way leads back to itself. */
    private boolean walk(PlannedRole role, List<RoleId> way, Set<RoleId> above) {
        if (!above.add(role.id())) {
            return false;
        }
        for (RoleId id : sources(role.source(), self())) {
            if (!walk(role(id), way, above)) {
                return false;
            }
            if (!way.contains(id)) {
                way.add(id);
            }
        }
        above.remove(role.id());
        return true;
    }

    /** What one flow does to a link's rows and to those on the way to the person. */
    private static final class FlowWay {

        private final FlowPlan flow;
        private final PlannedRole end;
        private final List<PlannedRole> way;

        FlowWay(FlowPlan flow, RoleId end, List<RoleId> way) {
            this.flow = flow;
            this.end = flow.erasure().role(end).orElseThrow();
            this.way = way.stream()
                    .map(id -> flow.erasure().role(id).orElseThrow())
                    .toList();
        }

        Optional<String> obstacle() {
            return hiding().or(() -> flow.flow() == AccountFlow.DELETE_DATA ? Optional.empty() : erasure());
        }

        private Optional<String> hiding() {
            if (end.hiding().outcome().removesRows()) {
                return Optional.empty();
            }
            return removed(way.stream().filter(r -> r.hiding().outcome().removesRows()), "the request")
                    .or(() -> Stream.concat(Stream.of(end), way.stream())
                            .flatMap(r -> changed(r, r.hiding().sets(), true, "hide").stream())
                            .findFirst());
        }

        /** A row whose link is cut, or whose value is overwritten, is the person's no longer. */
        private Optional<String> erasure() {
            boolean cut = end.assignments().stream().anyMatch(a -> end.on().contains(a.column()));
            if (end.deletes() || cut) {
                return Optional.empty();
            }
            return removed(way.stream().filter(PlannedRole::deletes), "the erasure")
                    .or(() -> Stream.concat(Stream.of(end), way.stream())
                            .flatMap(r -> changed(r, r.assignments(), false, "the erasure").stream())
                            .findFirst());
        }

        private static Optional<String> removed(Stream<PlannedRole> roles, String by) {
            return roles.findFirst()
                    .map(r -> by + " removes the rows of " + r.id() + " that lead to them, and they stay");
        }

        private Optional<String> changed(
                PlannedRole role, List<ColumnAssignment> assignments, boolean links, String by) {
            return assignments.stream()
                    .map(ColumnAssignment::column)
                    .filter(c -> leads(role, c) || links && role.on().contains(c) || isAsked(role, c))
                    .findFirst()
                    .map(c -> by + " changes " + role.table().name() + "." + c.name() + ", by which they are found");
        }

        /** Whether rows of another role on the way are found by what this column holds. */
        private boolean leads(PlannedRole role, Column column) {
            return Stream.concat(Stream.of(end), way.stream())
                    .filter(r -> sources(r.source(), flow.erasure().self()).contains(role.id()))
                    .anyMatch(r -> r.source().columns().contains(column));
        }

        private static boolean isAsked(PlannedRole role, Column column) {
            LocatedText where = role.where();
            return where != null && where.text().contains(column.name());
        }
    }
}
