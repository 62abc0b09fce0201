package dev.exeunt.internal.sweep;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.PresentPeople;
import dev.exeunt.internal.reach.SubjectFinder;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.RequestTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Tells which recorded rows a present person owns. Such rows are never deleted. */
final class PresentOwners {

    private final Plan plan;
    private final List<OwnerPaths.OwnerPath> paths;
    private final Set<SubjectKey> present;
    private final List<OwnerPaths.OwnerPath> everyPath;
    private final Set<SubjectKey> held;

    private PresentOwners(
            Plan plan,
            List<OwnerPaths.OwnerPath> paths,
            Set<SubjectKey> present,
            List<OwnerPaths.OwnerPath> everyPath,
            Set<SubjectKey> held) {
        this.plan = plan;
        this.paths = paths;
        this.present = present;
        this.everyPath = everyPath;
        this.held = held;
    }

    /** Reads who owns rows of these entries, in the search path of the role. */
    static PresentOwners of(RequestTransaction transaction, SweepRule rule, Collection<Long> entries)
            throws SQLException {
        Plan plan = rule.flow().erasure();
        List<OwnerPaths.OwnerPath> paths = OwnerPaths.of(plan, rule.role().table());
        Set<SubjectKey> owners = new HashSet<>();
        for (OwnerPaths.OwnerPath path : paths) {
            if (!path.openEnded()) {
                SqlFragment select = SqlTemplate.of("""
                                SELECT DISTINCT {key} FROM exeunt.kept_row AS k CROSS JOIN LATERAL {from}
                                WHERE k.kept OPERATOR(pg_catalog.=) ANY (:entries::pg_catalog.int8[])""")
                        .fragment("key", PresentPeople.keyTexts(plan.subject()))
                        .fragment("from", path.from())
                        .bind("entries", SweepSql.texts(entries))
                        .toFragment();
                owners.addAll(SqlRunner.list(
                        transaction.connection(), select, row -> SubjectFinder.key(row, 0, plan.subject())));
            }
        }
        Set<SubjectKey> present = owners.isEmpty()
                ? Set.of()
                : PresentPeople.of(
                                transaction.connection(),
                                plan,
                                transaction.context().erasedPeople())
                        .among(owners);
        Set<SubjectKey> held = SweepHolds.people(transaction, rule.role().table());
        List<OwnerPaths.OwnerPath> everyPath = held.isEmpty()
                ? List.of()
                : OwnerPaths.byEveryLink(plan, rule.role().table());
        return new PresentOwners(plan, paths, present, everyPath, held);
    }

    /** Returns the condition that a present person owns the recorded row {@code k}, or that a link leads from it to a person under a hold. */
    SqlFragment owned() {
        List<SqlFragment> ways = new ArrayList<>();
        for (OwnerPaths.OwnerPath path : paths) {
            if (path.openEnded() || !present.isEmpty()) {
                ways.add(SqlTemplate.of("EXISTS (SELECT FROM {from} WHERE {present})")
                        .fragment("from", path.from())
                        .fragment(
                                "present",
                                path.openEnded()
                                        ? SqlFragment.of("TRUE")
                                        : PresentPeople.isOneOf(plan.subject(), present))
                        .toFragment());
            }
        }
        for (OwnerPaths.OwnerPath path : everyPath) {
            ways.add(SqlTemplate.of("EXISTS (SELECT FROM {from} WHERE {held})")
                    .fragment("from", path.from())
                    .fragment("held", PresentPeople.isOneOf(plan.subject(), held))
                    .toFragment());
        }
        return SqlFragment.anyOf(ways);
    }
}
