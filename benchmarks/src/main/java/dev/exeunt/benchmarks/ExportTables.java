package dev.exeunt.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** Names the tables and columns that the ways of an export read, in the order of the bundle. */
final class ExportTables {

    static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { section: profile, erase: delete }
              orders: { subject: person_id, erase: delete }
              messages: { subject: person_id, erase: delete }
              visits: { subject: person_id, erase: delete }
              steps: { subject: person_id, erase: delete }
            """;

    private ExportTables() {}

    /** Returns a query for each section, by its name. */
    static Map<String, String> queries() {
        Map<String, String> queries = new LinkedHashMap<>();
        queries.put("profile", "SELECT * FROM people WHERE id = 1");
        for (String table : new String[] {"orders", "messages", "visits", "steps"}) {
            queries.put(table, "SELECT * FROM " + table + " WHERE person_id = 1 ORDER BY id");
        }
        return queries;
    }
}
