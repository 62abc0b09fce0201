package dev.exeunt.internal.rehearse;

import dev.exeunt.erase.RehearsalResult.QueryPlanNode;
import dev.exeunt.erase.RehearsalResult.StatementKind;
import dev.exeunt.internal.plan.proof.MapCheckResult;
import dev.exeunt.internal.reach.StatementListener.ErasureStatement;
import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which of the map's {@code unindexed} findings, accepted ones too, a statement suffers from: by its plan, and by the foreign
 * keys it makes PostgreSQL check, which no plan shows.
 */
final class MissingIndexes {

    /** Reading a table whole is a matter where it has so many rows, or where it took so long. */
    private static final long MANY = 10_000;

    static final Duration LONG = Duration.ofMillis(50);

    private final DatabaseSchema schema;
    private final List<Finding> findings;

    MissingIndexes(DatabaseSchema schema, MapCheckResult checked) {
        this.schema = schema;
        this.findings = Stream.concat(checked.findings().stream(), checked.accepted().stream())
                .filter(f -> f.code() == FindingCode.UNINDEXED)
                .toList();
    }

    /** Lists unindexed foreign keys and the CREATE INDEX statements that help. */
    record IndexAdvice(List<String> unindexed, List<String> indexes) {}

    IndexAdvice findFor(StatementTimings.TimedStatement timed, List<TableName> deleted, List<QueryPlanNode> plan) {
        ErasureStatement statement = timed.statement();
        boolean slow = timed.time().compareTo(LONG) >= 0;
        List<String> indexes = new ArrayList<>();
        for (TableName name : statement.tables()) {
            schema.table(name)
                    .filter(t -> scanned(t, plan) && (slow || t.estimatedRows() >= MANY))
                    .ifPresent(t -> on(t.name()).map(MissingIndexes::statement).forEach(indexes::add));
        }
        List<String> unindexed = new ArrayList<>();
        for (ForeignKey key : checkedBy(statement, deleted)) {
            Optional<Finding> finding = findFor(key);
            Table child = schema.table(key.child()).orElseThrow();
            if (finding.isPresent() && (slow || child.estimatedRows() >= MANY)) {
                unindexed.add(key.name() + " on " + key.child());
                indexes.add(statement(finding.get()));
            }
        }
        return new IndexAdvice(unindexed, indexes.stream().distinct().toList());
    }

    /** Partitions are not listed on their own: an unknown table in the plan is taken for one. */
    private boolean scanned(Table table, List<QueryPlanNode> plan) {
        Set<String> known =
                schema.tables().stream().map(t -> t.name().toString()).collect(Collectors.toSet());
        return plan.stream()
                .filter(n -> n.type().equals("Seq Scan"))
                .map(QueryPlanNode::table)
                .filter(Objects::nonNull)
                .anyMatch(t -> t.equals(table.name().toString())
                        || table.kind() == Table.RelationKind.PARTITIONED && !known.contains(t));
    }

    private Stream<Finding> on(TableName table) {
        return findings.stream().filter(f -> statement(f).contains(" ON " + table.quoted() + " ("));
    }

    private static String statement(Finding unindexed) {
        return unindexed.fix().paste() instanceof SuggestedFix.SqlStatement sql
                ? sql.text()
                : unindexed.fix().words();
    }

    private Optional<Finding> findFor(ForeignKey key) {
        String about = key.child() + "." + String.join(", ", key.columns());
        return on(key.child()).filter(f -> f.what().equals(about)).findFirst();
    }

    /** A deferrable key is checked when all steps are done, whatever it was declared as; the others with their delete. */
    private List<ForeignKey> checkedBy(ErasureStatement statement, List<TableName> deleted) {
        boolean deferred = statement.kind() == StatementKind.DEFERRED;
        if (!deferred && statement.kind() != StatementKind.DELETE) {
            return List.of();
        }
        List<TableName> parents = deferred ? deleted : statement.tables();
        return schema.tables().stream()
                .flatMap(t -> t.foreignKeys().stream())
                .filter(k -> parents.contains(k.parent()))
                .filter(k -> deferred == (k.deferrable() && k.onDelete() == ForeignKey.ReferentialAction.NO_ACTION))
                .toList();
    }
}
