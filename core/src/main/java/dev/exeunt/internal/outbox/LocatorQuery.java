package dev.exeunt.internal.outbox;

import dev.exeunt.internal.map.LifecycleSettings.ExternalSystem;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.text.SubjectQueryBinder;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Asks where the data of people is in other systems, by the map's {@code locators}: one query for each system. */
final class LocatorQuery {

    private static final String LOCATORS = """
            SELECT exeunt_s.number, (
                SELECT pg_catalog.jsonb_agg(pg_catalog.to_jsonb(exeunt_q)) FROM ({query}
                ) AS exeunt_q) AS locators
            FROM (
                SELECT ARRAY[{names}] AS key, exeunt_k.number
                FROM ROWS FROM ({columns}) WITH ORDINALITY AS exeunt_k({names}, number)) AS exeunt_s
            """;

    private final Connection connection;
    private final PlannedSubject person;

    LocatorQuery(Connection connection, PlannedSubject person) {
        this.connection = connection;
        this.person = person;
    }

    /** Returns by person and system a JSON array with an object for each row. A person without rows has no entry for the system. */
    Map<SubjectKey, Map<String, String>> run(List<ExternalSystem> systems, List<SubjectKey> people)
            throws SQLException {
        Map<SubjectKey, Map<String, String>> all = new HashMap<>();
        for (ExternalSystem system : systems) {
            LocatedText query = system.locators();
            if (query != null && !people.isEmpty()) {
                SearchPath.ofRole(
                        connection,
                        c -> SqlRunner.forEach(c, sql(query.text(), people), 0, row -> {
                            String found = row.getString("locators");
                            if (found != null) {
                                SubjectKey subject = people.get((int) row.getLong("number") - 1);
                                all.computeIfAbsent(subject, s -> new HashMap<>())
                                        .put(system.name().text(), found);
                            }
                        }));
            }
        }
        return all;
    }

    private SqlFragment sql(String query, List<SubjectKey> people) {
        List<Integer> parts = IntStream.range(0, person.key().size()).boxed().toList();
        return SqlTemplate.of(LOCATORS)
                .fragment("query", SubjectQueryBinder.ofVariable(query, person, "exeunt_s.key"))
                .identifiers("names", parts.stream().map(i -> "exeunt_" + i).toList())
                .fragments(
                        "columns",
                        ", ",
                        parts.stream().map(i -> column(people, i)).toList())
                .toFragment();
    }

    private static SqlFragment column(List<SubjectKey> people, int part) {
        return SqlTemplate.of("pg_catalog.unnest(:parts::pg_catalog.text[])")
                .bind("parts", people.stream().map(p -> p.parts().get(part)).toArray(String[]::new))
                .toFragment();
    }
}
