package dev.exeunt.internal.guard;

import dev.exeunt.internal.map.GuardLink;
import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.PlaceholderText;
import dev.exeunt.internal.plan.FlowPlan;
import dev.exeunt.internal.plan.FlowPlan.GuardPlan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.text.SubjectQueryBinder;
import dev.exeunt.internal.postgres.SearchPath;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.request.LeavingSubjects;
import dev.exeunt.internal.request.RequestTable;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.request.RequestPreview;
import dev.exeunt.request.RequestRefusedException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs the map's guard and warning queries for one person. */
public final class GuardEvaluator {

    private final Connection connection;
    private final PlannedSubject person;

    public GuardEvaluator(Connection connection, PlannedSubject person) {
        this.connection = connection;
        this.person = person;
    }

    /** As {@link #lock(List, List)}, where nothing but these guards is in use. */
    public void lock(List<GuardPlan> guards) throws SQLException {
        lock(guards, guards);
    }

    /**
     * Locks the tables that the guards read against all writers until the transaction ends. Only then does the guards'
     * answer still hold at the commit. Readers are not blocked.
     *
     * @param all the guards of every flow. What the other flows' guards read may still be written, so it is locked now.
     *     Every transaction takes these locks in the same order and before any row; otherwise two transactions of one
     *     person could deadlock.
     */
    public void lock(List<GuardPlan> guards, List<GuardPlan> all) throws SQLException {
        Set<TableName> asked = reads(guards);
        List<SqlFragment> locks = reads(all).stream()
                .map(table -> SqlTemplate.of("LOCK TABLE {table} IN {mode} MODE")
                        .fragment("table", table.quoted())
                        .fragment("mode", asked.contains(table) ? "SHARE ROW EXCLUSIVE" : "ROW EXCLUSIVE")
                        .toFragment())
                .toList();
        if (!locks.isEmpty()) {
            SqlRunner.execute(connection, SqlFragment.join("; ", locks));
        }
    }

    private static Set<TableName> reads(List<GuardPlan> guards) {
        return guards.stream().flatMap(g -> g.reads().stream()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** @param leaving who is leaving too, and does not count any more */
    public List<RequestPreview.Obstacle> obstacles(List<GuardPlan> guards, SubjectKey subject, List<SubjectKey> leaving)
            throws SQLException {
        List<RequestPreview.Obstacle> obstacles = new ArrayList<>();
        for (GuardPlan plan : guards) {
            LifecycleSettings.Guard guard = plan.guard();
            for (Map<String, String> row : rows(guard.sql(), subject, leaving)) {
                LocatedText link = guard.link();
                obstacles.add(new RequestPreview.Obstacle(
                        guard.name().text(),
                        filled(guard.message(), row),
                        link == null ? null : GuardLink.filled(link.text(), row).orElse(null),
                        guard.override() == LifecycleSettings.Guard.GuardOverride.ADMIN));
            }
        }
        return obstacles;
    }

    /**
     * That no guard forbids any of these people to leave at once, each of them as if the others had left.
     *
     * @throws RequestRefusedException where one does
     */
    public void require(List<GuardPlan> guards, List<SubjectKey> subjects) throws SQLException {
        List<SubjectKey> asked =
                RequestTable.inUse(connection) ? new LeavingSubjects(connection, person.kind()).findAll() : List.of();
        List<RequestPreview.Obstacle> obstacles = new ArrayList<>();
        for (SubjectKey subject : subjects) {
            List<SubjectKey> leaving = new ArrayList<>(subjects);
            leaving.addAll(asked);
            leaving.removeIf(subject::equals);
            obstacles.addAll(obstacles(guards, subject, leaving));
        }
        if (!obstacles.isEmpty()) {
            throw RequestRefusedException.guarded(obstacles);
        }
    }

    public RequestPreview.Warnings warnings(FlowPlan flow, SubjectKey subject) throws SQLException {
        List<String> messages = new ArrayList<>();
        for (LifecycleSettings.FlowWarning notice : flow.warnings()) {
            SqlFragment query = WarningSql.of(
                    notice, SubjectQueryBinder.of(notice.sql().text(), person, subject.parts(), List.of()));
            messages.addAll(SearchPath.ofRole(connection, c -> SqlRunner.list(c, query, row -> row.getString(1))));
        }
        return WarningSql.withDigest(flow.flow(), messages);
    }

    private List<Map<String, String>> rows(LocatedText sql, SubjectKey subject, List<SubjectKey> leaving)
            throws SQLException {
        SqlFragment query = SqlTemplate.of("SELECT * FROM ({query}\n) AS exeunt_q")
                .fragment(
                        "query",
                        SubjectQueryBinder.of(
                                sql.text(),
                                person,
                                subject.parts(),
                                leaving.stream().map(SubjectKey::parts).toList()))
                .toFragment();
        return SearchPath.ofRole(connection, c -> SqlRunner.list(c, query, GuardEvaluator::row));
    }

    private static Map<String, String> row(ResultSet result) throws SQLException {
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.put(result.getMetaData().getColumnLabel(i), text(result.getString(i)));
        }
        return row;
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String filled(LocatedText message, Map<String, String> row) {
        return PlaceholderText.parse(message.text()).filled(name -> row.getOrDefault(name, "{" + name + "}"));
    }
}
