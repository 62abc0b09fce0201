package dev.exeunt.internal.sideeffect;

import dev.exeunt.erase.Receipt.SideEffectReceipt;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.internal.map.read.ReasonReader;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.search.PersonSearch;
import dev.exeunt.internal.sideeffect.WrittenRows.RowCount;
import dev.exeunt.internal.sideeffect.WrittenRows.WrittenRelation;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Counts the rows that triggers, rules and foreign key actions wrote besides an erasure's own steps, and looks for data of the person in
 * them. Costs two queries of the catalogue where nothing was written besides.
 */
public final class SideEffectCheck {

    private final Connection connection;
    private final Plan plan;
    private final WrittenRows before;
    private List<WrittenRelation> written = List.of();
    private Map<TableName, RowCount> aside = Map.of();

    private SideEffectCheck(Connection connection, Plan plan, WrittenRows before) {
        this.connection = connection;
        this.plan = plan;
        this.before = before;
    }

    /** Starts counting. In the pinned search path, as all that follows. */
    public static SideEffectCheck begin(Connection connection, Plan plan) throws SQLException {
        if (!FiringTriggers.of(plan).isEmpty()
                && !SqlRunner.isTrue(connection, SqlFragment.of("SELECT current_setting('track_counts')::bool"))) {
            throw new UncountedWritesException(plan);
        }
        return new SideEffectCheck(connection, plan, WrittenRows.read(connection));
    }

    /**
     * Holds what an erasure's own steps wrote.
     *
     * @param repeated tables of statements that were rolled back and made again, which PostgreSQL counts twice
     */
    public record OwnWrites(Map<TableName, RowCount> rows, Set<TableName> repeated) {

        public OwnWrites {
            rows = Map.copyOf(rows);
            repeated = Set.copyOf(repeated);
        }
    }

    /** Returns what was written since besides the steps, by table. */
    public Map<TableName, RowCount> count(OwnWrites own) throws SQLException {
        written = WrittenRows.read(connection).since(before);
        aside = WrittenRows.besides(written, own);
        if (FiringTriggers.of(plan).isEmpty()) {
            aside.keySet().removeIf(own.repeated()::contains);
        }
        return aside;
    }

    /**
     * Looks for data of the person in what was counted last.
     *
     * @throws PersonalDataWrittenException where rows of a table that the map does not accept hold data of the person
     * @throws FormerValues.ValuesPutBackException where a trigger put back what a step had overwritten
     */
    public List<SideEffectReceipt> search(List<SubjectKey> people, SubjectRows reach, FormerValues former)
            throws SQLException {
        if (aside.isEmpty()) {
            return List.of();
        }
        TransactionRowVersions own = TransactionRowVersions.of(connection);
        former.requireOverwritten(connection, own, reach, aside);
        SideEffectSearch search = new SideEffectSearch(connection, reach, own);
        PersonSearch person = PersonSearch.of(plan, people, former.all());
        List<SideEffectReceipt> rows = new ArrayList<>();
        for (Map.Entry<TableName, RowCount> table : aside.entrySet()) {
            List<WrittenRelation> relations = written.stream()
                    .filter(w -> w.root().equals(table.getKey()))
                    .toList();
            RowCount count = table.getValue();
            long holding = search.count(table.getKey(), count, relations, person);
            if (holding > 0 && !accepted(plan.map(), table.getKey())) {
                // what other people's rows say as well tells nothing of the person
                PersonSearch unshared = PersonSearch.of(plan, people, former.unshared(connection));
                holding = search.count(table.getKey(), count, relations, unshared);
                if (holding > 0 && !search.mayHaveHeldBefore(table.getKey(), count)) {
                    throw new PersonalDataWrittenException(table.getKey(), holding, plan);
                }
            }
            rows.add(new SideEffectReceipt(
                    table.getKey().toString(), count.inserted(), count.updated(), count.deleted(), holding));
        }
        search.requireReadable(t -> accepted(plan.map(), t));
        return rows;
    }

    private static boolean accepted(MapDefinition map, TableName table) {
        return map.accepted().stream()
                .anyMatch(a -> a.code().text().equals(ReasonReader.TRIGGER_WRITES)
                        && a.what().text().equals(table.toString()));
    }

    /** Thrown when an erasure itself makes a trigger write data of the person into a table that the map does not accept. */
    public static final class PersonalDataWrittenException extends NothingErasedException {
        private static final long serialVersionUID = 1L;

        PersonalDataWrittenException(TableName table, long rows, Plan plan) {
            super("a trigger or rule wrote " + rows + (rows == 1 ? " row that holds" : " rows that hold")
                    + " data of the person into " + table + ". " + FiringTriggers.sentence(plan)
                    + ". Map the table, so that its rows are erased as well; or change what is written; or let the trigger"
                    + " heed a setting (settings: { app.no_history: \"on\" }); or keep the rows on purpose: accept: {"
                    + " trigger-writes: { " + table + ": why } }.");
        }
    }

    /** Thrown when triggers fire and PostgreSQL does not count what they write. */
    public static final class UncountedWritesException extends NothingErasedException {
        private static final long serialVersionUID = 1L;

        UncountedWritesException(Plan plan) {
            super("track_counts is off, so PostgreSQL does not tell what triggers write. "
                    + FiringTriggers.sentence(plan) + ". Turn track_counts on.");
        }
    }

    /** Thrown when a trigger wrote into a table that the role may not read. */
    public static final class UnreadableSideEffectException extends NothingErasedException {
        private static final long serialVersionUID = 1L;

        UnreadableSideEffectException(List<TableName> tables, Plan plan) {
            super(
                    "a trigger or rule wrote rows that could not be looked through, since the role may not read all rows of "
                            + String.join(
                                    ", ",
                                    tables.stream().map(TableName::toString).toList()) + ". "
                            + FiringTriggers.sentence(plan)
                            + ". Grant the role SELECT there, past row security; or keep the rows on"
                            + " purpose: accept: { trigger-writes: { " + tables.get(0) + ": why } }.");
        }
    }
}
