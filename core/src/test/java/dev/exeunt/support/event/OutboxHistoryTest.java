package dev.exeunt.support.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.Actor;
import dev.exeunt.request.RequestListPage;
import dev.exeunt.request.RequestListPage.RequestListEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Tests random histories of people, with systems that fail, answer late, twice, in any order or wrongly, or never, and workers that die
 * while they deliver. {@code -Dexeunt.seed=N} runs the histories of one seed; {@code -Dexeunt.long=true} runs 5,000 histories.
 */
class OutboxHistoryTest {

    private static final int HISTORIES = Boolean.getBoolean("exeunt.long") ? 5_000 : 500;

    /** Whose histories one seed tells. Half of them are of each tenant. */
    private static final int PEOPLE = 20;

    /** How many seeds share a database. */
    private static final int SHARED = 25;

    private static final int STEPS = 8 * PEOPLE;
    private static final int CHECKED_EACH = 40;
    private static final Actor STAFF = Actor.staff("kim");

    private static final String PROVIDER = "  provider: { events: [deactivated, reactivated, cancelled, erased] }\n";

    /** Of the bot and the provider; billing hears of all. */
    private static final Set<String> OF_THE_BOT = Set.of("user.deactivated", "user.reactivated", "user.erased");

    private static final Set<String> OF_THE_PROVIDER =
            Set.of("user.deactivated", "user.reactivated", "user.cancelled", "user.erased");

    @Test
    void whateverSystemsAndWorkersDoNoEventIsLostAndNoRequestIsCalledDoneTooEarly() {
        Long only = Long.getLong("exeunt.seed");
        long first = only == null ? 1 : only;
        long last = only == null ? HISTORIES / PEOPLE : only;
        long began = System.nanoTime();
        for (long seed = first; seed <= last; seed += SHARED) {
            int seeds = (int) Math.min(SHARED, last - seed + 1);
            try (OutboxTestWorld world = new OutboxTestWorld(seeds * PEOPLE / 2, TimeSpan.hours(5), PROVIDER)) {
                for (int i = 0; i < seeds; i++) {
                    run(seed + i, world, i * PEOPLE / 2 + 1);
                }
            }
        }
        System.out.println("OutboxHistoryTest: " + (last - first + 1) * PEOPLE + " histories in "
                + (System.nanoTime() - began) / 1_000_000 + " ms");
    }

    private static void run(long seed, OutboxTestWorld world, int firstPerson) {
        List<String> people = new ArrayList<>();
        for (String tenant : List.of("1,", "2,")) {
            IntStream.range(firstPerson, firstPerson + PEOPLE / 2).forEach(id -> people.add(tenant + id));
        }
        OutboxHistory history = new OutboxHistory(seed, world, people);
        try {
            for (int step = 1; step <= STEPS; step++) {
                history.step();
                if (step % CHECKED_EACH == 0) {
                    noRequestIsCalledDoneTooEarly(world, history);
                }
            }
            history.eraseAll();
            sendAgainWhatWasGivenUp(world, history, OutboxHistory.SYSTEMS.get((int) (seed % 3)));
            history.settle();
            eachEventArrivedInItsOrder(history);
            noActivePersonIsDisabled(history);
            noRequestIsCalledDoneTooEarly(world, history);
            statusShowsWhatIsStuck(world, history);
            closeWhatIsOpen(world, history);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        }
    }

    private static void sendAgainWhatWasGivenUp(OutboxTestWorld world, OutboxHistory history, String system) {
        history.outage(system);
        long given = status(world, system).failed();
        assertThat(world.systems.resendFailed(system, STAFF, "it is back")).isEqualTo(given);
        assertThat(status(world, system).failed()).isZero();
        assertThat(status(world, system).waiting()).isEqualTo(given);
    }

    private static SystemStatus status(OutboxTestWorld world, String system) {
        return world.systems.status().stream()
                .filter(s -> s.system().equals(system))
                .findFirst()
                .orElseThrow();
    }

