package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.map.Rule;
import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.ColumnAssignment;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.fix.AcceptanceFix;
import dev.exeunt.internal.plan.fix.FixSuggestions;
import dev.exeunt.internal.plan.text.LiteralValidator;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ForeignKey;
import dev.exeunt.internal.schema.ForeignKey.ReferentialAction;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.WriteHazard;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks constraints, publications, partition keys and materialized views that affect what the plan writes. */
public final class WriteHazardCheck {

    private final Map<String, Finding> findings = new LinkedHashMap<>();

    private final BoundMap bound;

    private WriteHazardCheck(BoundMap bound) {
        this.bound = bound;
    }

    public static List<Finding> check(BoundMap bound) {
        WriteHazardCheck surroundings = new WriteHazardCheck(bound);
        for (PlannedTable table : bound.tablesWithInheriting()) {
            for (PlannedRole role : table.assigning()) {
                role.assignments().forEach(a -> surroundings.assignment(role, a));
            }
            if (table.roles().isEmpty()) {
                continue; // their names were wrong, which has been said
            }
            for (WriteHazard circumstance : table.table().circumstances()) {
                surroundings.table(table, circumstance);
            }
        }
        return new ArrayList<>(surroundings.findings.values());
    }

    private void assignment(PlannedRole role, ColumnAssignment assignment) {
        Column column = assignment.column();
        for (WriteHazard circumstance : role.table().circumstances()) {
            if (circumstance.columns().contains(column.name())) {
                touched(role, assignment, circumstance);
            }
        }
        String about = role.table().name() + "." + column.name();
        if (assignment.rule() instanceof Rule.SqlRule) {
            unproven(role, about, "the rule for " + about + " is SQL, whose value only the database knows");
        } else if (assignment.rule() instanceof Rule.LiteralRule literal
                && LiteralValidator.uncertain(literal.text(), column.type())) {
            unproven(
                    role,
                    about,
                    "whether " + literal.text() + " is a value of the type "
                            + column.type().display() + ", which " + about + " is of, only the database knows");
        } else if (column.type().domain() && !(assignment.rule() instanceof Rule.NullRule)) {
            unproven(
                    role,
                    about,
                    about + " is of the domain " + column.type().display() + ", which may have a CHECK of its own");
        }
    }

    private void touched(PlannedRole role, ColumnAssignment assignment, WriteHazard circumstance) {
        String table = role.table().name().toString();
        if (circumstance.kind() == WriteHazard.WriteHazardKind.PARTITION_KEY) {
            String about = table + "." + assignment.column().name();
            add(FindingCode.CANNOT_HOLD.finding(
                    assignment.rule().at(),
                    about,
                    about + " decides which partition a row is in: what " + role.id()
                            + " writes may have no partition, and moves the row.",
                    new FixSuggestions(bound, role).leavingOut(assignment)));
        } else {
            unproven(
                    role,
                    table + "." + circumstance.name(),
                    "the constraint " + circumstance.name() + " on " + table + " is about "
                            + String.join(", ", circumstance.columns()) + ", which " + role.id() + " changes");
        }
    }

    private void unproven(PlannedRole role, String what, String why) {
        add(FindingCode.UNPROVEN.finding(
                role.at(),
                what,
                why + ": whether the new row passes cannot be proven from the catalogue.",
                AcceptanceFix.suggest(
                        FindingCode.UNPROVEN,
                        what,
                        "rehearsed, it passes",
                        "another rule; exeunt rehearse tries this one")));
    }

