package dev.exeunt.support.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.UnknownSubjectException;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.support.event.EventOutbox.Delivered;
import dev.exeunt.support.event.ExternalSystems.DeliveryFilter;
import dev.exeunt.testkit.SeededRandom;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tests random histories of people, with systems that fail and workers that die while they deliver: each event arrives, and those of one
 * person first arrive in the order in which they happened. {@code -Dexeunt.seed=N} runs the histories of one seed.
 */
class OutboxHistoryTest {

    private static final int HISTORIES = Boolean.getBoolean("exeunt.long") ? 5_000 : 100;

    /** Of one database. */
    private static final int PEOPLE = 20;

    private static final List<String> SYSTEMS = List.of("bot", "billing");
    private static final Set<String> OF_THE_BOT =
            Set.of("user.deactivated", "user.reactivated", "user.erasure_due_soon", "user.erased");

    /** What happened to each person, and what arrived, by system and key. */
    private static final class History {
        private final SeededRandom dice;
        private final OutboxTestWorld world;
        private final Map<String, List<String>> happened = new HashMap<>();
        private final Map<String, List<String>> arrived = new HashMap<>();
        private final Set<UUID> known = new HashSet<>();
        private final Set<String> gone = new HashSet<>();
        private final Map<String, String> waiting = new HashMap<>();

        History(long seed, OutboxTestWorld world) {
            this.dice = new SeededRandom(seed);
            this.world = world;
        }

        void step() {
            String key = dice.one(List.of("1", "2")) + "," + (1 + dice.below(PEOPLE / 2));
            switch (dice.below(10)) {
                case 0, 1 -> ask(AccountFlow.DEACTIVATE, key, "user.deactivated");
                case 2 -> ask(AccountFlow.DELETE_ACCOUNT, key, "user.account_deletion_requested");
                case 3, 4 -> back(() -> world.requests.reactivate(key, Actor.SELF, null), key, "user.reactivated");
                case 5 -> back(() -> world.requests.cancel(key, Actor.SELF, null), key, "user.cancelled");
                case 6 -> eraseDue();
                default -> deliver(dice.one(SYSTEMS));
            }
            world.clock.advance(Duration.ofSeconds(dice.below(240)));
        }

        private void ask(AccountFlow flow, String key, String event) {
            if (gone.contains(key)) {
                return;
            }
            boolean open = world.requests.status(key).requests().stream()
                    .anyMatch(r -> r.flow() == flow && r.state() == Request.State.SCHEDULED);
            try {
                world.requests.submit(NewRequest.self(flow, key));
                if (!open) {
                    happened.computeIfAbsent(key, k -> new ArrayList<>()).add(event);
                    waiting.put(key, "erased");
                }
            } catch (RequestRefusedException | UnknownSubjectException e) {
                // the person was erased before
            }
        }

        private void back(Runnable taking, String key, String event) {
            try {
                taking.run();
                happened.computeIfAbsent(key, k -> new ArrayList<>()).add(event);
            } catch (RequestRefusedException | UnknownSubjectException e) {
                // nothing was open
            }
        }

        private void eraseDue() {
            world.requests.eraseDue("reaper");
            Set<String> there = new HashSet<>(world.world.database().column("SELECT tenant || ',' || id FROM people"));
            for (String key : waiting.keySet()) {
                if (!there.contains(key) && gone.add(key)) {
                    happened.computeIfAbsent(key, k -> new ArrayList<>()).add("user.erased");
                }
            }
        }

        /** Each event is taken, or refused, or taken by a system whose worker dies before it says so. */
        private void deliver(String system) {
            List<Delivered> taken = new ArrayList<>();
            for (OutgoingEvent event : world.outbox.claim(system, "worker", 1 + dice.below(6))) {
                switch (dice.below(6)) {
                    case 0 -> world.outbox.markFailed(event, "503", Duration.ofSeconds(dice.below(600)));
                    case 1 -> arrive(system, event);
                    case 2 -> world.outbox.release(system, List.of(event));
                    default -> {
                        arrive(system, event);
                        taken.add(new Delivered(event, null));
                    }
                }
            }
            world.outbox.markDelivered(system, taken);
        }

        private void arrive(String system, OutgoingEvent event) {
            JsonNode body = JsonMapper.shared().readTree(event.body().orElseThrow());
            String key = body.at("/data/subject").stringValue();
            if (known.add(UUID.nameUUIDFromBytes((system + event.id()).getBytes(StandardCharsets.UTF_8)))) {
                arrived.computeIfAbsent(system + " " + key, k -> new ArrayList<>())
                        .add(event.type());
            }
        }

        /** From now on all works. */
        void settle() {
            for (int round = 0; round < 200 && anyWaits(); round++) {
                world.clock.advance(Duration.ofMinutes(6));
                for (String system : SYSTEMS) {
                    List<OutgoingEvent> claimed = world.outbox.claim(system, "worker", 200);
                    claimed.forEach(event -> arrive(system, event));
                    world.outbox.markDelivered(
                            system,
                            claimed.stream().map(e -> new Delivered(e, null)).toList());
                }
            }
        }

        private boolean anyWaits() {
            return !world.systems.list(null, DeliveryFilter.WAITING, 1).isEmpty();
        }

        void check(long seed) {
            assertThat(world.systems.list(null, DeliveryFilter.FAILED, 10))
                    .as("seed " + seed)
                    .isEmpty();
            assertThat(happened.values().stream().mapToInt(List::size).max().orElse(0))
                    .as("a person with several events, else their order would not be seen")
                    .isGreaterThan(3);
            happened.forEach((key, events) -> {
                assertThat(arrived.getOrDefault("billing " + key, List.of()))
                        .as("billing, seed " + seed)
                        .isEqualTo(events);
                assertThat(arrived.getOrDefault("bot " + key, List.of()))
                        .as("bot, seed " + seed)
                        .isEqualTo(events.stream().filter(OF_THE_BOT::contains).toList());
            });
        }
    }

    @Test
    void eachEventArrivesAndThoseOfOnePersonInTheirOrder() {
        Long only = Long.getLong("exeunt.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? HISTORIES / PEOPLE : only;
        for (long seed = first; seed <= last; seed++) {
            try (OutboxTestWorld world = new OutboxTestWorld(PEOPLE / 2, TimeSpan.hours(5))) {
                History history = new History(seed, world);
                for (int step = 0; step < PEOPLE * 12; step++) {
                    history.step();
                }
                history.settle();
                history.check(seed);
            }
        }
    }
}
