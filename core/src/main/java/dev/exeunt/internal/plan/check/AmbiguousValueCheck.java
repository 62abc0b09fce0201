package dev.exeunt.internal.plan.check;

import dev.exeunt.internal.plan.BoundMap;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.MapPath;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.IdentifierUniqueness;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.map.SuggestedFix;
import java.util.ArrayList;
import java.util.List;

/** Refuses links by a value that two people may hold, until the map says whose the rows are then. */
public final class AmbiguousValueCheck {

    private AmbiguousValueCheck() {}

    public static List<Finding> check(BoundMap bound) {
        List<Finding> findings = new ArrayList<>();
        for (PlannedRole role : bound.roles()) {
            boolean open = role.source() instanceof KeySource.IdentifierValues identifier
                    && identifier.shared() == null
                    && !proven(bound, identifier.column());
            if (open) {
                findings.add(finding(bound, role));
            }
        }
        return findings;
    }

    /** The index of a table says nothing of the rows of tables that inherit from it. */
    private static boolean proven(BoundMap bound, Column identifier) {
        Table subject = bound.subject().table();
        boolean inherited = bound.schema().tables().stream()
                .anyMatch(t -> !t.name().equals(subject.name())
                        && bound.ancestry().withAncestors(t.name()).contains(subject.name()));
        return !inherited && IdentifierUniqueness.isProven(subject, identifier);
    }

    private static Finding finding(BoundMap bound, PlannedRole role) {
        Table subject = bound.subject().table();
        Column identifier = role.source().columns().get(0);
        String held = subject.name() + "." + identifier.name();
        return FindingCode.AMBIGUOUS_VALUE.finding(
                role.at(),
                role.id().toString(),
                "two people may hold the same value of " + held
                        + ", compared without case: no unique index proves otherwise, and"
                        + " the map does not say whose rows of " + role.table().name() + " those of such a value are.",
                SuggestedFix.entries(
                        MapPath.pathTo(bound, role),
                        "shared: leave",
                        "shared: mine-if-present, or shared: ask; or prove that the value is one person's:\n  "
                                + index(subject, identifier)));
    }

    /** Built while others write, where PostgreSQL can. */
    private static String index(Table subject, Column identifier) {
        return "CREATE UNIQUE INDEX "
                + (subject.kind() == Table.RelationKind.PARTITIONED ? "" : "CONCURRENTLY ")
                + "ON " + subject.name().quoted() + " (lower(" + SqlQuoting.identifier(identifier.name()) + "::text));";
    }
}
