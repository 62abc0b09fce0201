package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.map.Role;
import dev.exeunt.internal.map.RoleLifecycle;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.text.LocatedSql;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.trial.MapSql;
import dev.exeunt.internal.schema.trial.ReadingFunction;
import dev.exeunt.internal.schema.trial.ReadingFunction.ReadEvidence;
import dev.exeunt.internal.schema.trial.SqlVerdict.SqlDependencies;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses conditions and rules that read rows which the erasure itself deletes or overwrites. What they read may be gone
 * between two statements, so that the answer for one row would change half way: the row would be left, or get another value.
 */
final class TableReadCheck {

    private static final String INSTEAD =
            "decide by columns of the row: let the application or a trigger write what it needs"
                    + " to know into a column of the row, or link through the table that is read";

    private final BoundMap bound;
    private final Set<TableName> written;

    TableReadCheck(BoundMap bound) {
        this.bound = bound;
        this.written = written(bound);
    }

    /** Each table that any flow of the map may write. */
    private static Set<TableName> written(BoundMap bound) {
        return bound.entries().entrySet().stream()
                .filter(entry ->
                        entry.getValue().roles().stream().map(Role::handling).anyMatch(TableReadCheck::mayWrite))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static boolean mayWrite(RoleLifecycle handling) {
        return !handling.hide().isEmpty() || handling.fates().values().stream().anyMatch(TableReadCheck::writes);
    }

    private static boolean writes(Fate fate) {
        return fate.outcome().removesRows()
                || fate.outcome().cutsLink()
                || !fate.rules().isEmpty()
                || fate.keep().map(Fate.Keep::thenDelete).orElse(false);
    }

    List<Finding> check(LocatedSql sql, SqlDependencies insides) {
        List<Finding> findings = new ArrayList<>();
        List<ReadingFunction> reading = insides.reading().stream()
                .filter(f -> !insides.changing().contains(f.function()))
                .toList();
        refused(findings, sql, named(reading, ReadEvidence.NOT_IMMUTABLE), "may read tables (it is not IMMUTABLE)");
        refused(findings, sql, named(reading, ReadEvidence.READS_TABLES), "reads tables");
        String suspected = named(reading, ReadEvidence.TEXT_LOOKS_LIKE_READING);
        if (!suspected.isEmpty()) {
            findings.add(FindingCode.UNPROVEN.finding(
                    sql.at(),
                    sql.what(),
                    sql.said() + " calls " + suspected
                            + ", which is labelled IMMUTABLE, but its text looks as if it reads tables: if it does, its answer"
                            + " could change while rows are erased.",
                    SuggestedFix.words(INSTEAD + "; or, once you have read the function, accept: { unproven: { "
                            + sql.what() + ": its answer depends on its arguments alone } }")));
        }
        query(findings, sql, insides);
        return findings;
    }

    private static String named(List<ReadingFunction> reading, ReadEvidence evidence) {
        return String.join(
                ", ",
                reading.stream()
                        .filter(f -> f.evidence() == evidence)
                        .map(ReadingFunction::function)
                        .toList());
    }

    private static void refused(List<Finding> findings, LocatedSql sql, String functions, String why) {
        if (!functions.isEmpty()) {
            findings.add(FindingCode.BAD_SQL.finding(
                    sql.at(),
                    sql.what(),
                    sql.said() + " calls " + functions + ", which " + why
                            + ": its answer could change while rows are erased.",
                    INSTEAD));
        }
    }

    private void query(List<Finding> findings, LocatedSql sql, SqlDependencies insides) {
        List<String> read = insides.tables().stream()
                .filter(table -> written.stream().anyMatch(w -> overlap(w, table)))
                .map(TableName::toString)
                .toList();
        if (sql.text() instanceof MapSql.ColumnExpression && !read.isEmpty()) {
            findings.add(
                    FindingCode.BAD_SQL.finding(
                            sql.at(),
                            sql.what(),
                            sql.said() + " reads " + String.join(", ", read)
                                    + ", whose rows the map deletes or overwrites: the value would depend on what is done first.",
                            "write the value with columns of the row alone, or read a table that the map only keeps or does not name"));
        }
    }

    private boolean overlap(TableName written, TableName read) {
        return bound.ancestry().withAncestors(written).contains(read)
                || bound.ancestry().withAncestors(read).contains(written);
    }
}
