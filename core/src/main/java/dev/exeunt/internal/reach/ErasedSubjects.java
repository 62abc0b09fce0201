package dev.exeunt.internal.reach;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds the rows of the subject's table whose people were erased, and holds no more than a batch of keys in memory. */
public final class ErasedSubjects {

    private final Connection connection;
    private final Plan plan;
    private final ErasedPeople erased;
    private final int batch;

    /**
     * @param connection in a transaction
     * @param plan for deleting the account
     * @param batch how many rows are read at a time, at least 1
     */
    public ErasedSubjects(Connection connection, Plan plan, ErasedPeople erased, int batch) {
        this.connection = connection;
        this.plan = plan;
        this.erased = erased;
        this.batch = batch;
    }

    /** Takes the keys of erased people that one batch of rows held. */
    @FunctionalInterface
    public interface KeyBatchConsumer {

        /** @param keys never empty */
        void accept(Set<SubjectKey> keys) throws SQLException;
    }

    /**
     * Hands over the keys of rows that bear what an erasure writes, and of those that the record of erasures knows. Reads the table once.
     *
     * @param consumer may use the same connection, and must not end the transaction
     */
    public void forEachBatch(KeyBatchConsumer consumer) throws SQLException {
        PlannedSubject subject = plan.subject();
        KeyBatch read = new KeyBatch(consumer);
        int marked = subject.key().size() + 1;
        SqlRunner.forEach(
                connection,
                select(subject),
                batch,
                row -> read.add(SubjectFinder.key(row, 0, subject), row.getBoolean(marked)));
        read.handOver();
    }

    /** Without a record only rows that bear the mark are of interest. */
    private SqlFragment select(PlannedSubject subject) {
        SqlFragment marker = ErasedMarker.of(plan).orElse(SqlFragment.of("FALSE"));
        return SqlTemplate.of("SELECT {key}, ({marker}) IS TRUE FROM {table} WHERE {condition}")
                .fragment("key", PresentPeople.keyTexts(subject))
                .fragment("marker", marker)
                .fragment("table", subject.table().name().quoted())
                .fragment("condition", erased.equals(ErasedPeople.NONE) ? marker : SqlFragment.of("TRUE"))
                .toFragment();
    }

    /** Keys that were read and not yet handed over. */
    private final class KeyBatch {

        private final KeyBatchConsumer consumer;
        private final Set<SubjectKey> marked = new LinkedHashSet<>();
        private final List<SubjectKey> unmarked = new ArrayList<>();

        KeyBatch(KeyBatchConsumer consumer) {
            this.consumer = consumer;
        }

        void add(SubjectKey key, boolean bearsMark) throws SQLException {
            if (bearsMark) {
                marked.add(key);
            } else {
                unmarked.add(key);
            }
            if (marked.size() + unmarked.size() >= batch) {
                handOver();
            }
        }

        void handOver() throws SQLException {
            Set<SubjectKey> keys = new LinkedHashSet<>(marked);
            if (!unmarked.isEmpty()) {
                keys.addAll(erased.among(connection, unmarked));
            }
            if (!keys.isEmpty()) {
                consumer.accept(keys);
            }
            marked.clear();
            unmarked.clear();
        }
    }
}
