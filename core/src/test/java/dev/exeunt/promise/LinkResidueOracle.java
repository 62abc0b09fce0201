package dev.exeunt.promise;

import dev.exeunt.promise.ResidueMoment.ResiduePhase;
import dev.exeunt.promise.RowSnapshot.SnapshotRow;
import dev.exeunt.promise.answer.ModelRole;
import dev.exeunt.promise.made.RandomTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Computes what {@code verify} must say of rows that links lead to. */
final class LinkResidueOracle {

    private final ResidueMoment moment;
    private final NamedPlaceCounts counts;
    private final LinkTraversal reached;

    LinkResidueOracle(ResidueMoment moment, NamedPlaceCounts counts, LinkTraversal reached) {
        this.moment = moment;
        this.counts = counts;
        this.reached = reached;
    }

    /** Names the link columns of a table, whatever the number of roles. */
    private record LinkColumns(RandomTable table, Set<String> columns) {}

    /**
     * Holds how many rows must be named.
     *
     * @param certain false where the law may keep rows whose person cannot be told, or presence decides
     */
    private record ExpectedLinks(long left, long all, long later, long writtenSince, boolean certain) {

        ExpectedLinks plus(ExpectedLinks more) {
            return new ExpectedLinks(
                    left + more.left,
                    all + more.all,
                    later + more.later,
                    writtenSince + more.writtenSince,
                    certain && more.certain);
        }
    }

    List<String> complaints() {
        Map<LinkColumns, ExpectedLinks> expected = new LinkedHashMap<>();
        for (ModelRole role : moment.answers().roles()) {
            expected.merge(
                    new LinkColumns(role.table(), new HashSet<>(role.link().on())), of(role), ExpectedLinks::plus);
        }
        List<String> complaints = new ArrayList<>();
        expected.forEach((at, wanted) -> {
            long left = counts.left(at.table(), at.columns(), "link");
            long kept = counts.kept(at.table(), at.columns(), "link");
            long later = counts.left(at.table(), at.columns(), "later");
            long since = counts.unjudged(at.table(), at.columns(), "written since the erasure: without created:");
            ExpectedLinks found = new ExpectedLinks(left, left + kept + later, later, since, wanted.certain());
            boolean right = wanted.certain()
                    ? found.equals(wanted)
                    : left <= wanted.left() && found.all() <= wanted.all() && later <= wanted.later();
            if (!right) {
                complaints.add("links of " + at + ": " + found + "\n  wanted " + wanted);
            }
        });
        return complaints;
    }

    private ExpectedLinks of(ModelRole role) {
        Collection<SnapshotRow> rows = reached.rows(role);
        boolean lawAround = moment.answers().reaching(role.table()).stream()
                .anyMatch(r -> r.fate().law());
        boolean certain = !moment.dependsOnPresence(role) && !(role.fate().deletes() && lawAround);
        boolean mustBeEmpty = role.fate().deletes() || role.fate().severs();
        long theirs = moment.phase() == ResiduePhase.NEW_PERSON && moment.recorded()
                ? rows.stream().filter(moment::isLate).count()
                : 0;
        long byLaw = role.fate().deletes() ? rows.stream().filter(this::byLaw).count() : 0;
        long left = mustBeEmpty ? rows.size() - theirs - byLaw : 0;
        boolean young = moment.phase() == ResiduePhase.LATE_ROWS && moment.recorded() && !mustBeEmpty && !role.self();
        long late = young ? rows.stream().filter(moment::isLate).count() : 0;
        boolean created = role.table().has(RandomTable.MADE);
        boolean silent = role.fate().rules().isEmpty();
        return new ExpectedLinks(left, rows.size(), created ? late : 0, !created && silent ? late : 0, certain);
    }

    private boolean byLaw(SnapshotRow row) {
        return reached.roles(row).stream().anyMatch(r -> r.fate().law());
    }
}
