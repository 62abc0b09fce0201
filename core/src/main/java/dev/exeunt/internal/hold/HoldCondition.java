package dev.exeunt.internal.hold;

import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlanStep;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.request.LifecycleContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds the conditions that find active holds. A hold on a whole person holds every erasure of the person. A hold on tables holds an
 * erasure whose flow changes or deletes rows of one of them.
 */
public final class HoldCondition {

    private static final String ACTIVE =
            "h.released_at IS NULL AND coalesce(h.ends_at OPERATOR(pg_catalog.>) {now}, TRUE)";

    private static final String HOLDS = """
            EXISTS (SELECT FROM exeunt.legal_hold AS h
                WHERE h.subject = {request}.subject AND h.subject_kind = {request}.subject_kind AND {active} AND {which}
                    AND (h.tables IS NULL OR EXISTS (
                        SELECT FROM ROWS FROM (
                            pg_catalog.unnest(:flows::pg_catalog.text[]), pg_catalog.unnest(:tables::pg_catalog.text[]))
                            AS w(flow, written)
                        WHERE w.flow = {request}.kind AND w.written = ANY (h.tables))))
            """;

    private HoldCondition() {}

    /** Returns the condition that the hold {@code h} is neither released nor over. */
    public static SqlFragment active(Instant now) {
        SqlFragment moment = SqlTemplate.of(":now").bind("now", now).toFragment();
        return SqlTemplate.of(ACTIVE).fragment("now", moment).toFragment();
    }

    /**
     * Returns the condition that an active hold keeps a request from being carried out.
     *
     * @param request the alias of the row of exeunt.request, or of a row with its columns subject, subject_kind and kind
     */
    public static SqlFragment holds(LifecycleContext context, Instant now, String request) {
        List<Plan> erasures =
                context.flows().values().stream().map(FlowPlan::erasure).toList();
        return holds(erasures, now, request, SqlFragment.of("TRUE"));
    }

    /** The same for a function in SQL, which asks the clock of the database, by holds that the person may know of. */
    public static SqlFragment holdsAndIsTold(LifecycleContext context, String request) {
        List<Plan> erasures =
                context.flows().values().stream().map(FlowPlan::erasure).toList();
        SqlFragment active =
                SqlTemplate.of(ACTIVE).fragment("now", "exeunt.clock()").toFragment();
        return holds(erasures, active, request, SqlFragment.of("h.told"));
    }

    /** @param which a condition on the hold {@code h} */
    static SqlFragment holds(List<Plan> erasures, Instant now, String request, SqlFragment which) {
        return holds(erasures, active(now), request, which);
    }

    private static SqlFragment holds(List<Plan> erasures, SqlFragment active, String request, SqlFragment which) {
        List<String> flows = new ArrayList<>();
        List<String> tables = new ArrayList<>();
        for (Plan erasure : erasures) {
            for (String table : written(erasure)) {
                flows.add(erasure.map().flow().word());
                tables.add(table);
            }
        }
        return SqlTemplate.of(HOLDS)
                .fragment("request", request)
                .fragment("active", active)
                .fragment("which", which)
                .bind("flows", flows.toArray(String[]::new))
                .bind("tables", tables.toArray(String[]::new))
                .toFragment();
    }

    /** Returns the tables whose rows the erasure changes or deletes, as holds name them. */
    private static List<String> written(Plan erasure) {
        return erasure.steps().stream()
                .flatMap(HoldCondition::tables)
                .map(table -> table.name().quoted())
                .distinct()
                .toList();
    }

    private static Stream<PlannedTable> tables(PlanStep step) {
        return step instanceof PlanStep.DeleteStep delete
                ? delete.tables().stream()
                : Stream.of(((PlanStep.UpdateStep) step).table());
    }
}
