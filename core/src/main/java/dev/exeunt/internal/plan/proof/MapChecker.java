package dev.exeunt.internal.plan.proof;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.check.HidingProjection;
import dev.exeunt.internal.plan.check.LongGracePeriodCheck;
import dev.exeunt.internal.plan.check.SqlCallerCheck;
import dev.exeunt.internal.plan.text.LocatedSql;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.trial.MapSql;
import dev.exeunt.internal.schema.trial.SqlValidationResult;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.Finding;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Proves a map against a schema and makes its plans, one for each flow that the map offers and, always, one for deleting the
 * account. Pure: the same map, schema and verdicts on the map's SQL give the same findings and the same plans.
 */
public final class MapChecker {

    private MapChecker() {}

    /** The map's own SQL, as far as its names are known: what has to be tried on the database before {@link #check}. */
    public static List<MapSql> sql(MapDefinition map, DatabaseSchema schema) {
        return sql(bound(map, schema));
    }

    private static List<MapSql> sql(Map<List<Object>, FlowCheckResult> bound) {
        return bound.values().stream()
                .flatMap(flow -> flow.bound().stream())
                .flatMap(flow -> LocatedSql.of(flow).stream())
                .map(LocatedSql::text)
                .distinct()
                .toList();
    }

    /** Binds the map once for all flows that are alike. */
    private static Map<List<Object>, FlowCheckResult> bound(MapDefinition map, DatabaseSchema schema) {
        Map<List<Object>, FlowCheckResult> bound = new LinkedHashMap<>();
        for (AccountFlow flow : PlannedFlows.of(map)) {
            MapDefinition projected = map.forFlow(flow);
            bound.computeIfAbsent(
                    FlowCheckResult.comparisonKey(projected), l -> FlowCheckResult.unchecked(projected, schema));
        }
        return bound;
    }

    /**
     * As {@link #check(MapDefinition, DatabaseSchema, SqlValidationResult)}, for a map without SQL: any that has not been tried
     * is an error.
     */
    public static MapCheckResult check(MapDefinition map, DatabaseSchema schema) {
        return check(map, schema, SqlValidationResult.NONE);
    }

    /**
     * Every finding at once; the plans too, where none is an error.
     *
     * @param tried what the database says of {@link #sql}
     */
    public static MapCheckResult check(MapDefinition map, DatabaseSchema schema, SqlValidationResult tried) {
        return check(map, schema, sql -> tried);
    }

    /**
     * As {@link #check(MapDefinition, DatabaseSchema, SqlValidationResult)}, with the map's names looked up once.
     *
     * @param trial tries the map's SQL on the database
     */
    public static MapCheckResult check(
            MapDefinition map, DatabaseSchema schema, Function<List<MapSql>, SqlValidationResult> trial) {
        Map<List<Object>, FlowCheckResult> bound = bound(map, schema);
        SqlValidationResult tried = trial.apply(sql(bound));
        Map<AccountFlow, FlowCheckResult> proofs = proofs(map, bound, tried);
        List<Finding> findings = new ArrayList<>(LongGracePeriodCheck.check(map));
        findings.addAll(UnexplainedSectionCheck.check(map));
        findings.addAll(SqlCallerCheck.check(map, schema));
        findings.addAll(merged(proofs));
        List<Finding> accepted = findings.stream().filter(map::accepts).toList();
        List<Finding> open =
                findings.stream().filter(f -> !accepted.contains(f)).toList();
        boolean sound = proofs.values().stream().allMatch(p -> p.bound().isPresent())
                && open.stream().noneMatch(Finding::isError);
        return new MapCheckResult(
                sound ? plans(proofs, tried) : Map.of(), Finding.sorted(open), Finding.sorted(accepted));
    }

    private static Map<AccountFlow, FlowCheckResult> proofs(
            MapDefinition map, Map<List<Object>, FlowCheckResult> bound, SqlValidationResult tried) {
        Map<List<Object>, FlowCheckResult> seen = new LinkedHashMap<>();
        Map<AccountFlow, FlowCheckResult> proofs = new EnumMap<>(AccountFlow.class);
        for (AccountFlow flow : PlannedFlows.of(map)) {
            MapDefinition projected = map.forFlow(flow);
            FlowCheckResult proof = seen.computeIfAbsent(
                    FlowCheckResult.comparisonKey(projected),
                    key -> FlowCheckResult.check(Objects.requireNonNull(bound.get(key)), tried));
            proofs.put(flow, proof.forFlowOf(projected));
        }
        return proofs;
    }

    /** What does not hold for every flow says for which it does. */
    private static List<Finding> merged(Map<AccountFlow, FlowCheckResult> proofs) {
        Map<Finding, TreeSet<AccountFlow>> flows = new LinkedHashMap<>();
        proofs.forEach((flow, proof) -> proof.findings()
                .forEach(f -> flows.computeIfAbsent(f, k -> new TreeSet<>()).add(flow)));
        List<Finding> merged = new ArrayList<>();
        flows.forEach((finding, of) -> merged.add(of.size() == proofs.size() ? finding : only(finding, of)));
        return merged;
    }

    private static Finding only(Finding f, TreeSet<AccountFlow> flows) {
        String words = flows.stream().map(AccountFlow::word).collect(Collectors.joining(" and "));
        return new Finding(f.code(), f.severity(), f.at(), f.what(), "under " + words + ", " + f.message(), f.fix());
    }

    private static Map<AccountFlow, FlowPlan> plans(
            Map<AccountFlow, FlowCheckResult> proofs, SqlValidationResult tried) {
        Map<AccountFlow, FlowPlan> plans = new EnumMap<>(AccountFlow.class);
        proofs.forEach((flow, proof) -> {
            BoundMap bound = proof.bound().orElseThrow();
            BoundMap qualified = QualifiedSql.of(bound, tried);
            plans.put(
                    flow,
                    new FlowPlan(
                            flow,
                            PlanBuilder.of(qualified),
                            HidingProjection.hidesAnything(qualified)
                                    ? PlanBuilder.of(HidingProjection.of(qualified))
                                    : null,
                            SweepProjection.sweepsAnything(qualified)
                                    ? PlanBuilder.of(SweepProjection.of(qualified))
                                    : null,
                            guards(bound, flow, tried)));
        });
        return plans;
    }

    private static List<FlowPlan.GuardPlan> guards(BoundMap bound, AccountFlow flow, SqlValidationResult tried) {
        return bound.map().lifecycle().guards().stream()
                .filter(g -> g.flows().contains(flow))
                .map(g -> new FlowPlan.GuardPlan(
                        g,
                        tried.of(LocatedSql.query(bound, g.sql()))
                                .map(v -> v.insides().tables())
                                .orElse(List.of())))
                .toList();
    }
}
