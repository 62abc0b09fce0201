package dev.exeunt.internal.enforce;

import dev.exeunt.internal.map.RoleLifecycle.HiddenRowVisibility;
import dev.exeunt.internal.map.RoleLifecycle.NewRowPolicy;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedHiding.Watermark;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.LifecycleSettings.DatabaseRoles;
import dev.exeunt.map.LocatedText;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the map wants to be true in the database itself.
 *
 * @param tables those of which rows become absent or are refused, sorted by name
 * @param unsupported links whose rows the map makes absent and that row security cannot follow
 * @param application roles of the database that do not see hidden people
 * @param exempt roles that do
 */
record EnforcementRules(
        PlannedSubject subject,
        List<EnforcedTable> tables,
        List<PlannedRole> unsupported,
        List<String> application,
        List<String> exempt,
        boolean force) {

    EnforcementRules {
        tables = List.copyOf(tables);
        unsupported = List.copyOf(unsupported);
        application = List.copyOf(application);
        exempt = List.copyOf(exempt);
    }

    static EnforcementRules of(Map<AccountFlow, FlowPlan> flows) {
        FlowPlan account = Objects.requireNonNull(flows.get(AccountFlow.DELETE_ACCOUNT));
        List<PlannedTable> planned = account.erasure().tables();
        List<EnforcedTable> tables = planned.stream()
                .map(table -> new EnforcedTable(table.table(), absent(table, flows), refusing(table, flows), List.of()))
                .filter(t -> !t.absent().isEmpty() || !t.refusing().isEmpty())
                .sorted(Comparator.comparing(t -> t.table().name()))
                .toList();
        List<PlannedRole> unsupported = planned.stream()
                .flatMap(t -> t.roles().stream())
                .filter(EnforcementRules::hides)
                .filter(role -> !holdsKey(role))
                .toList();
        DatabaseRoles roles = account.erasure().map().lifecycle().roles();
        return new EnforcementRules(
                account.erasure().subject(),
                tables,
                unsupported,
                names(roles.application()),
                names(roles.exempt()),
                roles.force());
    }

    private static List<String> names(List<LocatedText> roles) {
        return roles.stream().map(LocatedText::text).toList();
    }

    private static List<EnforcedLink> absent(PlannedTable table, Map<AccountFlow, FlowPlan> flows) {
        return table.roles().stream()
                .filter(role -> hides(role) && holdsKey(role))
                .map(role -> link(role, flows))
                .toList();
    }

    private static List<EnforcedLink> refusing(PlannedTable table, Map<AccountFlow, FlowPlan> flows) {
        return table.roles().stream()
                .filter(role -> role.hiding().said().newRows() == NewRowPolicy.REFUSE && holdsKey(role))
                .map(role -> link(role, flows))
                .toList();
    }

    private static boolean hides(PlannedRole role) {
        return role.hiding().said().reads() == HiddenRowVisibility.ABSENT;
    }

    private static boolean holdsKey(PlannedRole role) {
        return role.source() instanceof KeySource.SubjectKeyValues;
    }

    private static EnforcedLink link(PlannedRole role, Map<AccountFlow, FlowPlan> flows) {
        List<PlannedRole> inFlows = flows.values().stream()
                .flatMap(flow -> flow.erasure().role(role.id()).stream())
                .toList();
        Set<Column> markers = new LinkedHashSet<>();
        inFlows.stream()
                .flatMap(r -> Stream.of(r.hiding().sets(), r.assignments()))
                .flatMap(Collection::stream)
                .filter(ColumnAssignment::marks)
                .forEach(a -> markers.add(a.column()));
        List<Column> key = Objects.requireNonNull(flows.get(AccountFlow.DELETE_ACCOUNT))
                .erasure()
                .subject()
                .key();
        return new EnforcedLink(
                role,
                role.source().columns().stream().map(key::indexOf).toList(),
                watermark(role, flows),
                List.copyOf(markers));
    }

    /** A request to delete data that is carried out at once hides nothing meanwhile. */
    private static @Nullable Watermark watermark(PlannedRole role, Map<AccountFlow, FlowPlan> flows) {
        return Optional.ofNullable(flows.get(AccountFlow.DELETE_DATA))
                .filter(flow -> flow.offer().filter(o -> o.grace() != null).isPresent())
                .flatMap(flow -> flow.erasure().role(role.id()))
                .filter(r -> !r.outcome().leavesRowsAlone())
                .flatMap(r -> r.hiding().watermark())
                .orElse(null);
    }

    EnforcementRules withTables(List<EnforcedTable> others) {
        return new EnforcementRules(subject, others, unsupported, application, exempt, force);
    }

    boolean refusesRows() {
        return tables.stream().anyMatch(t -> !t.refusing().isEmpty());
    }
}
