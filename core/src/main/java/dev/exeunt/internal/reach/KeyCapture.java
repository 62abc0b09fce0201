package dev.exeunt.internal.reach;

import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Follows the plan's links from the subjects and captures the keys that other roles are found by.
 *
 * <p>With {@link CaptureMode#LOCK} every row that will be written is locked on the way: other people's inserts under it
 * then wait or fail on their side, and nothing moves out of reach between capture and erasure. An erasure leaves out the
 * plan's {@linkplain Plan#leaves leaves}: the delete that takes them locks and counts them.
 */
public final class KeyCapture {

    /** Selects whether rows are only followed, counted, or counted and locked. */
    public enum CaptureMode {
        /** Only rows that other roles are looked up by; the rest is not even counted. */
        KEYS,
        /** Every role's rows are counted. */
        COUNT,
        /** Every role's rows are counted, and locked where the plan writes to them. */
        LOCK
    }

    private static final int FETCH_SIZE = 10_000;

    private final Connection connection;
    private final Plan plan;
    private final CaptureMode mode;
    private final Map<RoleId, CapturedLinkValues> asked = new LinkedHashMap<>();
    private final Map<KeySource, CapturedLinkValues> captured = new HashMap<>();
    private final Map<RoleId, Long> rows = new LinkedHashMap<>();
    private final IdentifierCapture identifiers;
    private StatementListener listener = StatementListener.NONE;
    private boolean erasing;

    private KeyCapture(Connection connection, Plan plan, LeavingPeople people, CaptureMode mode) {
        this.connection = connection;
        this.plan = plan;
        this.mode = mode;
        this.identifiers = new IdentifierCapture(connection, plan, people.keys(), people.erased());
        for (PlannedRole role : plan.roles()) {
            asked.put(role.id(), new CapturedLinkValues(role.on().size()));
            captured.putIfAbsent(role.source(), new CapturedLinkValues(role.on().size()));
            if (role.source() instanceof KeySource.SubjectKeyValues keys) {
                CapturedLinkValues given = Objects.requireNonNull(captured.get(role.source()));
                people.keys().forEach(s -> given.add(parts(s, keys), s.joined()));
            }
        }
        people.values().forEach(this::remember);
    }

    /** A foreign key may name the key's columns in another order than the map does. */
    private List<String> parts(SubjectKey subject, KeySource.SubjectKeyValues source) {
        return source.columns().stream()
                .map(c -> subject.parts().get(plan.subject().key().indexOf(c)))
                .toList();
    }

    /**
     * Runs inside the connection's open transaction.
     *
     * @throws SQLException as the driver has it; with locks, also when one was not to be had in time
     */
    public static SubjectRows capture(Connection connection, Plan plan, LeavingPeople people, CaptureMode mode)
            throws SQLException {
        return new KeyCapture(connection, plan, people, mode).run();
    }

    /**
     * Holds what an erasure captures in addition.
     *
     * @param former by what identifiers were before they were hidden, rows are found as well
     * @param listener told of each statement
     */
    public record ErasureCapture(List<FormerIdentifier> former, StatementListener listener) {

        public ErasureCapture {
            former = List.copyOf(former);
        }
    }

    /** Captures as {@link #capture} with {@link CaptureMode#LOCK}, for an erasure. */
    public static SubjectRows captureAndLock(
            Connection connection, Plan plan, LeavingPeople people, ErasureCapture erasure) throws SQLException {
        KeyCapture capture = new KeyCapture(connection, plan, people, CaptureMode.LOCK);
        capture.listener = erasure.listener();
        capture.erasing = true;
        erasure.former().forEach(capture::remember);
        return capture.run();
    }

    private void remember(FormerIdentifier former) {
        for (KeySource source : captured.keySet()) {
            boolean same = source instanceof KeySource.IdentifierValues identifier
                    && identifier.column().equals(former.identifier());
            if (same && !former.value().isBlank()) {
                identifiers.add(
                        (KeySource.IdentifierValues) source,
                        former.value(),
                        former.subject().joined());
            }
        }
    }

    /** Rounds, until no role has a new key to ask for; without trees of rows the second round finds nothing to do. */
    private SubjectRows run() throws SQLException {
        identifiers.takeTheirs(true, captured);
        boolean asking = true;
        while (asking) {
            asking = false;
            for (PlannedRole role : plan.roles()) {
                CapturedLinkValues before = Objects.requireNonNull(asked.get(role.id()));
                CapturedLinkValues fresh =
                        Objects.requireNonNull(captured.get(role.source())).without(before);
                if (!fresh.isEmpty()) {
                    before.addAll(fresh);
                    rows.merge(role.id(), follow(role, fresh), Long::sum);
                    asking = true;
                }
            }
        }
        SubjectRows reach = new SubjectRows(plan, asked, rows);
        return reach.withShared(identifiers.countShared(reach, captured));
    }

    private long follow(PlannedRole role, CapturedLinkValues fresh) throws SQLException {
        List<KeySource> feeds = plan.roles().stream()
                .map(PlannedRole::source)
                .filter(s -> feeds(role, s))
                .distinct()
                .toList();
        if (feeds.isEmpty()) {
            return mode == CaptureMode.KEYS || erasing && plan.leaves().contains(role.id()) ? 0 : count(role, fresh);
        }
        return collect(role, fresh, feeds);
    }

    private boolean feeds(PlannedRole role, KeySource source) {
        return source instanceof KeySource.RoleRows rowsOf && rowsOf.roles().contains(role.id())
                || source instanceof KeySource.IdentifierValues && role.id().equals(plan.self());
    }

    private long count(PlannedRole role, CapturedLinkValues fresh) throws SQLException {
        SqlFragment select = SqlTemplate.of("""
                        SELECT pg_catalog.count(*) FROM (SELECT FROM {table} WHERE {rows} {lock}) AS exeunt_rows""")
                .fragment("table", role.table().name().quoted())
                .fragment("rows", LinkSql.matches(role, fresh))
                .fragment("lock", lock(role))
                .toFragment();
        begins(role, select);
        long count = SqlRunner.count(connection, select);
        listener.ended(count);
        return count;
    }

    private void begins(PlannedRole role, SqlFragment select) {
        listener.begins(new StatementListener.ErasureStatement(
                RehearsalResult.StatementKind.FIND,
                "finding " + role.id(),
                List.of(role.table().name()),
                select));
    }

    private long collect(PlannedRole role, CapturedLinkValues fresh, List<KeySource> feeds) throws SQLException {
        List<SqlFragment> columns = feeds.stream()
                .flatMap(feed -> feed.columns().stream().map(c -> LinkConditions.value(feed, c)))
                .toList();
        SqlFragment select = SqlTemplate.of("{rows} {lock}")
                .fragment("rows", LinkSql.rows(role, fresh, columns))
                .fragment("lock", lock(role))
                .toFragment();
        begins(role, select);
        long count = SqlRunner.forEach(connection, select, FETCH_SIZE, row -> remember(row, feeds));
        identifiers.takeTheirs(false, captured);
        listener.ended(count);
        return count;
    }

    private void remember(ResultSet row, List<KeySource> feeds) throws SQLException {
        int position = 1;
        int width = feeds.stream().mapToInt(f -> f.columns().size()).sum();
        String subject = row.getString(width + 1);
        for (KeySource feed : feeds) {
            List<String> values = new ArrayList<>();
            for (int i = 0; i < feed.columns().size(); i++) {
                values.add(row.getString(position++));
            }
            if (!values.stream().allMatch(Objects::nonNull)) {
                continue; // a NULL refers to nothing
            }
            if (feed instanceof KeySource.IdentifierValues identifier) {
                if (!values.get(0).isBlank()) { // an empty identifier is no value to match
                    identifiers.add(identifier, values.get(0), subject);
                }
            } else {
                Objects.requireNonNull(captured.get(feed)).add(List.copyOf(values), subject);
            }
        }
    }

    private SqlFragment lock(PlannedRole role) {
        return mode == CaptureMode.LOCK && role.writes()
                ? SqlTemplate.of("FOR UPDATE OF {table}")
                        .identifier("table", role.table().name().name())
                        .toFragment()
                : SqlFragment.EMPTY;
    }
}
