package dev.exeunt.internal.files.deletion;

import dev.exeunt.HashKey;
import dev.exeunt.erase.Receipt.FileReceipt;
import dev.exeunt.internal.files.FileName;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedFile;
import dev.exeunt.internal.plan.PlannedTable;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.reach.SubjectRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Records which files the rows of an erasure name, in its transaction and before its first write. Where the product's own tables are
 * not there, or no key is set, the names are held in memory until the transaction has ended.
 */
public final class ErasedFiles {

    private static final int BATCH = 1_000;

    private final @Nullable HashKey key;
    private final List<UUID> requests;
    private final Set<NamedFile> unrecorded = new LinkedHashSet<>();
    private final Set<String> refused = new HashSet<>();
    private @Nullable FileDeletionTable table;
    private @Nullable UUID erasure;

    /**
     * @param key that encrypts the names; null for none
     * @param requests that have hidden rows of the people
     */
    public ErasedFiles(@Nullable HashKey key, List<UUID> requests) {
        this.key = key;
        this.requests = List.copyOf(requests);
    }

    /** Returns the number of the erasure, by which its files are recorded; empty where they are in memory, or there are none. */
    public Optional<UUID> recorded() {
        return table == null ? Optional.empty() : Optional.ofNullable(erasure);
    }

    /** Returns the files that are recorded nowhere else. */
    public Set<NamedFile> unrecorded() {
        return Set.copyOf(unrecorded);
    }

    /** Begins anew: an erasure may be tried again after a deadlock. */
    public void begin(Connection connection, SubjectRows reach, UUID number, Instant now) throws SQLException {
        unrecorded.clear();
        refused.clear();
        table = null;
        erasure = null;
        if (!areNamed(reach.plan())) {
            return;
        }
        erasure = number;
        boolean stored = FileDeletionTable.inUse(connection);
        if (key != null && stored) {
            table = new FileDeletionTable(connection, key);
            table.begin(number, now);
        }
        read(connection, reach, now);
        if (stored) {
            for (PlannedTable each : reach.plan().tables()) {
                for (PlannedFile file : each.files()) {
                    add(connection, file, new FileNameSql(each, file).hiddenBy(requests), now);
                }
            }
        }
    }

    /** Whether the map names files. */
    public static boolean areNamed(Plan plan) {
        return plan.tables().stream().anyMatch(t -> !t.files().isEmpty());
    }

    /** Reads the names that the rows have now, once more before a step runs again. */
    public void read(Connection connection, SubjectRows reach, Instant now) throws SQLException {
        for (PlannedTable each : reach.plan().tables()) {
            for (PlannedFile file : each.files()) {
                add(connection, file, new FileNameSql(each, file).erased(reach), now);
            }
        }
    }

    private void add(Connection connection, PlannedFile file, SqlFragment values, Instant now) throws SQLException {
        List<NamedFile> batch = new ArrayList<>();
        SqlRunner.forEach(connection, values, BATCH, row -> {
            String value = row.getString(1);
            Optional<String> name = FileName.of(value, file.strip());
            if (name.isEmpty()) {
                refused.add(file.store() + "\n" + value);
            } else {
                batch.add(new NamedFile(file.store(), name.get()));
            }
            if (batch.size() == BATCH) {
                keep(batch, now);
            }
        });
        keep(batch, now);
    }

    private void keep(List<NamedFile> batch, Instant now) throws SQLException {
        if (table == null || erasure == null) {
            unrecorded.addAll(batch);
        } else if (!batch.isEmpty()) {
            table.add(erasure, batch, now);
        }
        batch.clear();
    }

    /**
     * Completes the record after the last step.
     *
     * @return how many files wait and how many values were refused; empty where the map names no files
     */
    public @Nullable FileReceipt complete() throws SQLException {
        if (erasure == null) {
            return null;
        }
        if (table == null) {
            return new FileReceipt(0, 0, 0, refused.size(), unrecorded.size());
        }
        table.refused(erasure, refused.size());
        return table.counts(erasure).orElse(null);
    }
}