    private static void eachEventArrivedInItsOrder(OutboxHistory history) {
        int most = 0;
        for (String key : history.people()) {
            List<String> events = sameMoment(history.happened(key));
            most = Math.max(most, events.size());
            assertThat(sameMoment(history.receiver("billing").arrived(key)))
                    .as("billing, " + key)
                    .isEqualTo(events);
            assertThat(history.receiver("bot").arrived(key))
                    .as("bot, " + key)
                    .isEqualTo(events.stream().filter(OF_THE_BOT::contains).toList());
            assertThat(history.receiver("provider").arrived(key))
                    .as("provider, " + key)
                    .isEqualTo(events.stream().filter(OF_THE_PROVIDER::contains).toList());
        }
        assertThat(most)
                .as("a person with several events, else their order would not be seen")
                .isGreaterThan(3);
    }

    /** Data and account that are due at the same moment are erased in either order. */
    private static List<String> sameMoment(List<String> events) {
        List<String> all = new ArrayList<>(events);
        int account = all.indexOf("user.erased");
        if (account > 0 && all.get(account - 1).equals("user.data_erased")) {
            all.set(account - 1, "user.erased");
            all.set(account, "user.data_erased");
        }
        return all;
    }

    private static void noActivePersonIsDisabled(OutboxHistory history) {
        assertThat(history.people())
                .filteredOn(history::isActive)
                .filteredOn(history.receiver("provider")::isDisabled)
                .as("people who may sign in, and whom the provider has disabled")
                .isEmpty();
    }

    private static void noRequestIsCalledDoneTooEarly(OutboxTestWorld world, OutboxHistory history) {
        var open = world.systems.openAnswers(history.erased().keySet());
        Set<UUID> done = new HashSet<>(history.erased().keySet());
        done.removeIf(request -> open.containsKey(request) && !open.get(request).complete());
        assertThat(done)
                .as("requests that are done everywhere")
                .isEqualTo(history.erased().keySet().stream()
                        .filter(history::isAnswered)
                        .collect(java.util.stream.Collectors.toSet()));
    }

    /** All is delivered by now, and billing's time is over. */
    private static void statusShowsWhatIsStuck(OutboxTestWorld world, OutboxHistory history) {
        world.clock.advance(Duration.ofDays(11));
        HistoryReceiver billing = history.receiver("billing");
        assertThat(status(world, "billing"))
                .extracting(
                        SystemStatus::waiting,
                        SystemStatus::failed,
                        SystemStatus::unanswered,
                        SystemStatus::overdue,
                        SystemStatus::refused)
                .containsExactly(
                        0L,
                        0L,
                        (long) billing.unanswered().size(),
                        (long) billing.unanswered().size(),
                        (long) billing.refused().size());
        Set<UUID> listed = listed(world);
        var open = world.systems.openAnswers(history.erased().keySet());
        open.forEach((request, answers) -> {
            assertThat(answers.needsStaff()).isTrue();
            assertThat(answers.complete() || listed.contains(request) || isOvertaken(world, request))
                    .as("the staff's list has the request " + request)
                    .isTrue();
        });
    }

    /** A request that another one's erasure carried out: the list has that other one. */
    private static boolean isOvertaken(OutboxTestWorld world, UUID request) {
        return world.systems.ofRequest(request).stream()
                .filter(d -> d.answerBy() != null)
                .noneMatch(d -> request.equals(d.request()));
    }

    private static Set<UUID> listed(OutboxTestWorld world) {
        Set<UUID> listed = new HashSet<>();
        RequestListPage page = world.requests.listRequests(false, null, 500);
        page.entries().stream().map(RequestListEntry::id).forEach(listed::add);
        while (page.next() != null) {
            page = world.requests.listRequests(false, page.next(), 500);
            page.entries().stream().map(RequestListEntry::id).forEach(listed::add);
        }
        return listed;
    }

    private static void closeWhatIsOpen(OutboxTestWorld world, OutboxHistory history) {
        HistoryReceiver billing = history.receiver("billing");
        List<UUID> left = new ArrayList<>(billing.unanswered());
        left.addAll(billing.refused());
        for (UUID event : left) {
            assertThat(world.systems.close(event, "billing", STAFF, "settled by hand"))
                    .isTrue();
            billing.answered(event, "closed");
        }
        assertThat(world.systems.openAnswers(history.erased().keySet())).isEmpty();
        noRequestIsCalledDoneTooEarly(world, history);
        world.outbox.maintain();
    }
}
