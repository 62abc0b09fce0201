package dev.exeunt.internal.enforce;

import dev.exeunt.internal.enforce.AbsentRowViews.AbsentRowView;
import dev.exeunt.internal.map.LifecycleSettings.DatabaseRoles;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.RoleLifecycle.HiddenRowVisibility;
import dev.exeunt.internal.map.RoleLifecycle.NewRowPolicy;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.map.AccountFlow;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What the map wants to be true in the database itself.
 *
 * @param tables those of which rows become absent or are refused, sorted by name
 * @param views what the policies of links by {@code through} and {@code matches} read
 * @param unsupported links whose rows the map makes absent and that row security cannot follow
 * @param application roles of the database that do not see hidden people
 * @param exempt roles that do
 */
record EnforcementRules(
        PlannedSubject subject,
        List<EnforcedTable> tables,
        List<AbsentRowView> views,
        List<UnsupportedLink> unsupported,
        List<String> application,
        List<String> exempt,
        boolean force) {

    EnforcementRules {
        tables = List.copyOf(tables);
        views = List.copyOf(views);
        unsupported = List.copyOf(unsupported);
        application = List.copyOf(application);
        exempt = List.copyOf(exempt);
    }

    static EnforcementRules of(Map<AccountFlow, FlowPlan> flows) {
        FlowPlan account = Objects.requireNonNull(flows.get(AccountFlow.DELETE_ACCOUNT));
        LinkPlans plans = new LinkPlans(flows);
        AbsentRowViews views = new AbsentRowViews(plans);
        List<PlannedTable> planned = account.erasure().tables();
        List<EnforcedTable> tables = planned.stream()
                .sorted(Comparator.comparing(PlannedTable::name))
                .map(table -> new EnforcedTable(
                        table.table(),
                        links(
                                table,
                                flows,
                                views,
                                role -> hides(role) && plans.obstacle(role).isEmpty()),
                        links(table, flows, views, EnforcementRules::refuses),
                        List.of()))
                .filter(t -> !t.absent().isEmpty() || !t.refusing().isEmpty())
                .toList();
        List<UnsupportedLink> unsupported = planned.stream()
                .flatMap(t -> t.roles().stream())
                .filter(EnforcementRules::hides)
                .flatMap(role -> plans.obstacle(role).map(why -> new UnsupportedLink(role, why)).stream())
                .toList();
        DatabaseRoles roles = account.erasure().map().lifecycle().roles();
        return new EnforcementRules(
                account.erasure().subject(),
                tables,
                views.views(),
                unsupported,
                names(roles.application()),
                names(roles.exempt()),
                roles.force());
    }

    private static List<String> names(List<LocatedText> roles) {
        return roles.stream().map(LocatedText::text).toList();
    }

    private static List<EnforcedLink> links(
            PlannedTable table, Map<AccountFlow, FlowPlan> flows, AbsentRowViews views, Predicate<PlannedRole> wanted) {
        return table.roles().stream()
                .filter(wanted)
                .map(role -> views.link(role, markers(role, flows)))
                .toList();
    }

    private static boolean hides(PlannedRole role) {
        return role.hiding().said().reads() == HiddenRowVisibility.ABSENT;
    }

    private static boolean refuses(PlannedRole role) {
        return role.hiding().said().newRows() == NewRowPolicy.REFUSE
                && role.source() instanceof KeySource.SubjectKeyValues;
    }

    private static List<Column> markers(PlannedRole role, Map<AccountFlow, FlowPlan> flows) {
        return flows.values().stream()
                .flatMap(flow -> flow.erasure().role(role.id()).stream())
                .flatMap(r -> Stream.of(r.hiding().sets(), r.assignments()))
                .flatMap(Collection::stream)
                .filter(ColumnAssignment::marks)
                .map(ColumnAssignment::column)
                .distinct()
                .toList();
    }

    /** A link whose rows the map makes absent and that no policy can follow, and why. */
    record UnsupportedLink(PlannedRole role, String why) {}

    EnforcementRules withTables(List<EnforcedTable> others) {
        return new EnforcementRules(subject, others, views, unsupported, application, exempt, force);
    }

    boolean refusesRows() {
        return tables.stream().anyMatch(t -> !t.refusing().isEmpty());
    }
}
