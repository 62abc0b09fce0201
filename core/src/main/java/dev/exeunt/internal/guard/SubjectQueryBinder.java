package dev.exeunt.internal.guard;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.trial.QueryPlaceholders;
import java.util.ArrayList;
import java.util.List;

/** Binds the subject and the leaving people into a query of the map. */
final class SubjectQueryBinder {

    private SubjectQueryBinder() {}

    static SqlFragment of(String sql, PlannedSubject person, SubjectKey subject, List<SubjectKey> leaving) {
        return QueryPlaceholders.in(sql).filled(one(person, subject), all(person, leaving));
    }

    private static SqlFragment one(PlannedSubject person, SubjectKey subject) {
        List<SqlFragment> parts = new ArrayList<>();
        for (int i = 0; i < person.key().size(); i++) {
            parts.add(SqlFragment.of(
                    "CAST(? AS " + person.key().get(i).type().quotedBase() + ")",
                    subject.parts().get(i)));
        }
        return parts.size() == 1
                ? parts.get(0)
                : SqlFragment.of("ROW(").plus(SqlFragment.join(", ", parts)).plus(")");
    }

    /** Behind ANY and ALL an array and a query stand in the same parentheses. */
    private static SqlFragment all(PlannedSubject person, List<SubjectKey> leaving) {
        List<SqlFragment> arrays = new ArrayList<>();
        for (int i = 0; i < person.key().size(); i++) {
            int part = i;
            String[] column = leaving.stream().map(k -> k.parts().get(part)).toArray(String[]::new);
            arrays.add(SqlFragment.of(
                    "CAST(?::pg_catalog.text[] AS " + person.key().get(i).type().quotedBase() + "[])",
                    (Object) column));
        }
        return arrays.size() == 1
                ? arrays.get(0)
                : SqlFragment.of("SELECT * FROM ROWS FROM (")
                        .plus(SqlFragment.join(
                                ", ",
                                arrays.stream()
                                        .map(a -> SqlFragment.of("pg_catalog.unnest(")
                                                .plus(a)
                                                .plus(")"))
                                        .toList()))
                        .plus(")");
    }
}
