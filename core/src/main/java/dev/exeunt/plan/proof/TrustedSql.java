package dev.exeunt.plan.proof;

import dev.exeunt.map.Lifecycle;
import dev.exeunt.map.Position;
import dev.exeunt.map.Rule;
import dev.exeunt.map.Word;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.schema.trial.MapSql;
import java.util.ArrayList;
import java.util.List;

/**
 * A text of the map that is taken as SQL, and where it stands.
 *
 * @param what the role or column it is for, as findings name it
 * @param said for a sentence: {@code the where of a.link}
 */
record TrustedSql(MapSql text, Position at, String what, String said) {

    static List<TrustedSql> of(BoundMap bound) {
        List<TrustedSql> all = new ArrayList<>();
        for (PlannedRole role : bound.roles()) {
            Word where = role.where();
            if (where != null) {
                all.add(new TrustedSql(
                        condition(role, where), where.at(), role.id().toString(), "the where of " + role.id()));
            }
            List<Assignment> written = new ArrayList<>(role.assignments());
            written.addAll(role.hiding().sets());
            for (Assignment assignment : written) {
                if (assignment.rule() instanceof Rule.Sql sql) {
                    all.add(of(role, assignment, sql));
                }
            }
        }
        Lifecycle lifecycle = bound.map().lifecycle();
        lifecycle
                .guards()
                .forEach(g -> all.add(query(bound, g.sql(), "guards." + g.name(), "the sql of guard " + g.name())));
        lifecycle
                .warnings()
                .forEach(w -> all.add(query(bound, w.sql(), "warnings." + w.name(), "the sql of warning " + w.name())));
        lifecycle
                .external()
                .forEach(e ->
                        all.add(query(bound, e.locators(), "external." + e.name(), "the locators of " + e.name())));
        return all;
    }

    static MapSql condition(PlannedRole role, Word where) {
        return new MapSql.Condition(role.table().name(), where.text());
    }

    static MapSql value(PlannedRole role, Assignment assignment, Rule.Sql sql) {
        return new MapSql.Value(
                role.table().name(),
                assignment.column().name(),
                assignment.column().type().quoted(),
                sql.expression());
    }

    static MapSql query(BoundMap bound, Word sql) {
        List<String> key =
                bound.subject().key().stream().map(c -> c.type().quotedBase()).toList();
        return new MapSql.Query(key, sql.text());
    }

    private static TrustedSql query(BoundMap bound, Word sql, String what, String said) {
        return new TrustedSql(query(bound, sql), sql.at(), what, said);
    }

    private static TrustedSql of(PlannedRole role, Assignment assignment, Rule.Sql sql) {
        String column = assignment.column().name();
        String what = role.table().name() + "." + column;
        return new TrustedSql(value(role, assignment, sql), sql.at(), what, "the sql for " + what);
    }
}
