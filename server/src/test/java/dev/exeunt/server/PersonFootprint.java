package dev.exeunt.server;

import dev.exeunt.testkit.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Tells which rows of Keycloak's database say something of one person: those that hold the person's id or user name, or the id of a
 * session, consent, resource or policy of the person. Written from Keycloak's schema, without the map under test.
 */
final class PersonFootprint {

    private static final String MARKS = """
            WITH tickets AS (SELECT policy_id FROM resource_server_perm_ticket WHERE requester = '%1$s' OR owner = '%1$s'),
                 policies AS (SELECT id FROM resource_server_policy WHERE owner = '%1$s'
                              UNION SELECT policy_id FROM tickets WHERE policy_id IS NOT NULL)
            SELECT '%1$s' UNION SELECT '%2$s'
            UNION SELECT user_session_id FROM offline_user_session WHERE user_id = '%1$s'
            UNION SELECT id FROM user_consent WHERE user_id = '%1$s'
            UNION SELECT id FROM resource_server_resource WHERE owner = '%1$s'
            UNION SELECT id FROM policies
            UNION SELECT associated_policy_id FROM associated_policy JOIN policies ON id = policy_id
            """;

    private final Pattern marks;

    private PersonFootprint(Pattern marks) {
        this.marks = marks;
    }

    /** Reads the ids of what is the person's, which must still be there. */
    static PersonFootprint of(TestDatabase database, String id, String name) {
        List<String> marks = database.column(MARKS.formatted(id, name));
        return new PersonFootprint(Pattern.compile(String.join("|", marks)));
    }

    /** Whether a row, written as JSON, says something of the person. */
    boolean isIn(String row) {
        return marks.matcher(row).find();
    }

    /** How many rows of each table say something of the person; tables without any are left out. */
    Map<String, Long> rows(Map<String, List<String>> snapshot) {
        Map<String, Long> rows = new TreeMap<>();
        snapshot.forEach(
                (table, all) -> rows.put(table, all.stream().filter(this::isIn).count()));
        rows.values().removeIf(count -> count == 0);
        return rows;
    }
}
