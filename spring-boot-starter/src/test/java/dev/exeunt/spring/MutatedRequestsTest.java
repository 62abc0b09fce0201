package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.spring.signin.CallAccess;
import dev.exeunt.testkit.SeededRandom;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Requests of every call the server has, and each made wrong in one way of many. What has to be refused is; nothing else comes
 * back than a refusal in our words or what is the caller's own; and nobody else's row has changed.
 *
 * <p>A failure names its seed: {@code -Dexeunt.seed=…} sends that one only. {@code -Dexeunt.long=true} sends 100,000.
 */
class MutatedRequestsTest {

    private static final Long ONLY = Long.getLong("exeunt.seed");
    private static final int REQUESTS = Boolean.getBoolean("exeunt.long") ? 100_000 : 10_000;
    private static final int THREADS = 4;
    private static final int SAMPLES = 101;

    /** In every text of every row that is somebody else's. */
    private static final String MARK = "qzmark";

    /** The reason of another person's request, which staff may read in the list of requests. */
    private static final String REASON = "qzreason";

    /** What somebody else has sent a call with. */
    static final String THEIRS = "the-first-of-may";

    private static final SpringTestApplication HOST = SpringTestApplication.of("guild-platform");
    private static final List<AttackerAccount> STRANGERS = new ArrayList<>();
    private static final List<String> SECRETS = new ArrayList<>(List.of(MARK, REASON));

    /** Holds the method, path and kind of caller of a call under test. */
    private record CallUnderTest(String method, String path, CallAccess.CallerKind access) {}

    private static List<CallUnderTest> calls;
    private static String theirs;

