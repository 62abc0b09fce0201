package dev.exeunt.internal.entry;

import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.KeyPredicate;
import java.util.stream.IntStream;

/** Builds the parts of a function's SQL that tell a person by the variable {@code person}, the key as an array of texts. */
final class PersonSql {

    private PersonSql() {}

    /** Returns the key of the row {@code p} as texts, as the row spells them. */
    static SqlFragment key(PlannedSubject subject) {
        return subject.key().stream()
                .map(column -> SqlTemplate.of("CAST(p.{column} AS text)")
                        .identifier("column", column.name())
                        .toFragment())
                .collect(SqlFragment.joining(", "));
    }

    /** Returns the condition that the row {@code p} is the person's. */
    static SqlFragment isPerson(PlannedSubject subject) {
        return isPerson(subject, "person");
    }

    /** @param variable that holds the key */
    static SqlFragment isPerson(PlannedSubject subject, String variable) {
        return KeyPredicate.of("p", subject.key(), i -> part(subject, variable, i));
    }

    /** Returns the person's key in its own types. */
    static SqlFragment parts(PlannedSubject subject) {
        return IntStream.range(0, subject.key().size())
                .mapToObj(i -> part(subject, "person", i))
                .collect(SqlFragment.joining(", "));
    }

    static SqlFragment part(PlannedSubject subject, String variable, int i) {
        return SqlTemplate.of("CAST({variable}[{place}] AS {type})")
                .fragment("variable", variable)
                .fragment("place", Integer.toString(i + 1))
                .fragment("type", subject.key().get(i).type().quotedBase())
                .toFragment();
    }
}
