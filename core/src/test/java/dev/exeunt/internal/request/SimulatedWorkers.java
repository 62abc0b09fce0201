package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.due.RequestClaims;
import dev.exeunt.internal.ledger.AuditEventType;
import dev.exeunt.internal.request.FaultyLedgerSink.Fault;
import dev.exeunt.internal.request.LifecycleModel.ModelRequest;
import dev.exeunt.ledger.LedgerException;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.stream.Stream;

/** Erases people in a simulated story, by workers and without requests, and tells the model. */
final class SimulatedWorkers {

    static final Duration LEASE = Duration.ofMinutes(10);
    static final Duration LOOK_AGAIN = Duration.ofHours(6);

    private final SimulatedStory story;
    private final ExecutorService threads;

    SimulatedWorkers(SimulatedStory story, ExecutorService threads) {
        this.story = story;
        this.threads = threads;
    }

    /** Lets the copy of the ledger fail until it is told otherwise. */
    void breakSink() {
        Fault fault = story.dice.one(Fault.values());
        story.stage.sink.fail(fault);
        story.tell("the copy of the ledger: " + fault);
    }

    /** Claims what is due, and is not heard of any more. */
    void vanish() {
        story.tell("vanish");
        RequestClaims claims = new RequestClaims("gone", LEASE);
        RequestTransaction.runAndCommit(story.product.workers(), "claiming", transaction -> {
            List<java.util.UUID> claimed = claims.claimDue(transaction, null, 100).stream()
                    .map(c -> c.due().request().id())
                    .toList();
            transaction.events().append(AuditEventType.ERASURE_STARTED, transaction.now(), claimed, Actor.EXEUNT);
            return claimed;
        });
        story.expected.due(story.now()).forEach(w -> {
            w.state = "erasing";
            w.next = story.now().plus(LEASE);
        });
    }

    void reap() throws SQLException {
        if (story.stage.sink.fails()) {
            reapWithoutCopy();
            return;
        }
        int many = 1 + story.dice.below(3);
        story.tell("reap by " + many);
        List<ModelRequest> due = story.expected.due(story.now());
        List<CompletableFuture<ReapResult>> reaping = Stream.iterate(0, i -> i + 1)
                .limit(many)
                .map(i -> CompletableFuture.supplyAsync(
                        () -> story.product.requests().eraseDue("w" + i), threads))
                .toList();
        int failed = 0;
        for (CompletableFuture<ReapResult> each : reaping) {
            failed += each.join().failed();
        }
        assertThat(failed).as(() -> "failed: " + failures()).isZero();
        carriedOut(due);
    }

    /** No person is erased; what had been claimed is given back. */
    private void reapWithoutCopy() throws SQLException {
        story.tell("reap without a copy");
        List<ModelRequest> due = story.expected.due(story.now());
        boolean done = story.call(() -> story.product.requests().eraseDue("w"));
        assertThat(done && !due.isEmpty()).as("erased without a copy").isFalse();
        List<String> states = story.column(LifecycleModel.STATES);
        for (ModelRequest wish : due) {
            if (states.contains(wish.flow.word() + " " + wish.at + " scheduled 1")) {
                wish.state = "scheduled";
                wish.next = story.now();
            }
        }
    }

    private String failures() {
        return String.join(
                "; ",
                story.stage.guilds.database().column("SELECT failure FROM exeunt.request WHERE failure IS NOT NULL"));
    }

    /** Erases a person without a request. */
    void eraseDirectly() {
        if (story.expected.present().isEmpty()) {
            return;
        }
        long person = story.dice.one(story.expected.present());
        story.tell("erase " + person);
        boolean stopped = !story.expected.open(person).isEmpty()
                || story.expected.holds.stream()
                        .anyMatch(h -> h.person() == person && story.now().isBefore(h.until()))
                || story.expected.needed(person, w -> w.person != person);
        try {
            boolean erased = story.call(
                    () -> story.product.exeunt().erase(story.product.map(), List.of("" + person), receipt -> {}));
            if (erased) {
                assertThat(stopped).as("erased directly").isFalse();
                story.expected.erasePerson(person);
            }
        } catch (LedgerException e) {
            throw e;
        } catch (ExeuntException e) {
            assertThat(stopped).as("not erased directly: %s", e.getMessage()).isTrue();
        }
    }

    /** Where several owners are due at once, who of them is last depends on who was first; then the database tells. */
    private void carriedOut(List<ModelRequest> due) throws SQLException {
        Set<String> guilds = ownedGuilds();
        boolean race = due.stream()
                        .filter(ModelRequest::leaves)
                        .map(w -> w.person)
                        .distinct()
                        .filter(this::owns)
                        .count()
                > 1;
        List<String> states = race ? story.column(LifecycleModel.STATES) : List.of();
        for (ModelRequest wish : due) {
            if (!wish.open()) {
                continue; // gone with another wish of theirs
            }
            boolean blocked = race && wish.leaves() && owns(wish.person)
                    ? states.contains(wish.flow.word() + " " + wish.at + " blocked 1")
                    : wish.leaves() && story.expected.blockedWhenDue(wish);
            if (blocked) {
                wish.state = "blocked";
                wish.next = story.now().plus(LOOK_AGAIN);
            } else {
                story.expected.erased(wish);
            }
        }
        assertThat(ownedGuilds())
                .as("no guild has lost its last owner to an erasure")
                .isEqualTo(guilds);
    }

    private Set<String> ownedGuilds() {
        Set<String> owned = new TreeSet<>();
        memberships()
                .filter(e -> e.getValue().equals("owner"))
                .forEach(e -> owned.add(e.getKey().split(",", 2)[0]));
        return owned;
    }

    private boolean owns(long person) {
        return memberships()
                .anyMatch(e -> e.getKey().endsWith("," + person) && e.getValue().equals("owner"));
    }

    /** In sight and out of it. */
    private Stream<Map.Entry<String, String>> memberships() {
        return Stream.concat(
                        Stream.of(story.expected.members),
                        story.expected.wishes.stream().map(w -> w.members))
                .map(Map::entrySet)
                .flatMap(Set::stream);
    }
}
