package dev.exeunt.internal.reach;

import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sorts the identifiers of people who leave into those that find rows of theirs and those that are not theirs alone. */
final class IdentifierCapture {

    private final Connection connection;
    private final Plan plan;
    private final List<SubjectKey> leaving;
    private final ErasedPeople erased;
    private final Map<KeySource.IdentifierValues, List<HeldValue>> waiting = new LinkedHashMap<>();
    private final Map<KeySource, CapturedLinkValues> shared = new HashMap<>();
    private @Nullable SharedValues values;

    IdentifierCapture(Connection connection, Plan plan, List<SubjectKey> leaving, ErasedPeople erased) {
        this.connection = connection;
        this.plan = plan;
        this.leaving = leaving;
        this.erased = erased;
    }

    /**
     * Holds a value of an identifier with the key of the person who has it.
     *
     * @param value in lower case
     */
    private record HeldValue(String value, String subject) {
        @Override
        public String toString() {
            return "HeldValue[hidden]";
        }
    }

    /** Notes a value, in lower case; {@link #takeTheirs} decides about it. */
    void add(KeySource.IdentifierValues source, String value, String subject) {
        waiting.computeIfAbsent(source, s -> new ArrayList<>()).add(new HeldValue(value, subject));
    }

    /**
     * Decides about all values that were noted since the last call.
     *
     * @param former whether they are what identifiers were before they were hidden
     * @param theirs takes the values that find rows of the people
     */
    void takeTheirs(boolean former, Map<KeySource, CapturedLinkValues> theirs) throws SQLException {
        for (Map.Entry<KeySource.IdentifierValues, List<HeldValue>> entry : waiting.entrySet()) {
            KeySource.IdentifierValues source = entry.getKey();
            SharedValues others = values();
            Set<String> all = entry.getValue().stream().map(HeldValue::value).collect(Collectors.toSet());
            Set<String> held = others.among(source.column(), all, former);
            Set<String> takingNothing = others.takingNothing(source);
            CapturedLinkValues mine = Objects.requireNonNull(theirs.get(source));
            CapturedLinkValues left = shared.computeIfAbsent(source, s -> new CapturedLinkValues(1));
            for (HeldValue each : entry.getValue()) {
                boolean leave = held.contains(each.value()) || takingNothing.contains(each.subject());
                (leave ? left : mine).add(List.of(each.value()), each.subject());
            }
        }
        waiting.clear();
    }

    private SharedValues values() throws SQLException {
        SharedValues known = values;
        if (known == null) {
            known = new SharedValues(connection, plan, leaving, erased);
            values = known;
        }
        return known;
    }

    /**
     * Counts for each role the rows that it would reach by values that are not the people's alone, but for rows that are theirs
     * by any role.
     */
    Map<RoleId, Long> countShared(SubjectRows reach, Map<KeySource, CapturedLinkValues> theirs) throws SQLException {
        Map<RoleId, Long> counts = new HashMap<>();
        for (PlannedTable table : plan.tables()) {
            for (PlannedRole role : table.roles()) {
                CapturedLinkValues left = shared.get(role.source());
                CapturedLinkValues values =
                        left == null ? null : left.without(Objects.requireNonNull(theirs.get(role.source())));
                if (values != null && !values.isEmpty()) {
                    counts.put(role.id(), count(table, role, values, reach));
                }
            }
        }
        return counts;
    }

    private long count(PlannedTable table, PlannedRole role, CapturedLinkValues values, SubjectRows reach)
            throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT pg_catalog.count(*) FROM {table} WHERE {rows} AND ({theirs}) IS NOT TRUE""")
                .fragment("table", role.table().name().quoted())
                .fragment("rows", LinkSql.matches(role, values))
                .fragment("theirs", reach.matchesAny(table.roles()))
                .toFragment();
        return SqlRunner.count(connection, select);
    }
}
