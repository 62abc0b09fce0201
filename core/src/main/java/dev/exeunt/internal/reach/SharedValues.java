package dev.exeunt.internal.reach;

import dev.exeunt.internal.map.SharedValueRule;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.IdentifierUniqueness;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Finds those of the values that people are matched by which another present person holds as well. Rows of such a value are not
 * theirs. People who leave together do not count as others to each other.
 */
final class SharedValues {

    private static final String HOLDERS = """
            SELECT pg_catalog.lower({table}.{identifier}::pg_catalog.text), {key} FROM {table}
            WHERE pg_catalog.lower({table}.{identifier}::pg_catalog.text)
                    OPERATOR(pg_catalog.=) ANY (ARRAY(SELECT pg_catalog.unnest(:values::pg_catalog.text[])))
                AND ({leaving}) IS NOT TRUE AND {present}""";

    /** What identifiers were before requests that are still open have hidden them. */
    private static final String HIDDEN = """
            SELECT DISTINCT pg_catalog.lower(exeunt_w.was[exeunt_c.place]) FROM exeunt.hidden AS exeunt_h
            CROSS JOIN pg_catalog.unnest(exeunt_h.columns) WITH ORDINALITY AS exeunt_c(name, place)
            JOIN (SELECT request, step, was FROM exeunt.undo UNION ALL SELECT request, step, was FROM exeunt.stash) AS exeunt_w
                ON exeunt_w.request OPERATOR(pg_catalog.=) exeunt_h.request
                AND exeunt_w.step OPERATOR(pg_catalog.=) exeunt_h.step
            JOIN exeunt.request AS exeunt_r ON exeunt_r.id OPERATOR(pg_catalog.=) exeunt_h.request
            WHERE exeunt_h.table_schema OPERATOR(pg_catalog.=) :schema AND exeunt_h.table_name OPERATOR(pg_catalog.=) :table
                AND exeunt_c.name OPERATOR(pg_catalog.=) :identifier
                AND pg_catalog.lower(exeunt_w.was[exeunt_c.place]) OPERATOR(pg_catalog.=) ANY (:values::pg_catalog.text[])
                AND NOT EXISTS (SELECT FROM ROWS FROM ({leaving}) AS exeunt_l({columns})
                    WHERE ARRAY[{columns}] OPERATOR(pg_catalog.=) exeunt_r.subject)""";

    private final Connection connection;
    private final PlannedSubject subject;
    private final List<SubjectKey> leaving;
    private final PresentPeople present;
    private final boolean storesRequests;

    SharedValues(Connection connection, Plan plan, List<SubjectKey> leaving, ErasedPeople erased) throws SQLException {
        this.connection = connection;
        this.subject = plan.subject();
        this.leaving = List.copyOf(leaving);
        this.present = PresentPeople.of(connection, plan, erased);
        this.storesRequests = PresentPeople.storesRequests(connection);
    }

    /** The joined keys of those who leave and take no row by this source, since they are not present. */
    Set<String> takingNothing(KeySource.IdentifierValues source) throws SQLException {
        if (source.rule() != SharedValueRule.MINE_IF_PRESENT) {
            return Set.of();
        }
        Set<String> absent = leaving.stream().map(SubjectKey::joined).collect(Collectors.toCollection(HashSet::new));
        present.among(leaving).forEach(p -> absent.remove(p.joined()));
        return absent;
    }

    /**
     * Returns those of the values that another present person holds, in lower case.
     *
     * @param former whether the people held the values before they were hidden, so that others may have taken them since
     */
    Set<String> among(Column identifier, Set<String> values, boolean former) throws SQLException {
        Set<String> shared = new HashSet<>();
        if (values.isEmpty()) {
            return shared;
        }
        if (former || !IdentifierUniqueness.isProven(subject.table(), identifier)) {
            shared.addAll(held(identifier, values));
        }
        if (storesRequests) {
            shared.addAll(SqlRunner.list(connection, hidden(identifier, values), row -> row.getString(1)));
        }
        return shared;
    }

    private Set<String> held(Column identifier, Set<String> values) throws SQLException {
        SqlFragment select = SqlTemplate.of(HOLDERS)
                .fragment("table", subject.table().name().quoted())
                .identifier("identifier", identifier.name())
                .fragment("key", PresentPeople.keyTexts(subject))
                .bind("values", values.toArray(String[]::new))
                .fragment("leaving", PresentPeople.isOneOf(subject, leaving))
                .fragment("present", present.condition())
                .toFragment();
        Map<SubjectKey, String> holders = new LinkedHashMap<>();
        SqlRunner.forEach(
                connection, select, 0, row -> holders.put(SubjectFinder.key(row, 1, subject), row.getString(1)));
        return present.withoutErased(holders.keySet()).stream()
                .map(holders::get)
                .collect(Collectors.toSet());
    }

    private SqlFragment hidden(Column identifier, Set<String> values) {
        int width = subject.key().size();
        List<SqlFragment> parts = IntStream.range(0, width)
                .mapToObj(i -> SqlFragment.of("pg_catalog.unnest(?::pg_catalog.text[])", (Object)
                        leaving.stream().map(k -> k.parts().get(i)).toArray(String[]::new)))
                .toList();
        return SqlTemplate.of(HIDDEN)
                .bind("schema", subject.table().name().schema())
                .bind("table", subject.table().name().name())
                .bind("identifier", identifier.name())
                .bind("values", values.toArray(String[]::new))
                .fragments("leaving", ", ", parts)
                .identifiers(
                        "columns",
                        IntStream.range(0, width).mapToObj(i -> "exeunt_" + i).toList())
                .toFragment();
    }
}
