package dev.exeunt.support.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.UnknownSubjectException;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests.WithdrawalResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.support.event.EventOutbox.Delivered;
import dev.exeunt.support.event.ExternalSystems.DeliveryFilter;
import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import dev.exeunt.testkit.SeededRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Made-up lives of some people, with systems that fail, answer late, twice or wrongly, and workers that die. Of one seed. */
final class OutboxHistory {

    static final List<String> SYSTEMS = List.of("bot", "billing", "provider");

    private static final Map<AccountFlow, String> ASKED = Map.of(
            AccountFlow.DEACTIVATE, "user.deactivated",
            AccountFlow.DELETE_ACCOUNT, "user.account_deletion_requested",
            AccountFlow.DELETE_DATA, "user.data_deletion_requested");

    private static final String ERASED_NOW =
            "SELECT id || ' ' || kind FROM exeunt.request WHERE erased_at = '%s' ORDER BY 1";

    private final OutboxTestWorld world;
    private final SeededRandom dice;
    private final List<String> people;
    private final Map<String, HistoryReceiver> receivers = new LinkedHashMap<>();
    private final Map<String, List<String>> happened = new HashMap<>();
    private final Map<String, EnumSet<AccountFlow>> open = new HashMap<>();
    private final Map<UUID, String> owners = new HashMap<>();
    private final Map<UUID, AccountFlow> erased = new LinkedHashMap<>();
    private final Set<String> gone = new HashSet<>();

    OutboxHistory(long seed, OutboxTestWorld world, List<String> people) {
        this.world = world;
        this.dice = new SeededRandom(seed);
        this.people = List.copyOf(people);
        SYSTEMS.forEach(system -> receivers.put(system, new HistoryReceiver()));
    }

    void step() {
        String key = dice.one(people);
        switch (dice.below(14)) {
            case 0, 1 -> ask(AccountFlow.DEACTIVATE, key);
            case 2 -> ask(AccountFlow.DELETE_ACCOUNT, key);
            case 3 -> ask(AccountFlow.DELETE_DATA, key);
            case 4, 5 -> back(() -> world.requests.reactivate(key, Actor.SELF, null), key, "user.reactivated");
            case 6 -> back(() -> world.requests.cancel(key, Actor.SELF, null), key, "user.cancelled");
            case 7 -> eraseDue();
            case 8, 9 -> answerLate();
            case 10 -> lie();
            default -> deliver(dice.one(SYSTEMS));
        }
        world.clock.advance(Duration.ofSeconds(1 + dice.below(240)));
    }

    HistoryReceiver receiver(String system) {
        return receivers.get(system);
    }

    List<String> people() {
        return people;
    }

    List<String> happened(String key) {
        return happened.getOrDefault(key, List.of());
    }

    /** The requests whose erasure was carried out here, with their flows. */
    Map<UUID, AccountFlow> erased() {
        return erased;
    }

    /** Whether billing has answered the erasure that carried the request out, or staff have closed it. */
    boolean isAnswered(UUID request) {
        HistoryReceiver billing = receiver("billing");
        return erased.get(request) == AccountFlow.DELETE_DATA
                ? billing.hasAnsweredData(request)
                : billing.hasAnsweredAccount(owners.get(request));
    }

    /** Whether the person is there, and has no deactivation that goes on. */
    boolean isActive(String key) {
        return !gone.contains(key) && !openFlows(key).contains(AccountFlow.DEACTIVATE);
    }

    private EnumSet<AccountFlow> openFlows(String key) {
        return open.computeIfAbsent(key, k -> EnumSet.noneOf(AccountFlow.class));
    }

    private void happens(String key, String event) {
        happened.computeIfAbsent(key, k -> new ArrayList<>()).add(event);
    }

    private void ask(AccountFlow flow, String key) {
        try {
            Request request = world.requests.submit(NewRequest.self(flow, key));
            if (openFlows(key).add(flow)) {
                happens(key, ASKED.get(flow));
                owners.put(request.id(), key);
            }
        } catch (RequestRefusedException | UnknownSubjectException e) {
            assertThat(gone.contains(key) || openFlows(key).contains(AccountFlow.DEACTIVATE))
                    .as(key + " is refused " + flow)
                    .isTrue();
        }
    }

