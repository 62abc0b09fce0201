package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.request.SimulationContext.SimulatedProduct;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.testkit.SeededRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Holds what the parts of one simulated story share: the dice, the model, the clock and what was told. */
final class SimulatedStory {

    final SimulationContext stage;
    final SeededRandom dice;
    final SimulatedProduct product;
    final List<String> told = new ArrayList<>();
    private final Set<Instant> used = new HashSet<>();
    private Instant latest = GuildTestApplication.START;
    private Instant lastBirth = GuildTestApplication.START;
    private long lastId = 100;
    LifecycleModel expected;

    SimulatedStory(SimulationContext stage, SeededRandom dice) {
        this.stage = stage;
        this.dice = dice;
        this.product = stage.reset(dice.chance(50));
        this.expected = new LifecycleModel(product.rowsGo());
    }

    Instant now() {
        return stage.guilds.clock().instant();
    }

    void tell(String what) {
        told.add(now() + " " + what);
    }

    long nextId() {
        return ++lastId;
    }

    /** Lets a moment pass, to one that has not been yet. */
    void tick() {
        do {
            stage.guilds.clock().advance(Duration.ofSeconds(1));
        } while (!used.add(now()));
        latest = now().isAfter(latest) ? now() : latest;
    }

    /** Sets the clock, also back, but not to before a person was made. */
    void set(Instant when) {
        stage.guilds.clock().set(when.isBefore(lastBirth) ? lastBirth : when);
        latest = now().isAfter(latest) ? now() : latest;
    }

    /** The latest moment that the clock has told. */
    Instant latest() {
        return latest;
    }

    /** Whether a person may be made: by a clock that was set back a new person cannot be told from an erased one. */
    boolean birth() {
        if (now().isBefore(latest)) {
            return false;
        }
        lastBirth = now();
        return true;
    }

    /**
     * Calls the product.
     *
     * @return false where it refused since the copy of the ledger fails
     */
    boolean call(Runnable call) {
        try {
            call.run();
            return true;
        } catch (LedgerException e) {
            assertThat(e.reason()).isEqualTo(LedgerException.Reason.UNREACHABLE);
            assertThat(stage.sink.fails()).as("refused though the copy works").isTrue();
            tell("refused");
            return false;
        }
    }

    long write(String sql) throws SQLException {
        try (Statement statement = stage.application.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    List<String> column(String sql) throws SQLException {
        try (Statement statement = stage.application.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        }
    }
}
