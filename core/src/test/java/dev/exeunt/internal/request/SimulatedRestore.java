package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.internal.request.LifecycleModel.ModelRequest;
import dev.exeunt.ledger.ErasureLedger;
import dev.exeunt.ledger.ErasureLedger.LedgerCheck;
import dev.exeunt.ledger.ErasureLedger.ReplayResult;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.testkit.RowBackup;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Restores a backup in a simulated story, lets the application go on with it, and replays the ledger. */
final class SimulatedRestore {

    private final SimulatedStory story;
    private final SimulatedApplication application;
    private RowBackup backup;
    private LifecycleModel then;

    SimulatedRestore(SimulatedStory story, SimulatedApplication application) {
        this.story = story;
        this.application = application;
    }

    void backUpOrRestore() throws SQLException {
        if (backup == null || story.dice.chance(30)) {
            story.tell("backup");
            backup = RowBackup.of(story.stage.application);
            then = story.expected.copy();
        } else {
            restore();
        }
    }

    private void restore() throws SQLException {
        story.stage.sink.fail(FaultyLedgerSink.Fault.NONE);
        ErasureLedger ledger = story.product.ledger();
        ledger.requireOpen(); // the copy has all that was acknowledged
        story.tell("restore");
        backup.restore(story.stage.application);
        boolean lost = ledger.previewReplay(false).isNeeded();
        LifecycleModel before = story.expected;
        story.expected = then.copy();
        if (lost) {
            refused();
        }
        goOn(before);
        replay(ledger, lost);
        mergeInto(story.expected, before);
        LedgerCheck check = ledger.verify();
        assertThat(check.copied()).isEqualTo(check.entries());
        ReplayResult second = ledger.replay(false);
        assertThat(second).as("a second replay").isEqualTo(new ReplayResult(0, 0, 0, 0, 0, 0, 0, 0, List.of()));
    }

    /** Nothing is done on a database that is behind its ledger, also by a program that ran on during the restore. */
    private void refused() {
        if (!story.expected.present().isEmpty()) {
            long person = story.dice.one(story.expected.present());
            assertThatThrownBy(() -> story.product.holds().place(NewLegalHold.on("" + person, "x"), Actor.staff("kim")))
                    .isInstanceOfAny(LedgerException.class, RequestRefusedException.class);
        }
        assertThatThrownBy(() -> story.product.requests().eraseDue("early")).isInstanceOf(LedgerException.class);
    }

    /** The application works on the restored database before the replay: keys that were lost come again, and people write. */
    private void goOn(LifecycleModel before) throws SQLException {
        story.tick();
        List<Long> lostKeys = before.people.keySet().stream()
                .filter(p -> !story.expected.people.containsKey(p)
                        || story.product.rowsGo() && story.expected.people.get(p).erased)
                .toList();
        if (!lostKeys.isEmpty()) {
            application.add(story.dice.one(lostKeys));
        }
        application.post();
        application.account();
    }

    private void replay(ErasureLedger ledger, boolean lost) throws SQLException {
        ReplayResult preview = ledger.previewReplay(false);
        ReplayResult done = ledger.replay(false);
        story.tell("replay: " + done);
        assertThat(done.entries() > 0).as("entries that were lost").isEqualTo(lost);
        assertThat(done.entries()).isEqualTo(preview.entries());
        assertThat(done.undecided()).isZero();
        if (done.uncertain() > 0) {
            assertThat(story.now()).as("uncertain by a clock that was set back").isBefore(story.latest());
            assertThatThrownBy(() -> story.product.requests().eraseDue("early")).isInstanceOf(LedgerException.class);
            story.set(story.latest());
            done = ledger.replay(false);
            story.tell("replay: " + done);
        }
        if (!done.isFinished()) { // an owner was erased beside another one, who is lost
            assertThat(done.uncertain()).isZero();
            assertThat(done.waiting())
                    .allSatisfy(w -> assertThat(w.reason()).containsAnyOf("guard", "You cannot leave yet"));
            addOwner();
            done = ledger.replay(false);
            story.tell("replay: " + done);
        }
        assertThat(done.isFinished()).as("finished: %s", done).isTrue();
    }

    private void addOwner() throws SQLException {
        story.set(story.latest());
        story.tick();
        long owner = story.nextId();
        application.add(owner);
        application.own(owner, 1);
        application.own(owner, 2);
    }

    /** What the ledger knows is as it was before the restore; what only the application knew is as in the backup. */
    private void mergeInto(LifecycleModel restored, LifecycleModel before) {
        Map<UUID, ModelRequest> there =
                restored.wishes.stream().collect(Collectors.toMap(w -> w.id, Function.identity()));
        List<ModelRequest> known = before.wishes.stream()
                .filter(w -> there.containsKey(w.id) || isSame(restored, w))
                .toList();
        known.stream()
                .filter(w -> there.containsKey(w.id) && there.get(w.id).open())
                .filter(w -> !w.open() && !w.state.equals("erased"))
                .forEach(w -> restored.takenBack(there.get(w.id), w.state));
        known.stream()
                .filter(w -> !there.containsKey(w.id) && (w.open() || w.state.equals("erased")))
                .forEach(w -> ask(restored, w));
        Map<UUID, ModelRequest> all =
                restored.wishes.stream().collect(Collectors.toMap(w -> w.id, Function.identity()));
        known.stream()
                .filter(w -> w.state.equals("erased") && !w.leaves())
                .map(w -> all.get(w.id))
                .filter(ModelRequest::open)
                .forEach(restored::erased);
        restored.people.forEach((id, person) -> {
            if (!person.erased && isErased(before, id, person)) {
                restored.erasePerson(id);
            }
        });
        restored.holds.clear();
        before.holds.stream()
                .filter(h -> isSame(restored, before, h.person()) && !restored.people.get(h.person()).erased)
                .forEach(restored.holds::add);
    }

    /** Only what was there at the request is hidden, as far as the rows tell. */
    private static void ask(LifecycleModel restored, ModelRequest lost) {
        ModelRequest again = new ModelRequest(lost.id, lost.person, lost.born, lost.flow, lost.at);
        again.hides = lost.open() || !lost.leaves();
        restored.ask(again);
        if (!again.leaves()) {
            again.posts.removeIf(p -> !restored.posts.get(p).created.isBefore(lost.at));
            again.likes.removeIf(l -> !restored.likes.get(l).created().isBefore(lost.at));
        }
    }

    private static boolean isSame(LifecycleModel restored, ModelRequest wish) {
        return restored.people.containsKey(wish.person)
                && !restored.people.get(wish.person).erased
                && restored.people.get(wish.person).born.equals(wish.born);
    }

    private static boolean isSame(LifecycleModel restored, LifecycleModel before, long person) {
        return restored.people.containsKey(person)
                && before.people.containsKey(person)
                && restored.people.get(person).born.equals(before.people.get(person).born);
    }

    private static boolean isErased(LifecycleModel before, long id, LifecycleModel.ModelPerson person) {
        return before.erased.contains(id + " " + person.born);
    }
}