    private void back(Supplier<WithdrawalResult> taking, String key, String event) {
        try {
            openFlows(key).remove(taking.get().request().flow());
            happens(key, event);
        } catch (RequestRefusedException | UnknownSubjectException e) {
            // nothing was open, or the person was erased
        }
    }

    private void eraseDue() {
        world.requests.eraseDue("reaper");
        for (String row : world.world.database().column(ERASED_NOW.formatted(world.clock.instant()))) {
            UUID request = UUID.fromString(row.split(" ")[0]);
            AccountFlow flow = AccountFlow.of(row.split(" ")[1]).orElseThrow();
            String key = owners.get(request);
            erased.put(request, flow);
            openFlows(key).remove(flow);
            if (flow == AccountFlow.DELETE_DATA) {
                happens(key, "user.data_erased");
            } else if (gone.add(key)) {
                happens(key, "user.erased");
            }
        }
    }

    /** Each event is taken, or refused, or taken by a system whose worker dies before it says so. */
    private void deliver(String system) {
        HistoryReceiver receiver = receivers.get(system);
        List<Delivered> taken = new ArrayList<>();
        for (OutgoingEvent event : world.outbox.claim(system, "worker", 1 + dice.below(6))) {
            switch (dice.below(7)) {
                case 0 -> world.outbox.markFailed(event, "503", Duration.ofSeconds(dice.below(600)));
                case 1 -> receiver.arrive(event);
                case 2 -> world.outbox.release(system, List.of(event));
                case 3 -> {
                    // the worker dies before the system hears
                }
                case 4 -> {
                    receiver.arrive(event);
                    SystemAnswer said = answer();
                    receiver.answered(event.id(), said.result().word());
                    taken.add(new Delivered(event, said));
                }
                default -> {
                    receiver.arrive(event);
                    taken.add(new Delivered(event, null));
                }
            }
        }
        world.outbox.markDelivered(system, taken);
    }

    private SystemAnswer answer() {
        AnswerResult result = dice.one(AnswerResult.values());
        return new SystemAnswer(result, result == AnswerResult.REFUSED ? "an invoice is open" : null);
    }

    /** Billing answers one of its erasures, in any order, perhaps for the second time and otherwise. */
    private void answerLate() {
        HistoryReceiver billing = receiver("billing");
        if (!billing.erasures().isEmpty()) {
            UUID event = dice.one(billing.erasures());
            SystemAnswer said = answer();
            assertThat(world.outbox.answer(event, "billing", said))
                    .as("the first answer stands")
                    .isEqualTo(!billing.hasAnswered(event));
            billing.answered(event, said.result().word());
        }
    }

    /** A system answers an event that is not its own, or that there is not. */
    private void lie() {
        List<UUID> erasures = receiver("billing").erasures();
        UUID event = erasures.isEmpty() ? UUID.randomUUID() : dice.one(erasures);
        SystemAnswer said = new SystemAnswer(AnswerResult.ERASED, null);
        assertThat(world.outbox.answer(event, dice.one("bot", "provider"), said))
                .isFalse();
        assertThat(world.outbox.answer(UUID.randomUUID(), "billing", said)).isFalse();
    }

    /** What is open is erased, so that no later history finds it. */
    void eraseAll() {
        world.clock.advance(Duration.ofHours(6));
        eraseDue();
    }

    /** A system is away for so long that its events are given up, and staff have them sent again. */
    void outage(String system) {
        world.clock.advance(EventOutbox.GIVE_UP.plusMinutes(6));
        while (waits(system)) {
            world.outbox
                    .claim(system, "worker", 200)
                    .forEach(event -> world.outbox.markFailed(event, "timeout", Duration.ofMinutes(1)));
        }
    }

    private boolean waits(String system) {
        return !world.systems.list(system, DeliveryFilter.WAITING, 1).isEmpty();
    }

    /** From now on all is delivered. Nothing more is answered. */
    void settle() {
        for (String system : SYSTEMS) {
            for (int round = 0; round < 200 && waits(system); round++) {
                world.clock.advance(Duration.ofMinutes(6));
                List<OutgoingEvent> claimed = world.outbox.claim(system, "worker", 200);
                claimed.forEach(receivers.get(system)::arrive);
                world.outbox.markDelivered(
                        system,
                        claimed.stream().map(e -> new Delivered(e, null)).toList());
            }
        }
    }
}
