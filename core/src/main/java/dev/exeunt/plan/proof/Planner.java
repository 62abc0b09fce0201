package dev.exeunt.plan.proof;

import dev.exeunt.map.DataMap;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Rule;
import dev.exeunt.plan.Assignment;
import dev.exeunt.plan.BoundMap;
import dev.exeunt.plan.Components;
import dev.exeunt.plan.DeletionOrder;
import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.Plan;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.plan.PlannedTable;
import dev.exeunt.plan.Step;
import dev.exeunt.plan.bind.Binder;
import dev.exeunt.schema.DatabaseSchema;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.TableName;
import dev.exeunt.schema.trial.MapSql;
import dev.exeunt.schema.trial.TriedSql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Proves a map against a schema and makes the plan. Pure: the same map, schema and verdicts on the map's SQL give the same
 * findings and the same plan.
 */
public final class Planner {

    private Planner() {}

    /** The map's own SQL, as far as its names are known: what has to be tried on the database before {@link #check}. */
    public static List<MapSql> sql(DataMap map, DatabaseSchema schema) {
        return new Binder(map, schema)
                .bind().map(TrustedSql::of).orElse(List.of()).stream()
                        .map(TrustedSql::text)
                        .distinct()
                        .toList();
    }

    /** As {@link #check(DataMap, DatabaseSchema, TriedSql)}, for a map without SQL: any that has not been tried is an error. */
    public static Checked check(DataMap map, DatabaseSchema schema) {
        return check(map, schema, TriedSql.NONE);
    }

    /**
     * Every finding at once; the plan too, where none is an error.
     *
     * @param tried what the database says of {@link #sql}
     */
    public static Checked check(DataMap map, DatabaseSchema schema, TriedSql tried) {
        Binder binder = new Binder(map, schema);
        Optional<BoundMap> bound = binder.bind();
        List<Finding> findings = new ArrayList<>(binder.findings());
        // a role whose names are wrong is left out of the bound map: what would follow from its absence is noise
        boolean named = findings.isEmpty();
        bound.ifPresent(b -> {
            if (named) {
                findings.addAll(Completeness.of(b));
                findings.addAll(Coverage.of(b));
                findings.addAll(LeftBehind.of(b));
                findings.addAll(Access.of(b));
                findings.addAll(Indexes.of(b));
            }
            findings.addAll(Writability.of(b));
            findings.addAll(SqlFindings.of(b, tried));
            findings.addAll(GuardFindings.of(b, tried));
            findings.addAll(Uniqueness.of(b));
            findings.addAll(Interference.of(b));
            findings.addAll(Surroundings.of(b));
            findings.addAll(ColumnFindings.of(b));
            findings.addAll(new DeletionOrder(b).findings());
        });
        List<Finding> accepted =
                findings.stream().filter(f -> !f.isError() && accepts(map, f)).toList();
        List<Finding> open =
                findings.stream().filter(f -> !accepted.contains(f)).toList();
        boolean sound = bound.isPresent() && open.stream().noneMatch(Finding::isError);
        return new Checked(sound ? plan(bound.orElseThrow()) : null, Finding.sorted(open), Finding.sorted(accepted));
    }

    private static boolean accepts(DataMap map, Finding finding) {
        return map.accepted().stream()
                .anyMatch(a -> a.code().text().equals(finding.code().word())
                        && a.what().text().equals(finding.what()));
    }

    private static Plan plan(BoundMap bound) {
        List<Step> steps = new DeletionOrder(bound).steps();
        String catalogue = bound.schema().digest();
        return new Plan(
                bound.map(), bound.subject(), parentsFirst(bound), steps, catalogue, digest(catalogue, bound, steps));
    }

    /** By foreign keys and by what links go through; circles in any order, since capture goes round until nothing is new. */
    private static List<PlannedTable> parentsFirst(BoundMap bound) {
        Map<TableName, Set<TableName>> parents = new LinkedHashMap<>();
        bound.tables().forEach(t -> parents.put(t.name(), new LinkedHashSet<>()));
        for (PlannedTable table : bound.tables()) {
            Set<TableName> above = Objects.requireNonNull(parents.get(table.name()));
            table.table().foreignKeys().stream()
                    .map(ForeignKey::parent)
                    .filter(parents::containsKey)
                    .forEach(above::add);
            for (PlannedRole role : table.roles()) {
                if (role.source() instanceof KeySource.RowsOf rows) {
                    rows.roles().forEach(r -> above.add(r.table()));
                }
            }
        }
        List<PlannedTable> childrenFirst = new ArrayList<>();
        Components.of(parents)
                .inOrder()
                .forEach(c -> c.forEach(n -> childrenFirst.add(bound.planned(n).orElseThrow())));
        java.util.Collections.reverse(childrenFirst);
        return childrenFirst;
    }

    private static String digest(String catalogue, BoundMap bound, List<Step> steps) {
        StringBuilder text = new StringBuilder(catalogue);
        for (PlannedRole role : bound.roles()) {
            text.append('\n')
                    .append(role.id())
                    .append('|')
                    .append(role.on())
                    .append('|')
                    .append(role.source());
            text.append('|').append(role.where()).append('|').append(role.fate().word());
            role.assignments()
                    .forEach(a -> text.append('|')
                            .append(a.column().name())
                            .append('=')
                            .append(value(a)));
        }
        steps.forEach(s -> text.append('\n').append(s.why()));
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(text.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** A rule without its place in the file, so that a comment added to the map makes no other plan. */
    private static String value(Assignment assignment) {
        Rule rule = assignment.rule();
        if (rule instanceof Rule.Literal literal) {
            return "literal " + literal.text();
        } else if (rule instanceof Rule.Template template) {
            return "template " + template.parts();
        }
        return rule instanceof Rule.Sql sql ? "sql " + sql.expression() : "null";
    }
}
