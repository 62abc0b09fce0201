package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.request.FaultyLedgerSink.Fault;
import dev.exeunt.internal.request.LifecycleModel.ModelRequest;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import dev.exeunt.testkit.SeededRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;

/**
 * Runs one random sequence of actions on the product and the model, and compares them: what people ask for and the application does,
 * workers, legal holds, a copy of the ledger that fails, a clock that is set back, and backups that are restored.
 */
final class LifecycleSimulation {

    private final SimulatedStory story;
    private final SimulatedApplication application;
    private final SimulatedWorkers workers;
    private final SimulatedHolds holds;
    private final SimulatedRestore restore;

    private LifecycleSimulation(SimulatedStory story, ExecutorService threads) {
        this.story = story;
        this.application = new SimulatedApplication(story);
        this.workers = new SimulatedWorkers(story, threads);
        this.holds = new SimulatedHolds(story);
        this.restore = new SimulatedRestore(story, application);
    }

    static void run(SimulationContext stage, ExecutorService threads, long seed) {
        SimulatedStory story = new SimulatedStory(stage, new SeededRandom(seed));
        try {
            new LifecycleSimulation(story, threads).run();
        } catch (SQLException | RuntimeException | AssertionError e) {
            throw new AssertionError("-Dexeunt.seed=" + seed + ": " + e + "\n" + String.join("\n", story.told), e);
        }
    }

    private void run() throws SQLException {
        story.write(
                "UPDATE posts SET deleted_at = '2026-02-01T00:00:00Z' WHERE id = 2"); // whatever this session's zone
        int sentences = 8 + story.dice.below(14);
        for (int i = 0; i < sentences; i++) {
            story.tick();
            if (story.dice.chance(40)) {
                story.stage.sink.fail(Fault.NONE);
            }
            sentence();
            compare(i);
        }
        story.stage.sink.fail(Fault.NONE);
        end();
        compareAtEnd();
    }

    private void compare(int sentence) throws SQLException {
        assertThat(story.column(LifecycleModel.STATES)).containsExactlyInAnyOrderElementsOf(story.expected.states());
        if (sentence % 3 == 0) {
            gate(sentence / 3);
            holds.compare();
        }
        hidden();
    }

    private void compareAtEnd() throws SQLException {
        assertThat(new TreeSet<>(story.column(LifecycleModel.ROWS))).isEqualTo(story.expected.rows());
        assertThat(story.column("SELECT 'x' FROM exeunt.legal_hold WHERE subject IS NULL OR reason IS NULL"))
                .as("no hold on a whole person outlives the person")
                .isEmpty();
        assertThat(
                        story.column(
                                "SELECT 'x' FROM exeunt.hidden UNION ALL SELECT 'x' FROM exeunt.undo UNION ALL SELECT 'x' FROM exeunt.stash"))
                .as("nothing is kept for coming back")
                .isEmpty();
        assertThat(
                        story.column(
                                "SELECT request::text FROM exeunt.event WHERE name = 'user.erased' GROUP BY 1 HAVING count(*) > 1"))
                .as("erased twice")
                .isEmpty();
        story.product.ledger().requireOpen(); // copies what a failure left
        assertThat(story.product.ledger().verify())
                .satisfies(c -> assertThat(c.copied()).isEqualTo(c.entries()));
    }

    /** Asks the gate about one person after the other. */
    private void gate(int sentence) {
        List<Long> people = List.copyOf(story.expected.people.keySet());
        long person = people.get(sentence % people.size());
        if (!story.stage.sink.fails()) {
            assertThat(story.product.requests().gate("" + person, null).state().word())
                    .as("the gate of " + person)
                    .isEqualTo(story.expected.gate(person, story.now()));
        }
    }

    private void sentence() throws SQLException {
        switch (story.dice.below(19)) {
            case 0, 1, 2, 3 -> ask();
            case 4 -> {
                List<Long> present = story.expected.present();
                if (!present.isEmpty()) {
                    withdraw(story.dice.one(present), story.dice.chance(50));
                }
            }
            case 5, 6 -> application.post();
            case 7 -> application.like();
            case 8 -> application.edit();
            case 9 -> application.account();
            case 10, 11 -> step();
            case 12 -> workers.vanish();
            case 13 -> holds.place();
            case 14 -> holds.release();
            case 15 -> workers.eraseDirectly();
            case 16 -> workers.breakSink();
            case 17 -> restore.backUpOrRestore();
            default -> workers.reap();
        }
    }

    // -- what people do

    private void ask() {
        if (story.expected.present().isEmpty()) {
            return;
        }
        long person = story.dice.one(story.expected.present());
        AccountFlow flow = story.dice.one(AccountFlow.values());
        story.tell("ask " + person + " " + flow.word());
        story.call(() -> ask(person, flow));
    }

