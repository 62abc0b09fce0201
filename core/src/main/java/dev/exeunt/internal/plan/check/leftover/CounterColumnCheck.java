package dev.exeunt.internal.plan.check.leftover;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Warns of columns that count rows which an erasure deletes, in rows that may be another person's: {@code posts.comments_count}.
 * A trigger that fires on the deletion may keep the number right; then nothing is said.
 */
public final class CounterColumnCheck {

    private static final Set<String> NUMBERS = Set.of("count", "counts", "counter", "cnt", "total");

    private CounterColumnCheck() {}

    public static List<Finding> check(BoundMap bound) {
        Map<String, Finding> findings = new LinkedHashMap<>();
        for (PlannedTable table : bound.tablesWithInheriting()) {
            if (table.deleting().isEmpty() || recounts(table.table())) {
                continue;
            }
            for (ForeignKey key : table.table().foreignKeys()) {
                deletingBesides(table, key)
                        .ifPresent(role -> bound.schema().table(key.parent()).stream()
                                .flatMap(parent -> parent.columns().stream())
                                .filter(column -> counts(column, role))
                                .forEach(column -> findings.putIfAbsent(
                                        key.parent() + "." + column.name(), finding(role, key, column))));
            }
        }
        return List.copyOf(findings.values());
    }

    private static boolean recounts(Table table) {
        return table.triggers().stream().anyMatch(t -> t.enabled() && t.onDelete());
    }

    /** A link by the key's own columns deletes rows of a row that goes as well; another one those of rows that stay. */
    private static Optional<PlannedRole> deletingBesides(PlannedTable table, ForeignKey key) {
        return table.deleting().stream()
                .filter(r -> !r.on().stream().map(Column::name).toList().equals(key.columns()))
                .findFirst();
    }

    /** Whether it is named after the rows or their link: {@code comments_count} of {@code post_comments}, {@code followers_count}. */
    private static boolean counts(Column column, PlannedRole counted) {
        List<String> name = ColumnHeuristics.nameWords(column.name());
        boolean number = column.type().category() == 'N' && !column.generated() && name.size() > 1;
        if (!number) {
            return false;
        }
        List<String> of = NUMBERS.contains(name.get(name.size() - 1))
                ? name.subList(0, name.size() - 1)
                : name.get(0).equals("count") ? name.subList(1, name.size()) : List.of();
        List<String> rows = Stream.concat(
                        Stream.of(counted.table().name().name()),
                        counted.on().stream().map(Column::name))
                .flatMap(n -> ColumnHeuristics.nameWords(n).stream())
                .map(CounterColumnCheck::stem)
                .toList();
        return of.stream().map(CounterColumnCheck::stem).anyMatch(rows::contains);
    }

    /** The word without its plural: {@code reply} of {@code replies}, {@code comment} of {@code comments}. */
    private static String stem(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        if (lower.endsWith("ies")) {
            return lower.substring(0, lower.length() - 3) + "y";
        }
        return lower.endsWith("s") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static Finding finding(PlannedRole role, ForeignKey key, Column column) {
        String about = key.parent() + "." + column.name();
        return FindingCode.COUNTER.finding(
                role.fate().at(),
                about,
                about + " reads like a number of rows of " + role.table().name() + "; the erasure deletes rows of "
                        + role.id() + ", and the number stays as it is.",
                "a trigger on " + role.table().name()
                        + " that counts again when a row is deleted; or let the application"
                        + " count again, and accept: { counter: { " + about + ": how often it does } }");
    }
}
