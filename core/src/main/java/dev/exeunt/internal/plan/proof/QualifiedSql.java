package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedHiding;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.text.LocatedSql;
import dev.exeunt.internal.schema.trial.MapSql;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import java.util.List;

/**
 * The map's own SQL as a plan runs it: each name that is not of {@code pg_catalog} with its schema, as the database resolved it when
 * the map was checked. What another role adds to the path of the role later changes nothing. A text that the database could not be
 * asked for stays as the map has it; an {@code unproven} finding says so.
 */
final class QualifiedSql {

    private final SqlValidationResult tried;

    private QualifiedSql(SqlValidationResult tried) {
        this.tried = tried;
    }

    static BoundMap of(BoundMap bound, SqlValidationResult tried) {
        QualifiedSql sql = new QualifiedSql(tried);
        return bound.withTables(
                        bound.tables().stream().map(t -> t.with(sql::role)).toList())
                .withSubject(sql.subject(bound.subject()));
    }

    private PlannedSubject subject(PlannedSubject subject) {
        LocatedText present = subject.present();
        return present == null
                ? subject
                : subject.withPresent(new LocatedText(text(LocatedSql.present(subject, present)), present.at()));
    }

    private PlannedRole role(PlannedRole role) {
        LocatedText where = role.where();
        LocatedText qualified =
                where == null ? null : new LocatedText(text(LocatedSql.condition(role, where)), where.at());
        PlannedHiding hiding = role.hiding();
        return role.with(
                qualified,
                assignments(role, role.assignments()),
                new PlannedHiding(hiding.said(), hiding.how(), assignments(role, hiding.sets()), hiding.created()));
    }

    private List<ColumnAssignment> assignments(PlannedRole role, List<ColumnAssignment> assignments) {
        return assignments.stream()
                .map(a -> a.rule() instanceof Rule.SqlRule sql
                        ? new ColumnAssignment(
                                a.column(), new Rule.SqlRule(text(LocatedSql.value(role, a, sql)), sql.at()))
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