    private void ask(long person, AccountFlow flow) {
        boolean open = story.expected.open(person).stream().anyMatch(w -> w.flow == flow);
        boolean needed = flow != AccountFlow.DELETE_DATA && story.expected.needed(person, w -> w.person != person);
        Request asked;
        try {
            asked = story.product
                    .requests()
                    .submit(NewRequest.self(flow, "" + person)
                            .typing(story.expected.people.get(person).email.toUpperCase(Locale.ROOT))
                            .acknowledging(story.product
                                    .requests()
                                    .previewRequest(flow, "" + person)
                                    .warnings()
                                    .digest()));
        } catch (RequestRefusedException e) {
            assertThat(e.why()).isEqualTo(RequestRefusalReason.GUARDED);
            assertThat(needed && !open).as("refused, and needed").isTrue();
            return;
        }
        if (!open) {
            assertThat(needed).as("let go, though needed").isFalse();
            story.expected.ask(
                    new ModelRequest(asked.id(), person, story.expected.people.get(person).born, flow, story.now()));
        }
    }

    private void withdraw(long person, boolean reactivate) {
        story.tell((reactivate ? "reactivate " : "cancel ") + person);
        ModelRequest wish = story.expected.open(person).stream()
                .filter(w -> (w.flow == AccountFlow.DEACTIVATE) == reactivate)
                .reduce((a, b) -> a.flow.compareTo(b.flow) > 0 ? a : b)
                .orElse(null);
        story.call(() -> withdraw(person, reactivate, wish));
    }

    private void withdraw(long person, boolean reactivate, ModelRequest wish) {
        try {
            if (reactivate) {
                story.product.requests().reactivate("" + person, Actor.SELF, null);
            } else {
                story.product.requests().cancel("" + person, Actor.SELF, null);
            }
        } catch (RequestRefusedException e) {
            assertThat(e.why())
                    .isEqualTo(wish == null ? RequestRefusalReason.NOTHING_OPEN : RequestRefusalReason.TOO_LATE);
            assertThat(wish == null || wish.state.equals("erasing")).isTrue();
            return;
        }
        assertThat(wish).isNotNull();
        assertThat(wish.state).isNotEqualTo("erasing");
        story.expected.takenBack(wish, reactivate ? "reactivated" : "cancelled");
    }

    // -- what time does

    private void step() {
        Instant now = story.now();
        if (story.dice.chance(25)) {
            story.set(now.minus(story.dice.one(
                    Duration.ofSeconds(30), SimulatedWorkers.LEASE, Duration.ofHours(7), Duration.ofDays(9))));
            story.tell("it is " + story.now() + " again");
            return;
        }
        List<ModelRequest> open = story.expected.wishes.stream()
                .filter(w -> w.open() && w.due.isAfter(now.plusSeconds(2)))
                .toList();
        Instant to = now.plus(story.dice.one(
                SimulatedWorkers.LEASE, SimulatedWorkers.LOOK_AGAIN, Duration.ofDays(1), Duration.ofDays(9)));
        if (!open.isEmpty() && story.dice.chance(70)) {
            Instant due = story.dice.one(open).due;
            to = story.dice.chance(40) ? due.minusSeconds(1) : due;
        }
        story.set(to);
        story.tell("it is " + to);
    }

    // -- what must hold

    /** What a person had when they asked is out of sight until they are back, unless the application itself shows it again. */
    private void hidden() throws SQLException {
        for (ModelRequest wish : story.expected.wishes) {
            if (wish.open()) {
                Set<String> shown =
                        new TreeSet<>(story.column("SELECT id::text FROM likes WHERE person = " + wish.person));
                wish.likes.stream()
                        .filter(story.expected.likes::containsKey)
                        .forEach(l -> assertThat(shown)
                                .as("likes of %d in sight", wish.person)
                                .doesNotContain("" + l));
            }
        }
        for (ModelRequest wish : story.expected.wishes) {
            if (wish.open()
                    && wish.flow == AccountFlow.DELETE_DATA
                    && story.expected.open(wish.person).size() == 1) {
                Set<String> shown = new TreeSet<>(story.column(
                        "SELECT id::text FROM posts WHERE deleted_at IS NULL AND person = " + wish.person));
                story.expected.posts.forEach((id, p) -> {
                    boolean since = !wish.posts.contains(id) && !p.created.isBefore(wish.at);
                    if (p.person == wish.person && p.deleted == null && since) {
                        assertThat(shown).as("made after delete-data").contains("" + id);
                    }
                });
            }
        }
    }

    /** All people come back, or are erased when the last is due. */
    private void end() throws SQLException {
        story.set(story.latest());
        holds.releaseAll();
        if (story.dice.chance(50)) {
            withdrawAll();
        }
        for (int i = 0; i < 3 && story.expected.wishes.stream().anyMatch(ModelRequest::open); i++) {
            story.stage.guilds.clock().advance(Duration.ofDays(31));
            workers.reap();
        }
        withdrawAll(); // whom a guard still needs
    }

    private void withdrawAll() {
        for (long person : story.expected.present()) {
            for (ModelRequest wish : story.expected.open(person)) {
                withdraw(person, wish.flow == AccountFlow.DEACTIVATE);
            }
        }
    }
}
