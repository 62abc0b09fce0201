package dev.exeunt.internal.plan.text;

import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.schema.trial.MapSql;
import dev.exeunt.map.Finding.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds an SQL text of the map with its position and a description for messages.
 *
 * @param what the role or column it is for, as findings name it
 * @param said for a sentence: {@code the where of a.link}
 */
public record LocatedSql(MapSql text, Position at, String what, String said) {

    public static List<LocatedSql> of(BoundMap bound) {
        List<LocatedSql> all = new ArrayList<>();
        LocatedText present = bound.subject().present();
        if (present != null) {
            all.add(new LocatedSql(
                    present(bound.subject(), present), present.at(), "subject.present", "the present of the subject"));
        }
        for (PlannedRole role : bound.roles()) {
            LocatedText where = role.where();
            if (where != null) {
                all.add(new LocatedSql(
                        condition(role, where), where.at(), role.id().toString(), "the where of " + role.id()));
            }
            List<ColumnAssignment> written = new ArrayList<>(role.assignments());
            written.addAll(role.hiding().sets());
            for (ColumnAssignment assignment : written) {
                if (assignment.rule() instanceof Rule.SqlRule sql) {
                    all.add(of(role, assignment, sql));
                }
            }
        }
        LifecycleSettings lifecycle = bound.map().lifecycle();
        lifecycle
                .guards()
                .forEach(g -> all.add(query(bound, g.sql(), "guards." + g.name(), "the sql of guard " + g.name())));
        lifecycle
                .warnings()
                .forEach(w -> all.add(query(bound, w.sql(), "warnings." + w.name(), "the sql of warning " + w.name())));
        for (LifecycleSettings.ExternalSystem system : lifecycle.external()) {
            LocatedText locators = system.locators();
            if (locators != null) {
                all.add(query(bound, locators, "external." + system.name(), "the locators of " + system.name()));
            }
        }
        for (LocatedText caller : lifecycle.sql().caller()) {
            LocatedText query = new LocatedText("SELECT (" + caller.text() + "\n) AS caller", caller.at());
            all.add(query(bound, query, "sql.caller", "the caller under sql"));
        }
        return all;
    }

    public static MapSql condition(PlannedRole role, LocatedText where) {
        return new MapSql.RowCondition(role.table().name(), where.text());
    }

    /** The condition for people who are not soft-deleted. */
    public static MapSql present(PlannedSubject subject, LocatedText present) {
        return new MapSql.RowCondition(subject.table().name(), present.text());
    }

    public static MapSql value(PlannedRole role, ColumnAssignment assignment, Rule.SqlRule sql) {
        return new MapSql.ColumnExpression(
                role.table().name(),
                assignment.column().name(),
                assignment.column().type().quoted(),
                sql.expression());
    }

    public static MapSql query(BoundMap bound, LocatedText sql) {
        List<String> key =
                bound.subject().key().stream().map(c -> c.type().quotedBase()).toList();
        return new MapSql.SubjectQuery(key, sql.text());
    }

    private static LocatedSql query(BoundMap bound, LocatedText sql, String what, String said) {
        return new LocatedSql(query(bound, sql), sql.at(), what, said);
    }

    private static LocatedSql of(PlannedRole role, ColumnAssignment assignment, Rule.SqlRule sql) {
        String column = assignment.column().name();
        String what = role.table().name() + "." + column;
        return new LocatedSql(value(role, assignment, sql), sql.at(), what, "the sql for " + what);
    }
}
