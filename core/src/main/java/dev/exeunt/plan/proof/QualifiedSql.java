package dev.exeunt.plan.proof;

import dev.exeunt.map.Rule;
import dev.exeunt.map.Word;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.Hiding;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.schema.trial.MapSql;
import dev.exeunt.schema.trial.TriedSql;
import java.util.List;

/**
 * The map's own SQL as a plan runs it: each name that is not of {@code pg_catalog} with its schema, as the database resolved it when
 * the map was checked. What another role adds to the path of the role later changes nothing. A text that the database could not be
 * asked for stays as the map has it; an {@code unproven} finding says so.
 */
final class QualifiedSql {

    private final TriedSql tried;

    private QualifiedSql(TriedSql tried) {
        this.tried = tried;
    }

    static BoundMap of(BoundMap bound, TriedSql tried) {
        QualifiedSql sql = new QualifiedSql(tried);
        return bound.with(bound.tables().stream().map(t -> t.with(sql::role)).toList());
    }

    private PlannedRole role(PlannedRole role) {
        Word where = role.where();
        Word qualified = where == null ? null : new Word(text(TrustedSql.condition(role, where)), where.at());
        Hiding hiding = role.hiding();
        return role.with(
                qualified,
                assignments(role, role.assignments()),
                new Hiding(hiding.said(), hiding.how(), assignments(role, hiding.sets()), hiding.created()));
    }

    private List<Assignment> assignments(PlannedRole role, List<Assignment> assignments) {
        return assignments.stream()
                .map(a -> a.rule() instanceof Rule.Sql sql
                        ? new Assignment(a.column(), new Rule.Sql(text(TrustedSql.value(role, a, sql)), sql.at()))
                        : a)
                .toList();
    }

    private String text(MapSql text) {
        return tried.of(text)
                .flatMap(verdict ->
                        java.util.Optional.ofNullable(verdict.insides().qualified()))
                .orElse(text.sql());
    }
}
