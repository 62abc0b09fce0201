package dev.exeunt.promise;

import dev.exeunt.ProgressListener;
import dev.exeunt.promise.made.RandomForeignKey;
import dev.exeunt.promise.made.RandomSchema;
import dev.exeunt.promise.made.RandomTable;
import dev.exeunt.promise.made.TestedFeature;
import dev.exeunt.testkit.SeededRandom;
import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Inserts a row under one of the person's rows at a random moment of the erasure. */
final class ConcurrentInserter implements ProgressListener, AutoCloseable {

    /** The new row's. */
    static final int UID = 5000;

    private static final String DEADLOCK = "40P01";

    private final RandomForeignKey reference;
    private final String insert;
    private final int moment;
    private final Connection own;
    private final Connection watching;
    private CompletableFuture<Optional<String>> added;

    private ConcurrentInserter(TestDatabase database, RandomForeignKey reference, String insert, int moment) {
        this.reference = reference;
        this.insert = insert;
        this.moment = moment;
        this.own = database.connection();
        this.watching = database.connection();
    }

    /** One who may add a row somewhere; none where there is nowhere to. */
    static Optional<ConcurrentInserter> of(
            TestDatabase database, RandomSchema schema, LinkTraversal followed, SeededRandom dice) {
        List<RandomForeignKey> references = schema.tables().stream()
                .flatMap(t -> t.references().stream())
                .filter(r -> !unenforced(r.child()) && !unenforced(r.parent()))
                .filter(r -> followed.answers().rolesOf(r.parent()).stream()
                        .anyMatch(role -> !followed.rows(role).isEmpty()))
                .toList();
        List<RandomForeignKey> free =
                references.stream().filter(r -> !r.oneToOne()).toList();
        if (free.isEmpty()) {
            return Optional.empty();
        }
        RandomForeignKey reference = dice.one(free);
        List<RowSnapshot.SnapshotRow> parents = followed.answers().rolesOf(reference.parent()).stream()
                .flatMap(r -> followed.rows(r).stream())
                .filter(r -> r.table() == reference.parent())
                .toList();
        return parents.isEmpty()
                ? Optional.empty()
                : Optional.of(new ConcurrentInserter(
                        database,
                        reference,
                        schema.another(reference, dice.one(parents).cells(), UID),
                        dice.below(8)));
    }

    private static boolean unenforced(RandomTable table) {
        return table.features().contains(TestedFeature.UNENFORCED);
    }

    @Override
    public void at(String what, int done, int of) {
        if (added == null && done >= Math.min(moment, of - 1)) {
            add();
        }
    }

    /** Where no step was late enough, before the erasure is committed. */
    void atTheEnd() {
        if (added == null) {
            add();
        }
    }

    private void add() {
        added = CompletableFuture.supplyAsync(() -> {
            Optional<String> refused = insert();
            // Where each of the two waits for a row or an index entry of the other, PostgreSQL ends one of them. An
            // application
            // then runs its own again, as docs/guides/operations.md says.
            return refused.filter(DEADLOCK::equals).isPresent() ? insert() : refused;
        });
        try (PreparedStatement waiting = watching.prepareStatement(
                "SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND pid = " + pid() + ")")) {
            boolean waits = false;
            while (!added.isDone() && !waits) {
                try (ResultSet result = waiting.executeQuery()) {
                    result.next();
                    waits = result.getBoolean(1);
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<String> insert() {
        try (Statement statement = own.createStatement()) {
            statement.execute(insert);
            return Optional.empty();
        } catch (SQLException e) {
            return Optional.of(e.getSQLState());
        }
    }

    private int pid() throws SQLException {
        return own.unwrap(org.postgresql.PGConnection.class).getBackendPID();
    }

    /**
     * What became of the row, once the erasure is over.
     *
     * @return what is wrong, or null
     */
    String complaint(RowSnapshot after) {
        RowSnapshot.SnapshotRow row = after.rows().get(reference.child()).get("" + UID);
        if (row == null) {
            return null;
        }
        for (int i = 0; i < reference.columns().size(); i++) {
            if (row.cells().get(reference.columns().get(i)) == null) {
                return null;
            }
        }
        boolean found = after.rows().get(reference.parent()).values().stream().anyMatch(p -> refers(row, p));
        return found ? null : "a row added meanwhile refers to nothing: " + row;
    }

    private boolean refers(RowSnapshot.SnapshotRow row, RowSnapshot.SnapshotRow parent) {
        return LinkTraversal.same(
                reference.child(), row.cells(), reference.columns(), parent.cells(), reference.parentColumns());
    }

    /** Waits for the row: it is there, or was refused with this SQLState. */
    Optional<String> ended() {
        try {
            return added == null ? Optional.empty() : added.get();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws SQLException {
        ended();
        own.close();
        watching.close();
    }
}