    @BeforeAll
    static void people() {
        HOST.database().execute("""
                UPDATE users SET email = '%1$s' || email, handle = '%1$s' || handle;
                UPDATE user_identities SET provider_user_id = '%1$s' || provider_user_id;
                UPDATE web_sessions SET user_agent = '%1$s', token_hash = '%1$s' || token_hash;
                UPDATE profiles SET display_name = '%1$s', bio = '%1$s', avatar_path = '%1$s';
                UPDATE guild_members SET nickname = '%1$s';
                UPDATE characters SET name = '%1$s', backstory = '%1$s', sheet = '{"%1$s": 1}';
                UPDATE messages SET body = '%1$s' || body;
                UPDATE guild_events SET title = '%1$s';
                UPDATE event_signups SET note = '%1$s';
                UPDATE infractions SET reason = '%1$s';
                UPDATE infraction_evidence SET note = '%1$s'
                """.formatted(MARK));
        AccountRequests requests = HOST.bean(AccountRequests.class);
        requests.submit(NewRequest.staff(AccountFlow.DEACTIVATE, "1004", "test", "to be erased"));
        HOST.clock().advance(Duration.ofDays(31));
        assertThat(requests.eraseDue("test").erased()).isEqualTo(1);
        theirs = AttackerAccount.ready(HOST, HOST.token("1001"));
        AttackerAccount.ready(HOST, HOST.token("1002"));
        String fifth = HOST.token("1005");
        assertThat(HOST.send("POST", "/account/export", fifth, "{}", "Idempotency-Key", THEIRS)
                        .status())
                .isEqualTo(202);
        PollingLoop.until(() -> HOST.get("/account/export", fifth).at("latest.state"), "ready"::equals);
        SECRETS.add(requests.receiptSecret(
                requests.submit(NewRequest.staff(AccountFlow.DELETE_DATA, "1002", "test", REASON))));
        SECRETS.add(requests.receiptSecret(
                requests.submit(NewRequest.staff(AccountFlow.DEACTIVATE, "1003", "test", REASON))));
        SECRETS.addAll(HOST.database().column("SELECT id::text FROM exeunt.request"));
        SECRETS.addAll(HOST.database().column("SELECT object FROM exeunt.export WHERE object IS NOT NULL"));
        for (int i = 1; i <= THREADS; i++) {
            STRANGERS.add(AttackerAccount.on(HOST, i));
        }
        calls = calls();
    }

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static List<CallUnderTest> calls() {
        List<CallUnderTest> calls = new ArrayList<>();
        HOST.bean(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
            CallAccess access = method.getMethodAnnotation(CallAccess.class);
            // What other systems answer is signed, and none of these people can sign. ExternalSystemsHttpTest sends it.
            boolean signed = mapping.getPatternValues().stream().anyMatch(path -> path.contains("/external/"));
            if (access != null && !signed) {
                for (String path : mapping.getPatternValues()) {
                    String plain = path.replaceAll(":[^}]*}", "}").replaceAll("/$", "");
                    mapping.getMethodsCondition()
                            .getMethods()
                            .forEach(m -> calls.add(new CallUnderTest(m.name(), plain, access.value())));
                }
            }
        });
        calls.sort(Comparator.comparing(CallUnderTest::path).thenComparing(CallUnderTest::method));
        return calls;
    }

    private static ValidRequest valid(CallUnderTest call, AttackerAccount by, SeededRandom dice) {
        return ValidRequest.of(HOST, call.method(), call.path(), call.access(), by, dice);
    }

    /** Else what is made of them would be refused for another reason. */
    @Test
    void theRequestsThatTheyAreMadeOfAreLetIn() throws IOException {
        try (RawConnection line = new RawConnection(HOST.port())) {
            for (CallUnderTest call : calls) {
                for (int seed = 0; seed < 8; seed++) {
                    ValidRequest valid = valid(call, STRANGERS.get(0), new SeededRandom(seed));
                    RawConnection.RawResponse heard = line.send(valid.message().bytes(), false, false);
                    assertThat(heard.status()).as(valid.call() + ": " + heard).isIn(200, 202, 302, 403, 404, 409, 429);
                    if (heard.status() == 404 || heard.status() == 403) {
                        // no such system or event, and no file of a receipt before the erasure
                        boolean absent = call.path().matches(".*/admin/(systems|events)/.*|.*/receipt/[^/]+/file");
                        assertThat(heard.text())
                                .containsAnyOf(":not-offered", ":away", absent ? ":not-found" : ":away");
                    }
                }
            }
        }
    }

    @Test
    void whateverIsMadeOfThemNothingIsToldOrDoneThatIsNotTheCallersOwn() throws Exception {
        Map<String, List<String>> before = others();
        long began = System.nanoTime();
        Map<String, AtomicLong> told = new ConcurrentHashMap<>();
        List<String> wrong = ONLY != null ? sent(ONLY, ONLY, 1, told) : together(told);
        System.out.println("MutatedRequestsTest: " + (ONLY != null ? 1 : REQUESTS) + " requests of " + calls.size()
                + " calls in " + (System.nanoTime() - began) / 1_000_000 + " ms: " + new TreeMap<>(told));
        assertThat(wrong).isEmpty();
        assertThat(others()).isEqualTo(before);
    }

    private static List<String> together(Map<String, AtomicLong> told) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<List<String>>> parts = new ArrayList<>();
            for (int i = 1; i <= THREADS; i++) {
                int first = i;
                parts.add(threads.submit(() -> sent(first, REQUESTS, THREADS, told)));
            }
            List<String> wrong = new ArrayList<>();
            for (Future<List<String>> part : parts) {
                wrong.addAll(part.get());
            }
            return wrong;
        } finally {
            threads.shutdownNow();
        }
    }

    /** Neither what is said nor how: an export of somebody's, a name of somebody's. How long it takes is shown, and not judged. */
    @Test
    void whatIsSomebodyElsesIsAsWhatIsNot() throws IOException {
        AttackerAccount stranger = STRANGERS.get(0);
        String unknownId = "00000000-0000-4000-8000-000000000000";
        Map<String, long[]> there = new TreeMap<>();
        Map<String, long[]> absent = new TreeMap<>();
        try (RawConnection line = new RawConnection(HOST.port())) {
            for (int i = 0; i < SAMPLES; i++) {
                for (RawRequest message : asking(stranger)) {
                    String about = message.method() + " " + message.target();
                    RawConnection.RawResponse first =
                            i % 2 == 0 ? timed(line, message, about, i, there) : null; // each as often first
                    RawConnection.RawResponse other = timed(line, instead(message, unknownId), about, i, absent);
                    RawConnection.RawResponse one = first == null ? timed(line, message, about, i, there) : first;
                    assertThat(one.status()).isIn(404, 422);
                    assertThat(one.text()).as(about).isEqualTo(other.text());
                    assertThat(one.head()
                                    .replaceAll("(Date|Connection): .*", "")
                                    .strip())
                            .isEqualTo(other.head()
                                    .replaceAll("(Date|Connection): .*", "")
                                    .strip());
                }
            }
        }
        there.forEach((about, times) -> System.out.println("MutatedRequestsTest: " + about.replace(theirs, "{id}")
                + ", median of " + SAMPLES + ": " + median(times) + " us where there is one, "
                + median(absent.get(about)) + " us where there is none"));
    }

    private static List<RawRequest> asking(AttackerAccount stranger) {
        String export = "/account/export/" + theirs;
        String typed = "{\"confirm\": \"" + MARK + "anna\"}";
        return Stream.of(
                        RawRequest.of("GET", export, null),
                        RawRequest.of("DELETE", export, null),
                        RawRequest.of("GET", export + "/download", null),
                        RawRequest.of("POST", "/account/data-deletion", typed))
                .map(m -> m.token(stranger.token()))
                .toList();
    }

    private static RawRequest instead(RawRequest message, String export) {
        RawRequest other = message.to(message.target().replace(theirs, export));
        return other.body().length == 0 ? other : other.body(RawRequest.utf8("{\"confirm\": \"nobody\"}"));
    }

    private static RawConnection.RawResponse timed(
            RawConnection line, RawRequest message, String about, int sample, Map<String, long[]> times)
            throws IOException {
        long began = System.nanoTime();
        RawConnection.RawResponse heard = line.send(message.bytes(), false, false);
        times.computeIfAbsent(about, a -> new long[SAMPLES])[sample] = System.nanoTime() - began;
        return heard;
    }

    private static long median(long[] times) {
        long[] sorted = times.clone();
        java.util.Arrays.sort(sorted);
        return sorted[sorted.length / 2] / 1_000;
    }

    /** @return what went wrong, the first few of it */
    private static List<String> sent(long first, long last, int step, Map<String, AtomicLong> told) throws IOException {
        List<String> wrong = new ArrayList<>();
        String before = "";
        try (RawConnection line = new RawConnection(HOST.port())) {
            for (long seed = first; seed <= last && wrong.size() < 20; seed += step) {
                SeededRandom dice = new SeededRandom(seed);
                ValidRequest valid = valid(dice.one(calls), STRANGERS.get((int) (seed % THREADS)), dice);
                MutatedRequest mutation = MutatedRequest.of(HOST, valid, dice);
                String what = "exeunt.seed=" + seed + ", " + valid.call() + ", " + mutation.name() + "\n"
                        + shown(mutation.bytes());
                try {
                    RawConnection.RawResponse heard = mutation.on(line);
                    told.computeIfAbsent(LeakDetector.kind(heard), k -> new AtomicLong())
                            .incrementAndGet();
                    String fault = new LeakDetector(MARK, SECRETS).fault(valid, mutation, heard);
                    if (fault != null) {
                        wrong.add(fault + ": " + what + "\n-> " + heard);
                    }
                    before = what + heard.head();
                } catch (IOException | AssertionError e) {
                    wrong.add(e + ": " + what + "\nafter " + before);
                    line.close();
                }
            }
        }
        return wrong;
    }

    private static String shown(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        String cut = text.length() > 1_500 ? text.substring(0, 1_500) + "… " + text.length() : text;
        return cut.replace("\r", "\\r").replaceAll("[^\\x0a\\x20-\\x7e…]", "?");
    }

    /** Every row that is not a stranger's, and what stands on record of those who were there before. */
    private static Map<String, List<String>> others() {
        Map<String, List<String>> rows = HOST.database().snapshotWithout("exeunt");
        rows.replaceAll((table, all) ->
                all.stream().filter(r -> !r.contains("90000000000")).toList());
        String mine = STRANGERS.stream()
                .map(s -> "'" + s.key() + "'")
                .reduce((a, b) -> a + ", " + b)
                .orElseThrow();
        String request = "exeunt.request q WHERE coalesce(q.subject[1], '') NOT IN (" + mine + ")";
        Stream.of(
                        "exeunt.request r WHERE r.id",
                        "exeunt.export r WHERE r.request",
                        "exeunt.event r WHERE r.request",
                        "exeunt.stash r WHERE r.request",
                        "exeunt.undo r WHERE r.request")
                .forEach(from -> rows.put(
                        from.split(" ")[0],
                        HOST.database()
                                .column("SELECT row_to_json(r)::text FROM " + from + " IN (SELECT q.id FROM " + request
                                        + ") ORDER BY 1")));
        rows.put(
                "exeunt.erased", HOST.database().column("SELECT row_to_json(e)::text FROM exeunt.erased e ORDER BY 1"));
        return rows;
    }
}
