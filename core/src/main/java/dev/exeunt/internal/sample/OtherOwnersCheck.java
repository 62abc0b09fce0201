package dev.exeunt.internal.sample;

import dev.exeunt.internal.draft.model.SampledShare;
import dev.exeunt.internal.names.LinkRelation;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.fix.AcceptanceFix;
import dev.exeunt.internal.plan.rule.PersonNames;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Warns of links whose rows an erasure deletes or overwrites although they are another person's by a second link. */
final class OtherOwnersCheck {

    private final String subject;
    private final PersonNames names;
    private final OtherOwnerSql sql;

    OtherOwnersCheck(BoundMap bound) {
        this.subject = bound.subject().table().name().name();
        this.names = PersonNames.of(bound);
        this.sql = new OtherOwnerSql(bound);
    }

    /** One finding for each link and owner that the sample has rows of. */
    List<Finding> check(PlannedTable table, TableSampler sampler) throws SQLException {
        List<OwnedRows> questions = new ArrayList<>();
        for (PlannedRole reaching : table.roles()) {
            for (PlannedRole owner : table.roles()) {
                if (changesRows(reaching) && owns(reaching, owner) && !isRelation(reaching, owner)) {
                    questions.add(new OwnedRows(reaching, owner));
                }
            }
        }
        List<Finding> findings = new ArrayList<>();
        List<SampledShare> shares = sampler.shares(
                table.table(),
                questions.stream()
                        .map(q -> sql.of(q.reaching(), q.owner(), "exeunt_t"))
                        .toList());
        for (int i = 0; i < shares.size(); i++) {
            if (shares.get(i).rows() > 0) {
                findings.add(finding(questions.get(i), shares.get(i)));
            }
        }
        return findings;
    }

    /** Pairs the link that an erasure goes by with another person's link to the same rows. */
    private record OwnedRows(PlannedRole reaching, PlannedRole owner) {}

    /** Whether the rows go, or are overwritten and stay this person's. Who lets go of a row may take their name out of it. */
    private static boolean changesRows(PlannedRole role) {
        return role.deletes()
                || !role.assignments().isEmpty() && !role.outcome().cutsLink();
    }

    /** A row that holds nothing but that two people know each other ends with either of them. */
    private static boolean isRelation(PlannedRole one, PlannedRole other) {
        return one.deletes()
                && other.deletes()
                && one.source() instanceof KeySource.SubjectKeyValues
                && one.table().columns().stream()
                        .noneMatch(c -> ColumnHeuristics.freeForm(c) && !ColumnHeuristics.secret(one.table(), c));
    }

    /** Who only moderated or edited a row does not own it: such a link lets go or keeps, and its column names an act. */
    private boolean owns(PlannedRole reaching, PlannedRole other) {
        boolean claims = switch (other.outcome()) {
            case DELETE, ANONYMIZE -> true;
            case KEEP -> LinkRelation.of(columnNames(other), subject) != LinkRelation.ACTOR;
            case DETACH, REASSIGN, LEAVE_ALONE, UNDECIDED, UNSPECIFIED ->
                names.nameKey(other.on().get(0).name());
            case STASH, OVERWRITE_WHILE_HIDDEN, DELETE_AT_REQUEST -> false;
        };
        return claims
                && !other.id().equals(reaching.id())
                && !other.on().equals(reaching.on())
                && other.source() instanceof KeySource.SubjectKeyValues;
    }

    private static List<String> columnNames(PlannedRole role) {
        return role.on().stream().map(Column::name).toList();
    }

    private static Finding finding(OwnedRows rows, SampledShare share) {
        PlannedRole role = rows.reaching();
        String columns = String.join(", ", columnNames(rows.owner()));
        String does = role.deletes() ? "deletes" : "overwrites";
        return FindingCode.OTHERS_ROWS.finding(
                role.fate().at(),
                role.id().toString(),
                role.id() + " " + does + " rows that have another owner: in " + share.rows() + " of " + share.of()
                        + " sampled rows " + columns + " names another person.",
                AcceptanceFix.suggest(
                        FindingCode.OTHERS_ROWS,
                        role.id().toString(),
                        "why the rows of others go along",
                        "let go of the rows (detach), or narrow the link with where:"));
    }
}
