package dev.exeunt.internal.plan.text;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.trial.QueryPlaceholders;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Binds the subject and the leaving people into a query of the map. */
public final class SubjectQueryBinder {

    private SubjectQueryBinder() {}

    /**
     * Fills in one person.
     *
     * @param subject the key, one text for each of its columns
     * @param leaving the keys of people who leave as well
     */
    public static SqlFragment of(String sql, PlannedSubject person, List<String> subject, List<List<String>> leaving) {
        List<SqlFragment> texts =
                subject.stream().map(part -> SqlFragment.of("?", part)).toList();
        return QueryPlaceholders.in(sql).filled(one(person, texts), all(person, leaving));
    }

    /**
     * Fills in the person whom a variable of a function or a column tells, and no leaving people.
     *
     * @param variable the key, of type {@code text[]}
     */
    public static SqlFragment ofVariable(String sql, PlannedSubject person, String variable) {
        List<SqlFragment> texts = IntStream.rangeClosed(1, person.key().size())
                .mapToObj(i -> SqlFragment.of(variable + "[" + i + "]"))
                .toList();
        return QueryPlaceholders.in(sql).filled(one(person, texts), all(person, List.of()));
    }

    private static SqlFragment one(PlannedSubject person, List<SqlFragment> texts) {
        List<SqlFragment> parts = new ArrayList<>();
        for (int i = 0; i < person.key().size(); i++) {
            parts.add(SqlTemplate.of("CAST({part} AS {type})")
                    .fragment("part", texts.get(i))
                    .fragment("type", person.key().get(i).type().quotedBase())
                    .toFragment());
        }
        return parts.size() == 1
                ? parts.get(0)
                : SqlTemplate.of("ROW({parts})").fragments("parts", ", ", parts).toFragment();
    }

    /** Behind ANY and ALL an array and a query stand in the same parentheses. */
    private static SqlFragment all(PlannedSubject person, List<List<String>> leaving) {
        List<SqlFragment> arrays = new ArrayList<>();
        for (int i = 0; i < person.key().size(); i++) {
            int part = i;
            arrays.add(SqlTemplate.of("CAST(:parts::pg_catalog.text[] AS {type}[])")
                    .bind("parts", leaving.stream().map(k -> k.get(part)).toArray(String[]::new))
                    .fragment("type", person.key().get(i).type().quotedBase())
                    .toFragment());
        }
        return arrays.size() == 1 ? arrays.get(0) : rows(arrays);
    }

    private static SqlFragment rows(List<SqlFragment> arrays) {
        List<SqlFragment> columns = arrays.stream()
                .map(array -> SqlTemplate.of("pg_catalog.unnest({array})")
                        .fragment("array", array)
                        .toFragment())
                .toList();
        return SqlTemplate.of("SELECT * FROM ROWS FROM ({columns})")
                .fragments("columns", ", ", columns)
                .toFragment();
    }
}
