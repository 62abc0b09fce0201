package dev.exeunt.internal.plan.bind;

import dev.exeunt.internal.map.ColumnRule;
import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.HideRule;
import dev.exeunt.internal.map.Link;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.MappedTable;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.RoleLifecycle;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.MapPath;
import dev.exeunt.internal.plan.PlannedHiding;
import dev.exeunt.internal.plan.PlannedJoin;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.plan.bind.MapBinder.FoundTable;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.FindingCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Binds one role: its link to columns and a source, its fate and its hiding to assignments, its export to joins. */
final class RoleBinder {

    private final NameResolver names;
    private final MapDefinition map;
    private final LinkBinder links;
    private final JoinBinder joins;

    RoleBinder(NameResolver names, MapDefinition map, PlannedSubject subject, Map<TableName, FoundTable> tables) {
        this.names = names;
        this.map = map;
        this.links = new LinkBinder(names, subject, tables);
        this.joins = new JoinBinder(names);
    }

    Optional<PlannedRole> bind(MappedTable entry, Table table, Role role) {
        Optional<LinkBinder.BoundLink> bond = links.bind(table, role.link(), MapPath.pathTo(entry, role));
        names.columns(table, role.fate().retain());
        names.columns(table, role.export().except());
        names.columns(table, role.export().mask());
        List<PlannedJoin> joined = joins.bind(table, role.export());
        PlannedHiding hiding = hiding(table, role);
        Optional<List<ColumnAssignment>> rules = rules(table, role.fate().rules());
        if (bond.isEmpty() || rules.isEmpty()) {
            return Optional.empty();
        }
        if (cannotLetGo(table, role)) {
            return Optional.empty();
        }
        List<ColumnAssignment> assignments = new ArrayList<>(cutLinkAssignments(table, role.fate(), bond.get()));
        assignments.addAll(rules.get());
        return Optional.of(new PlannedRole(
                new RoleId(table.name(), role.name()),
                table,
                bond.get().on(),
                bond.get().source(),
                role.link().where(),
                role.fate(),
                assignments,
                role.export(),
                joined,
                hiding,
                role.at()));
    }

    /** The subject's own row says under {@code subject} when it was made, unless its table says it. */
    private PlannedHiding hiding(Table table, Role role) {
        RoleLifecycle handling = role.handling();
        HideRule hide = handling.hide(map.flow()).orElse(null);
        List<ColumnAssignment> sets = hide == null
                ? List.of()
                : rules(table, hide.rules()).orElse(List.of()).stream()
                        .map(this::asInFlow)
                        .toList();
        LocatedText created = handling.created() == null && role.name().equals(Role.SELF)
                ? map.subject().created()
                : handling.created();
        Column column = created == null
                ? null
                : CreationColumnBinder.bind(names, table, created).orElse(null);
        return new PlannedHiding(handling, hide, sets, column);
    }

    /** In a flow that blocks no login there is no moment until which it is blocked. */
    private ColumnAssignment asInFlow(ColumnAssignment assignment) {
        boolean blocked = map.lifecycle()
                .offer(map.flow())
                .map(offer -> offer.loginBlock() != null)
                .orElse(true);
        boolean without = !blocked
                && assignment.rule() instanceof Rule.TemplateRule template
                && template.uses(Rule.TemplatePlaceholder.BLOCKED_UNTIL);
        return without
                ? new ColumnAssignment(
                        assignment.column(), new Rule.NullRule(assignment.rule().at()))
                : assignment;
    }

    /** What refers to the row stands in the other table, and only there can it be emptied. */
    private boolean cannotLetGo(Table table, Role role) {
        if (!role.fate().outcome().cutsLink()
                || !(role.link() instanceof Link.ThroughLink through)
                || through.by().isEmpty()) {
            return false;
        }
        String columns =
                String.join(", ", through.by().stream().map(LocatedText::text).toList());
        names.report(FindingCode.CANNOT_HOLD.finding(
                role.fate().at(),
                table.name() + "." + role.name(),
                role.fate().word() + " has nothing to empty in " + table.name() + ": it is " + through.table() + "."
                        + columns + " that refers to its rows.",
                "erase: delete, or { anonymize: … }, or { keep: … }; in " + through.table() + ": anonymize: { "
                        + through.by().get(0) + ": null }"));
        return true;
    }

    private Optional<List<ColumnAssignment>> rules(Table table, List<ColumnRule> rules) {
        List<ColumnAssignment> assignments = new ArrayList<>();
        for (ColumnRule rule : rules) {
            names.column(table, rule.column()).ifPresent(c -> assignments.add(new ColumnAssignment(c, rule.rule())));
        }
        return assignments.size() == rules.size() ? Optional.of(assignments) : Optional.empty();
    }

    /** What detach and reassign write into the link's own columns. */
    private List<ColumnAssignment> cutLinkAssignments(Table table, Fate fate, LinkBinder.BoundLink bond) {
        return switch (fate.outcome()) {
            case DETACH -> emptying(table, fate, bond);
            case REASSIGN -> reassigning(table, fate, bond);
            case DELETE, ANONYMIZE, KEEP, LEAVE_ALONE, UNDECIDED, UNSPECIFIED -> List.of();
            case STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> List.of();
        };
    }

    private List<ColumnAssignment> emptying(Table table, Fate detach, LinkBinder.BoundLink bond) {
        names.columns(table, detach.columns()).orElse(List.of()).stream()
                .filter(c -> !bond.on().contains(c))
                .forEach(c -> notOfLink(table, detach, c, bond));
        return bond.on().stream()
                .filter(c -> detach.columns().isEmpty()
                        || detach.columns().stream().anyMatch(w -> w.text().equals(c.name())))
                .map(c -> new ColumnAssignment(c, new Rule.NullRule(detach.at())))
                .toList();
    }

    private List<ColumnAssignment> reassigning(Table table, Fate reassign, LinkBinder.BoundLink bond) {
        if (reassign.key().size() != bond.on().size()) {
            names.report(FindingCode.CANNOT_HOLD.finding(
                    reassign.at(),
                    table.name() + "." + columnNames(bond.on()),
                    "reassign gives " + reassign.key().size() + " value(s) for "
                            + bond.on().size() + " link column(s).",
                    "one value for each of " + columnNames(bond.on())));
            return List.of();
        }
        List<ColumnAssignment> assignments = new ArrayList<>();
        for (int i = 0; i < bond.on().size(); i++) {
            Rule ghost = new Rule.LiteralRule(reassign.key().get(i), reassign.at());
            assignments.add(new ColumnAssignment(bond.on().get(i), ghost));
        }
        return assignments;
    }

    private void notOfLink(Table table, Fate detach, Column column, LinkBinder.BoundLink bond) {
        names.report(FindingCode.UNKNOWN_NAME.finding(
                detach.at(),
                table.name() + "." + column.name(),
                "detach empties the link's own columns (" + columnNames(bond.on()) + "), and " + column.name()
                        + " is not one of them.",
                "put " + column.name() + ": null under anonymize"));
    }

    private static String columnNames(List<Column> columns) {
        return String.join(", ", columns.stream().map(Column::name).toList());
    }
}
