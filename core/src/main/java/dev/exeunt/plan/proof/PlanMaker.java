package dev.exeunt.plan.proof;

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
import dev.exeunt.schema.CatalogueState;
import dev.exeunt.schema.ForeignKey;
import dev.exeunt.schema.TableName;
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
import java.util.Set;

/** Makes the plan of a bound map without errors: tables parents first, statements in order, and a digest of it all. */
final class PlanMaker {

    private PlanMaker() {}

    static Plan of(BoundMap bound) {
        List<Step> steps = new DeletionOrder(bound).steps();
        CatalogueState catalogue = bound.schema().catalogue();
        return new Plan(
                bound.map(),
                bound.subject(),
                parentsFirst(bound),
                Leaves.of(bound),
                steps,
                catalogue,
                digest(catalogue.digest(), bound, steps));
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
