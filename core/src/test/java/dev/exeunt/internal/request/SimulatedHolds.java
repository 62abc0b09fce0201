package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Places and releases legal holds in a simulated story, and tells the model. */
final class SimulatedHolds {

    private static final Actor STAFF = Actor.staff("kim");

    private final SimulatedStory story;

    SimulatedHolds(SimulatedStory story) {
        this.story = story;
    }

    /** Models a hold on all rows of a person, or on one table. */
    record ModelHold(UUID id, long person, String table, Instant until) {

        boolean holds(LifecycleModel.ModelRequest wish, Instant now) {
            boolean written =
                    table == null || !table.equals("mails") || wish.leaves(); // delete-data leaves mails alone
            return person == wish.person && written && now.isBefore(until);
        }
    }

    void place() {
        if (story.expected.present().isEmpty()) {
            return;
        }
        long person = story.dice.one(story.expected.present());
        String table = story.dice.chance(30) ? "mails" : null;
        Instant now = story.now();
        Instant until =
                story.dice.chance(40) ? now.plus(story.dice.one(Duration.ofDays(1), Duration.ofDays(20))) : Instant.MAX;
        story.tell("hold " + person + " " + table + " until " + until);
        NewLegalHold wanted = NewLegalHold.on("" + person, "lawsuit");
        wanted = table == null ? wanted : wanted.onTables(List.of(table));
        NewLegalHold whole = until.equals(Instant.MAX) ? wanted : wanted.until(until);
        story.call(() -> place(whole, new ModelHold(UUID.randomUUID(), person, table, until)));
    }

    private void place(NewLegalHold wanted, ModelHold model) {
        boolean erasing = story.expected.open(model.person()).stream().anyMatch(w -> w.state.equals("erasing"));
        try {
            LegalHold hold = story.product.holds().place(wanted, STAFF);
            assertThat(erasing).as("placed while it was erased").isFalse();
            story.expected.holds.add(new ModelHold(hold.id(), model.person(), model.table(), model.until()));
        } catch (RequestRefusedException e) {
            assertThat(e.why()).isEqualTo(RequestRefusalReason.TOO_LATE);
            assertThat(erasing).as("refused before it was erased").isTrue();
        }
    }

    void release() {
        List<ModelHold> active = active();
        if (!active.isEmpty()) {
            ModelHold hold = story.dice.one(active);
            story.tell("release " + hold);
            release(hold);
        }
    }

    void releaseAll() {
        active().forEach(this::release);
    }

    private List<ModelHold> active() {
        Instant now = story.now();
        return new ArrayList<>(story.expected.holds.stream()
                .filter(h -> now.isBefore(h.until()))
                .toList());
    }

    private void release(ModelHold hold) {
        story.call(() -> {
            story.product.holds().release(hold.id(), STAFF, "settled");
            story.expected.holds.remove(hold);
        });
    }

    /** The holds that are active are those of the model. */
    void compare() {
        if (!story.stage.sink.fails()) {
            assertThat(story.product.holds().list(null, false))
                    .extracting(LegalHold::id)
                    .containsExactlyInAnyOrderElementsOf(
                            active().stream().map(ModelHold::id).toList());
        }
    }
}
