package dev.exeunt.lifecycle;

import dev.exeunt.erase.hide.RowHider;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.plan.Plan;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedSubject;
import dev.exeunt.postgres.SqlQuoting;
import dev.exeunt.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Builds the SQL function exeunt.gate, which answers the gate inside the database. It has no key, and so says
 * {@code erased} where the person's row is gone, or bears the moment that the map writes into it; a token from before
 * it cannot tell.
 *
 * <p>It runs with its owner's rights: whoever may use schema {@code exeunt} may ask it, and need not read anything else there.
 */
final class GateSqlFunction {

    /** The strongest answer that holds is the first. */
    private static final String FUNCTION = """
            -- Made from the data map; exeunt migrate makes it anew.
            DO $exeunt$
            DECLARE old pg_catalog.regprocedure;
            BEGIN
                -- so that no name here means a function that another role has made
                PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
                PERFORM pg_advisory_xact_lock(hashtext('exeunt.gate'));
                FOR old IN SELECT oid::regprocedure FROM pg_proc WHERE proname = 'gate' AND pronamespace = 'exeunt'::regnamespace
                        AND oid::regprocedure::text <> %1$s LOOP
                    EXECUTE 'DROP FUNCTION ' || old;
                END LOOP;
            END
            $exeunt$;

            CREATE OR REPLACE FUNCTION exeunt.gate(%2$s) RETURNS TABLE (state pg_catalog.text, until pg_catalog.timestamptz)
                LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
            $exeunt$
                WITH asked AS (
                    SELECT kind, login_blocked_until, due_at FROM exeunt.request
                    WHERE subject = (SELECT ARRAY[%3$s] FROM %5$s WHERE %6$s) AND kind <> 'export' AND state IN %4$s)
                SELECT answer.state, answer.until FROM (
                    SELECT 1, 'erased', CAST(NULL AS timestamptz) WHERE NOT EXISTS (SELECT FROM %5$s WHERE %6$s)
                    UNION ALL
                    SELECT 2, 'blocked', max(login_blocked_until) FROM asked WHERE login_blocked_until > exeunt.clock()
                    HAVING count(*) > 0
                    UNION ALL
                    SELECT CASE kind WHEN 'deactivate' THEN 3 WHEN 'delete-account' THEN 4 ELSE 5 END,
                        CASE kind WHEN 'deactivate' THEN 'deactivated' ELSE 'scheduled' END, due_at
                    FROM asked
                    UNION ALL
                    SELECT 6, 'erased', NULL WHERE %7$s
                    UNION ALL
                    SELECT 7, 'allowed', NULL) AS answer(rank, state, until)
                ORDER BY answer.rank LIMIT 1
            $exeunt$;
            """;

    private GateSqlFunction() {}

    static String sql(LifecycleContext setting) {
        Plan plan = setting.flow(AccountFlow.DELETE_ACCOUNT).erasure();
        PlannedSubject person = plan.subject();
        List<String> types = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (Column column : person.key()) {
            String argument = "$" + (types.size() + 1);
            types.add(column.type().quotedBase());
            String name = "p." + SqlQuoting.identifier(column.name());
            texts.add("CAST(" + name + " AS text)"); // as the row spells it
            same.add(name + " " + column.type().equality() + " " + argument);
        }
        String table = person.table().name().quoted() + " AS p";
        String where = String.join(" AND ", same);
        return FUNCTION.formatted(
                "CAST(pg_catalog.to_regprocedure(" + SqlQuoting.literal("exeunt.gate(" + String.join(",", types) + ")")
                        + ") AS pg_catalog.text)",
                String.join(", ", types),
                String.join(", ", texts),
                RequestTable.OPEN,
                table,
                where,
                marked(plan).isEmpty()
                        ? "FALSE"
                        : "EXISTS (SELECT FROM " + table + " WHERE " + where + " AND (" + marked(plan) + "))");
    }

    /** What the erasure writes into the person's row to say that it took place. */
    private static String marked(Plan plan) {
        PlannedRole self = plan.role(plan.self()).orElseThrow();
        return RowHider.marker(self.assignments()).stream()
                .map(a -> "p." + SqlQuoting.identifier(a.column().name()) + " IS NOT NULL")
                .collect(Collectors.joining());
    }
}
