package dev.exeunt.internal.gate;

import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.request.LifecycleContext;
import dev.exeunt.internal.request.RequestRow;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.KeyPredicate;
import dev.exeunt.map.AccountFlow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Builds the SQL functions exeunt.gate(KEY) and exeunt.gate(KEY, KIND), which answer the gate inside the database. A subject of a kind
 * that the map does not have is answered as erased. The function has no secret, and so says
 * {@code erased} where the person's row is gone, or bears the moment that the map writes into it; a token from before
 * it cannot tell.
 *
 * <p>It runs with its owner's rights. A role with USAGE on schema {@code exeunt} may call it and needs no other rights
 * there.
 */
public final class GateSqlFunction {

    /** Drops functions for another key than the map's. Arguments: the signatures that stay, as a list of SQL. */
    private static final String PREPARATION = """
            -- Made from the data map; exeunt migrate makes it anew.
            DO $exeunt$
            DECLARE old pg_catalog.regprocedure;
            BEGIN
                -- so that no name here means a function that another role has made
                PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
                PERFORM pg_advisory_xact_lock(hashtext('exeunt.gate'));
                FOR old IN SELECT oid::regprocedure FROM pg_proc WHERE proname = 'gate' AND pronamespace = 'exeunt'::regnamespace
                        AND oid <> ALL (array_remove(ARRAY[%s], NULL)) LOOP
                    EXECUTE 'DROP FUNCTION ' || old;
                END LOOP;
            END
            $exeunt$;
            """;

    /**
     * The first answer that holds is the strongest. Arguments: parameter types, the subject's kind, the row's key as texts, the
     * table, what finds the row, the open states, the states of a request that was taken back, and the answers of {@link GateRule}.
     */
    private static final String FUNCTION = """

            CREATE OR REPLACE FUNCTION exeunt.gate(%1$s) RETURNS TABLE (state pg_catalog.text, until pg_catalog.timestamptz)
                LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS
            $exeunt$
                WITH asked AS (
                    SELECT kind, login_blocked_until, due_at, state IN %6$s AS open FROM exeunt.request
                    WHERE subject = (SELECT ARRAY[%3$s] FROM %4$s WHERE %5$s) AND subject_kind = %2$s AND kind <> 'export'
                        AND (state IN %6$s OR state IN %7$s AND login_blocked_until > exeunt.clock()))
                SELECT answer.state, answer.until FROM (
                    %8$s) AS answer(rank, state, until)
                ORDER BY answer.rank LIMIT 1
            $exeunt$;
            """;

    private GateSqlFunction() {}

    /** Makes {@code gate(KEY)}, which answers for the map's kind of subject, and {@code gate(KEY, KIND)}. */
    public static String sql(LifecycleContext context) {
        Plan plan = context.flow(AccountFlow.DELETE_ACCOUNT).erasure();
        List<String> key = plan.subject().key().stream()
                .map(column -> column.type().quotedBase())
                .toList();
        List<String> withKind = new ArrayList<>(key);
        withKind.add("pg_catalog.text");
        String kind = SqlQuoting.literal(context.kind().text());
        return PREPARATION.formatted(signature(key) + ", " + signature(withKind))
                + function(plan, key, kind, "")
                + function(plan, withKind, "$" + withKind.size(), " AND $" + withKind.size() + " = " + kind);
    }

    private static String signature(List<String> types) {
        return "pg_catalog.to_regprocedure(" + SqlQuoting.literal("exeunt.gate(" + String.join(",", types) + ")")
                + ")::pg_catalog.oid";
    }

    private static String function(Plan plan, List<String> types, String kind, String holdsKind) {
        PlannedSubject person = plan.subject();
        List<String> texts = new ArrayList<>();
        for (Column column : person.key()) {
            String name = "p." + SqlQuoting.identifier(column.name());
            texts.add("CAST(" + name + " AS text)"); // as the row spells it
        }
        String table = person.table().name().quoted() + " AS p";
        String where = KeyPredicate.of("p", person.key(), i -> SqlFragment.of("$" + (i + 1)))
                        .sql()
                + holdsKind;
        String row = "SELECT FROM " + table + " WHERE " + where;
        return FUNCTION.formatted(
                String.join(", ", types),
                kind,
                String.join(", ", texts),
                table,
                where,
                RequestRow.OPEN,
                RequestRow.WITHDRAWN,
                GateRule.sql(
                        row,
                        marked(plan)
                                .map(mark -> "EXISTS (" + row + " AND (" + mark + "))")
                                .orElse("FALSE")));
    }

    /** What the erasure writes into the person's row to say that it took place. */
    private static Optional<String> marked(Plan plan) {
        PlannedRole self = plan.role(plan.self()).orElseThrow();
        return ColumnAssignment.marker(self.assignments())
                .map(a -> "p." + SqlQuoting.identifier(a.column().name()) + " IS NOT NULL");
    }
}
