package dev.exeunt.promise;

import dev.exeunt.promise.ErasureOracle.ExpectedWrite;
import dev.exeunt.promise.ResidueMoment.ResiduePhase;
import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.ModelRole;
import dev.exeunt.promise.answer.ModelRule.ModelRuleKind;
import dev.exeunt.promise.made.RandomColumn;
import dev.exeunt.promise.made.RandomColumnType;
import dev.exeunt.promise.made.RandomTable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Computes what {@code verify} must say of columns that bear a rule or do not. */
final class RuleResidueOracle {

    private final ResidueMoment moment;
    private final NamedPlaceCounts counts;
    private final LinkTraversal reached;
    private final ErasureOracle oracle;

    RuleResidueOracle(ResidueMoment moment, NamedPlaceCounts counts, LinkTraversal reached) {
        this.moment = moment;
        this.counts = counts;
        this.reached = reached;
        this.oracle = new ErasureOracle(reached);
    }

    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (RandomTable table : moment.answers().sections().keySet()) {
            Set<SnapshotRow> rows = new LinkedHashSet<>();
            moment.answers().rolesOf(table).stream()
                    .filter(r -> !r.fate().deletes() && !r.fate().severs())
                    .forEach(r -> rows.addAll(reached.rows(r)));
            for (RandomColumn column : table.columns()) {
                complain(table, column, rows, complaints);
            }
        }
        return complaints;
    }

    private void complain(RandomTable table, RandomColumn column, Set<SnapshotRow> rows, List<String> complaints) {
        List<String> name = List.of(column.name());
        long left = counts.left(table, name, "rule");
        long since = counts.unjudged(table, name, "changed since the erasure");
        long unknown = counts.unjudged(table, name, "what the rule writes cannot be computed");
        long most = rows.stream().filter(r -> isWrong(table, r, column, false)).count();
        long least = rows.stream().filter(r -> isWrong(table, r, column, true)).count();
        long late = rows.stream().filter(moment::isLate).count();
        boolean sinceRight = since <= (moment.recorded() ? late : 0);
        if (left > most || left + since + unknown < least || !sinceRight || unknown > rows.size()) {
            complaints.add("rule of " + table + "." + column.name() + ": left " + left + ", changed since " + since
                    + ", not judged " + unknown + "; wanted " + least + " to " + most + ", of them since " + late);
        }
    }

    /** Whether the row does not bear what one of its roles writes into the column, or what any of them does. */
    private boolean isWrong(RandomTable table, SnapshotRow row, RandomColumn column, boolean surely) {
        boolean erased = moment.phase() != ResiduePhase.BEFORE_ERASURE;
        if (erased && !moment.isLate(row)) {
            return false; // the erasure was judged by itself
        }
        if (surely && moment.recorded() && moment.isLate(row) && row.table().has(RandomTable.MADE)) {
            return false; // counted as a row that came later
        }
        if (moment.phase() == ResiduePhase.NEW_PERSON && moment.recorded()) {
            return false; // a new person's row bears no rule
        }
        List<ExpectedWrite> writes = oracle.writes(row).getOrDefault(column.name(), List.of()).stream()
                .filter(w -> w.role().table() == table && stays(w.role()))
                .filter(w -> !surely || !moment.dependsOnPresence(w.role()))
                .toList();
        return !writes.isEmpty()
                && (surely
                        ? writes.stream().noneMatch(w -> mayBear(w, row, column))
                        : !writes.stream().allMatch(w -> fits(w, row, column)));
    }

    private static boolean stays(ModelRole role) {
        return !role.fate().deletes() && !role.fate().severs();
    }

    private boolean fits(ExpectedWrite write, SnapshotRow row, RandomColumn column) {
        return write.rule().kind() != ModelRuleKind.SQL
                && RuleValues.fitsInAnyCase(
                        write.rule(),
                        column.type(),
                        row.cells().get(column.name()),
                        reached.keys(write.role(), row),
                        row.uid());
    }

    /** Without a record nothing tells one moment from another. */
    private boolean mayBear(ExpectedWrite write, SnapshotRow row, RandomColumn column) {
        boolean moments = column.type() == RandomColumnType.MOMENT
                && write.rule().uses("now")
                && row.cells().get(column.name()) != null
                && (!moment.recorded() || moment.phase() == ResiduePhase.BEFORE_ERASURE);
        return moments || write.rule().kind() == ModelRuleKind.SQL || fits(write, row, column);
    }
}
