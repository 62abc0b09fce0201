package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import dev.exeunt.testkit.SeededRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Places and releases legal holds in a simulated story, and tells the model. */
final class SimulatedHolds {

    private static final Actor STAFF = Actor.staff("kim");

    private final SimulationContext stage;
    private final LifecycleModel expected;
    private final SeededRandom dice;

    SimulatedHolds(SimulationContext stage, LifecycleModel expected, SeededRandom dice) {
        this.stage = stage;
        this.expected = expected;
        this.dice = dice;
    }

    /** Models a hold on all rows of a person, or on one table. */
    record ModelHold(UUID id, long person, String table, Instant until) {

        boolean holds(LifecycleModel.ModelRequest wish, Instant now) {
            boolean written =
                    table == null || !table.equals("mails") || wish.leaves(); // delete-data leaves mails alone
            return person == wish.person && written && now.isBefore(until);
        }
    }

    /** @return what was done, for the story */
    String place() {
        if (expected.present().isEmpty()) {
            return "no hold";
        }
        long person = dice.one(expected.present());
        String table = dice.chance(30) ? "mails" : null;
        Instant now = stage.guilds.clock().instant();
        Instant until = dice.chance(40) ? now.plus(dice.one(Duration.ofDays(1), Duration.ofDays(20))) : Instant.MAX;
        NewLegalHold wanted = NewLegalHold.on("" + person, "lawsuit");
        wanted = table == null ? wanted : wanted.onTables(List.of(table));
        wanted = until.equals(Instant.MAX) ? wanted : wanted.until(until);
        boolean erasing = expected.open(person).stream().anyMatch(w -> w.state.equals("erasing"));
        try {
            LegalHold hold = stage.holds.place(wanted, STAFF);
            assertThat(erasing).as("placed while it was erased").isFalse();
            expected.holds.add(new ModelHold(hold.id(), person, table, until));
        } catch (RequestRefusedException e) {
            assertThat(e.why()).isEqualTo(RequestRefusalReason.TOO_LATE);
            assertThat(erasing).as("refused before it was erased").isTrue();
        }
        return "hold " + person + " " + table + " until " + until;
    }

    /** @return what was done, for the story */
    String release() {
        List<ModelHold> active = active();
        if (active.isEmpty()) {
            return "no release";
        }
        ModelHold hold = dice.one(active);
        release(hold);
        return "release " + hold;
    }

    void releaseAll() {
        active().forEach(this::release);
    }

    private List<ModelHold> active() {
        Instant now = stage.guilds.clock().instant();
        return new ArrayList<>(
                expected.holds.stream().filter(h -> now.isBefore(h.until())).toList());
    }

    private void release(ModelHold hold) {
        stage.holds.release(hold.id(), STAFF, "settled");
        expected.holds.remove(hold);
    }
}
