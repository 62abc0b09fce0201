package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.fix.AcceptanceFix;
import dev.exeunt.internal.plan.rule.GrantSql;
import dev.exeunt.internal.plan.rule.RequiredPrivileges;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TablePrivileges;
import dev.exeunt.internal.schema.Trigger;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.List;

/** Checks that the connection may read and write what the plan needs, and that nothing intercepts its writes. */
public final class AccessCheck {

    /** Never to disable or drop it: a protection of the application must outlive a paste. */
    static final String NARROWED =
            "let the rule's owner give it a condition (WHERE …) that leaves out the rows of people who" + " are erased";

    private static final String ALL = "all that the map needs: exeunt grants --print";

    private AccessCheck() {}

    public static List<Finding> check(BoundMap bound) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedTable table : bound.tables()) {
            if (table.roles().isEmpty()) {
                continue;
            }
            findings.addAll(rights(
                    bound,
                    table.table(),
                    RequiredPrivileges.onTable(table),
                    table.roles().get(0).at()));
            swallowed(bound, table, findings);
        }
        bound.tablesWithInheriting().stream().filter(t -> !t.roles().isEmpty()).forEach(t -> triggers(t, findings));
        RequiredPrivileges.joinedTables(bound)
                .forEach(j -> findings.addAll(rights(bound, j.table(), List.of("SELECT"), j.at())));
        return findings;
    }

    /** What is missing of the rights that an entry of the map needs on a table. */
    private static List<Finding> rights(BoundMap bound, Table table, List<String> needed, Position at) {
        List<Finding> findings = new ArrayList<>();
        TablePrivileges rights = table.rights();
        String name = table.name().toString();
        String role = bound.schema().role();
        if (!rights.schemaUsage()) {
            String schema = table.name().schema();
            findings.add(FindingCode.NO_RIGHTS.finding(
                    at,
                    name,
                    "role " + role + " may not use the schema " + schema + ".",
                    SuggestedFix.sql(GrantSql.usage(schema, role), ALL)));
        }
        List<String> missing = missing(rights, needed);
        if (!missing.isEmpty()) {
            findings.add(FindingCode.NO_RIGHTS.finding(
                    at,
                    name,
                    "role " + role + " lacks " + String.join(", ", missing) + " on " + name + ".",
                    SuggestedFix.sql(GrantSql.grant(missing, table.name(), role), ALL)));
        }
        if (!rights.bypassesRowSecurity()) {
            findings.add(FindingCode.CANNOT_SEE.finding(
                    at,
                    name,
                    "row security is on for " + name + " and binds role " + role
                            + ", so rows of the person may be hidden from it.",
                    SuggestedFix.words(
                            "connect as a separate role that sees every row (--db-user)\nor, where no application"
                                    + " connects as " + role + ", " + GrantSql.bypassRowSecurity(role))));
        }
        return findings;
    }

    private static List<String> missing(TablePrivileges rights, List<String> needed) {
        return needed.stream()
                .filter(right -> switch (right) {
                    case "SELECT" -> !rights.select();
                    case "UPDATE" -> !rights.update();
                    default -> !rights.delete();
                })
                .toList();
    }

    private static void triggers(PlannedTable table, List<Finding> findings) {
        boolean deletes = !table.deleting().isEmpty();
        boolean updates = !table.assigning().isEmpty();
        for (Trigger trigger : table.table().triggers()) {
            boolean fires = trigger.enabled() && (deletes && trigger.onDelete() || updates && trigger.onUpdate());
            if (!fires) {
                continue;
            }
            findings.add(trigger.replacesEveryWrite() ? instead(table, trigger) : fires(table, trigger));
        }
    }

    /**
     * A rule on the child that does something else instead of what a foreign key does there: the database then refuses the
     * delete of the parent, whether or not a row refers to it.
     */
    private static void swallowed(BoundMap bound, PlannedTable parent, List<Finding> findings) {
        if (parent.deleting().isEmpty()) {
            return;
        }
        for (ForeignKey key : bound.referringTo(parent.table())) {
            bound.schema().table(key.child()).stream()
                    .flatMap(child -> child.triggers().stream())
                    .filter(t ->
                            t.enabled() && t.kind() == Trigger.TriggerKind.CONDITIONAL_INSTEAD_RULE && swallows(t, key))
                    .forEach(rule -> findings.add(mayDangle(parent, key, rule)));
            bound.schema().table(key.child()).stream()
                    .flatMap(child -> child.triggers().stream())
                    .filter(t -> t.enabled() && t.kind() == Trigger.TriggerKind.INSTEAD_RULE && swallows(t, key))
                    .forEach(rule -> findings.add(new Finding(
                            FindingCode.SIDE_EFFECT,
                            FindingCode.Severity.ERROR,
                            parent.deleting().get(0).at(),
                            key.child().toString(),
                            "the rule " + rule.name() + " on " + key.child() + " does something else instead of what "
                                    + key.name() + " (" + key + ", ON DELETE "
                                    + key.onDelete().sql() + ") does there: the database would refuse to delete from "
                                    + parent.name() + ".",
                            SuggestedFix.words("let the rows of " + parent.name()
                                    + " stay: erase: { anonymize: … } or { keep: … }; or " + NARROWED))));
        }
    }

    private static Finding mayDangle(PlannedTable parent, ForeignKey key, Trigger rule) {
        String child = key.child().toString();
        return FindingCode.SIDE_EFFECT.finding(
                parent.deleting().get(0).at(),
                child,
                "the rule " + rule.name() + " on " + child + " does something else, for some rows, instead of what "
                        + key.name() + " (" + key + ", ON DELETE "
                        + key.onDelete().sql()
                        + ") does there: such rows would refer to a row of " + parent.name() + " that is gone.",
                AcceptanceFix.suggest(
                        FindingCode.SIDE_EFFECT,
                        child,
                        "looked at, it concerns no row of a person",
                        "map the rows of " + child + ", so that a step of their own takes them"));
    }

    private static boolean swallows(Trigger rule, ForeignKey key) {
        return switch (key.onDelete()) {
            case CASCADE -> rule.onDelete();
            case SET_NULL, SET_DEFAULT -> rule.onUpdate();
            case NO_ACTION, RESTRICT -> false;
        };
    }

    private static Finding fires(PlannedTable table, Trigger trigger) {
        return FindingCode.SIDE_EFFECT.finding(
                table.roles().get(0).at(),
                table.name().toString(),
                "the trigger or rule " + trigger.name() + " on " + table.name() + " fires on what the plan does.",
                AcceptanceFix.suggest(
                        FindingCode.SIDE_EFFECT,
                        table.name().toString(),
                        "looked at, it keeps nothing of the person",
                        "change what it does; exeunt rehearse shows the rows it writes"));
    }

    private static Finding instead(PlannedTable table, Trigger trigger) {
        return new Finding(
                FindingCode.SIDE_EFFECT,
                FindingCode.Severity.ERROR,
                table.roles().get(0).at(),
                table.name().toString(),
                "the rule " + trigger.name() + " on " + table.name()
                        + " does something else instead of what the plan does.",
                SuggestedFix.words("let the rows stay as they are: erase: { keep: … }; or " + NARROWED));
    }
}
