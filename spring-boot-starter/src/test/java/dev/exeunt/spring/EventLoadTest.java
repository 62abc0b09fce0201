package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Shows how quickly a system hears of events while another system hangs, and what the events cost the request. It judges no time: that
 * every event arrives is what it asserts. With {@code --long} it sends the numbers that the docs tell.
 */
@Timeout(600)
class EventLoadTest {

    private static final boolean LONG = Boolean.getBoolean("exeunt.long");
    private static final int SUSTAINED = LONG ? 3_000 : 60;
    private static final int BURST = LONG ? 10_000 : 400;
    private static final int A_SECOND = 100;

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String OTHER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";
    private static final Path SAMPLE =
            Path.of("src/test/resources/dev/exeunt/spring/external").toAbsolutePath();

    private static String people(int last) {
        return "insert into person (id, name) select n, 'Person ' || n from generate_series(61, " + last + ") n;"
                + " insert into subscription (person_id, customer) select n, 'cus_' || n from generate_series(61, "
                + last
                + ") n;";
    }

    @Test
    void aSystemHearsAtOnceWhileAnotherHangs() {
        int first = 61;
        int last = first + SUSTAINED + BURST;
        try (WebhookTestReceiver hanging = new WebhookTestReceiver(OTHER_SECRET);
                WebhookTestReceiver healthy = new WebhookTestReceiver(SECRET)) {
            hanging.silent(true);
            Map<String, String> settings = new HashMap<>();
            Map.of("chat-bot", hanging, "billing", healthy).forEach((name, receiver) -> {
                settings.put("exeunt.external." + name + ".url", receiver.address());
                settings.put("exeunt.external." + name + ".secret", receiver == hanging ? OTHER_SECRET : SECRET);
                settings.put("exeunt.external." + name + ".private-address", "true");
            });
            Map<String, Long> asked = new ConcurrentHashMap<>();
            Map<String, Long> heard = new ConcurrentHashMap<>();
            healthy.listen(event -> heard.putIfAbsent(event.subject() + event.type(), System.nanoTime()));
            try (SpringTestApplication application =
                    SpringTestApplication.with(SAMPLE.toString(), settings, people(last))) {
                AccountRequests requests = application.bean(AccountRequests.class);
                for (int i = 0; i < SUSTAINED; i++) {
                    long begun = System.nanoTime();
                    String key = Integer.toString(first + i);
                    requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, key));
                    asked.put(key + "user.deactivated", System.nanoTime());
                    LockSupport.parkNanos(1_000_000_000L / A_SECOND - (System.nanoTime() - begun));
                }
                awaited(() -> asked.keySet().stream().allMatch(heard::containsKey));
                long[] took = asked.entrySet().stream()
                        .mapToLong(e -> (heard.get(e.getKey()) - e.getValue()) / 1_000_000)
                        .sorted()
                        .toArray();
                System.out.println("EventLoadTest: " + SUSTAINED + " events beside a system that hangs: median "
                        + took[took.length / 2] + " ms, p99 " + took[took.length * 99 / 100] + " ms");
                burst(application, requests, heard, first + SUSTAINED);
            }
        }
    }

    private static void burst(
            SpringTestApplication application, AccountRequests requests, Map<String, Long> heard, int first) {
        application
                .database()
                .execute("INSERT INTO exeunt.request (kind, state, subject, requested_at, requested_by, due_at)"
                        + " SELECT 'deactivate', 'scheduled', ARRAY[n::text], '2026-01-01', 'self', '2026-02-01'"
                        + " FROM generate_series(" + first + ", " + (first + BURST - 1) + ") AS n");
        long begun = System.nanoTime();
        assertThat(requests.eraseDue("reaper").erased()).isEqualTo(BURST);
        long erased = System.nanoTime();
        awaited(() ->
                heard.keySet().stream().filter(k -> k.endsWith("user.erased")).count() == BURST);
        long arrived = System.nanoTime();
        System.out.println("EventLoadTest: a burst of " + BURST + " erasures in " + (erased - begun) / 1_000_000
                + " ms; the last event arrived " + (arrived - erased) / 1_000_000 + " ms after the last erasure");
    }

    private static void awaited(BooleanSupplier done) {
        long end = System.nanoTime() + Duration.ofMinutes(5).toNanos();
        while (!done.getAsBoolean() && System.nanoTime() < end) {
            LockSupport.parkNanos(5_000_000);
        }
        assertThat(done.getAsBoolean()).isTrue();
    }

    @Test
    void whatEventsCostTheRequest(@TempDir Path without) throws Exception {
        for (String file : new String[] {"schema.sql", "data.sql"}) {
            Files.copy(SAMPLE.resolve(file), without.resolve(file));
        }
        String map = Files.readString(SAMPLE.resolve("exeunt.yaml"));
        Files.writeString(without.resolve("exeunt.yaml"), map.substring(0, map.indexOf("external:")));
        int rounds = LONG ? 5 : 1;
        int each = LONG ? 400 : 40;
        Map<String, String> settings = Map.of(
                "exeunt.external.chat-bot.url", "https://bot.example.org/",
                "exeunt.external.chat-bot.secret", OTHER_SECRET,
                "exeunt.external.billing.url", "https://billing.example.org/",
                "exeunt.external.billing.secret", SECRET,
                "exeunt.worker.enabled", "false");
        String people = people(61 + rounds * each);
        try (SpringTestApplication plain = SpringTestApplication.with(
                        without.toString(), Map.of("exeunt.worker.enabled", "false"), people);
                SpringTestApplication telling = SpringTestApplication.with(SAMPLE.toString(), settings, people)) {
            long[] ratios = new long[rounds];
            for (int round = 0; round < rounds; round++) {
                long first = time(plain, 61 + round * each, each);
                long second = time(telling, 61 + round * each, each);
                ratios[round] = 1000 * second / first;
            }
            Arrays.sort(ratios);
            System.out.println("EventLoadTest: a request with events takes " + ratios[rounds / 2] / 1000.0
                    + " of one without, median of " + rounds + " rounds of " + each);
            assertThat(telling.database().column("SELECT count(*)::text FROM exeunt.outbox"))
                    .containsExactly(Integer.toString(rounds * each));
        }
    }

    private static long time(SpringTestApplication application, int first, int people) {
        AccountRequests requests = application.bean(AccountRequests.class);
        long begun = System.nanoTime();
        for (int i = first; i < first + people; i++) {
            requests.submit(NewRequest.self(AccountFlow.DEACTIVATE, Integer.toString(i)));
        }
        return System.nanoTime() - begun;
    }
}