    private void table(PlannedTable table, WriteHazard circumstance) {
        boolean updates = !table.assigning().isEmpty();
        boolean deletes = !table.deleting().isEmpty();
        switch (circumstance.kind()) {
            case REFUSES_UPDATE -> {
                if (updates) {
                    published(table, circumstance, "updates", "");
                } else {
                    acting(table, EnumSet.of(ReferentialAction.SET_NULL, ReferentialAction.SET_DEFAULT))
                            .ifPresent(key -> published(table, circumstance, "updates", by(key)));
                }
            }
            case REFUSES_DELETE -> {
                if (deletes) {
                    published(table, circumstance, "deletes", "");
                } else {
                    acting(table, EnumSet.of(ReferentialAction.CASCADE))
                            .ifPresent(key -> published(table, circumstance, "deletes", by(key)));
                }
            }
            case MATERIALIZED_VIEW -> {
                if (updates || deletes) {
                    copied(table, circumstance);
                }
            }
            case CHECK, EXCLUSION, PARTITION_KEY -> {
                // about columns: looked at with each assignment
            }
        }
    }

    /** A key of the table that acts, by one of these actions, on what the map deletes: tried even where it finds no rows. */
    private Optional<ForeignKey> acting(PlannedTable table, Set<ReferentialAction> actions) {
        return table.table().foreignKeys().stream()
                .filter(key -> actions.contains(key.onDelete()))
                .filter(key -> bound.tables().stream()
                        .filter(parent -> !parent.deleting().isEmpty())
                        .anyMatch(parent -> bound.referringTo(parent.table()).contains(key)))
                .findFirst();
    }

    private static String by(ForeignKey key) {
        return ", which " + key.name() + " (" + key + ", ON DELETE "
                + key.onDelete().sql() + ") makes when rows of " + key.parent() + " go, be there any or none";
    }

    private void published(PlannedTable table, WriteHazard circumstance, String what, String by) {
        boolean partly = !circumstance.columns().isEmpty();
        String publishes = "the publication " + circumstance.name() + " publishes " + what + " of " + table.name();
        add(FindingCode.REPLICA_IDENTITY.finding(
                table.roles().get(0).at(),
                table.name() + "." + circumstance.name() + "." + what,
                publishes
                        + (partly
                                ? " in part, and what it leaves out does not fit the replica identity ("
                                        + String.join(", ", circumstance.columns())
                                        + "): the database would refuse them"
                                : ", which has no replica identity: the database would refuse them")
                        + by + ".",
                partly
                        ? SuggestedFix.words(
                                "publish every column of the replica identity (generated ones by publish_generated_columns ="
                                        + " stored), and filter rows by no other; or all of the table")
                        : SuggestedFix.sql(
                                identified(table.table()),
                                "give the table a primary key, or name a unique index of NOT NULL columns as its replica"
                                        + " identity")));
    }

    /** A partitioned table hands its replica identity down to partitions to come, not to those that are there. */
    private static String identified(Table table) {
        String alter = "ALTER TABLE " + table.name().quoted() + " REPLICA IDENTITY FULL;";
        return table.kind() != Table.RelationKind.PARTITIONED
                ? alter
                : """
                DO $$
                DECLARE part regclass;
                BEGIN
                  FOR part IN SELECT relid FROM pg_partition_tree(%s) LOOP
                    EXECUTE format('ALTER TABLE %%s REPLICA IDENTITY FULL', part);
                  END LOOP;
                END $$;""".formatted(SqlQuoting.literal(table.name().quoted()));
    }

    private void copied(PlannedTable table, WriteHazard circumstance) {
        add(FindingCode.COPIES.finding(
                table.roles().get(0).at(),
                table.name() + "." + circumstance.name(),
                "the materialized view " + circumstance.name() + " is made of " + table.name()
                        + " and keeps what was erased until it is refreshed.",
                AcceptanceFix.suggest(
                        FindingCode.COPIES,
                        table.name() + "." + circumstance.name(),
                        "refreshed every night",
                        "REFRESH MATERIALIZED VIEW " + circumstance.name()
                                + " after each erasure; accepting it, say how often that is")));
    }

    private void add(Finding finding) {
        findings.putIfAbsent(finding.code() + " " + finding.what(), finding);
    }
}
