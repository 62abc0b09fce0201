package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.GateDecision;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.request.RequestRefusedException.RequestRefusalReason;
import dev.exeunt.testkit.SeededRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests that of several concurrent calls exactly one succeeds. */
class ConcurrentRequestsTest {

    private static final int TRIALS = Boolean.getBoolean("exeunt.long") ? 400 : 40;

    /** An application that is careful: one statement, which leaves the last owner alone. */
    private static final String DEMOTE = "UPDATE members SET role = 'member' WHERE guild = 1 AND person = 2 AND EXISTS"
            + " (SELECT FROM members o WHERE o.guild = 1 AND o.person <> 2 AND o.role = 'owner')";

    private static final String REMOVE = DEMOTE.replace("UPDATE members SET role = 'member'", "DELETE FROM members");

    private final GuildTestApplication guilds = GuildTestApplication.create();
    private final AccountRequests requests = guilds.requests();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<AccountFlow, String> read = new EnumMap<>(AccountFlow.class);

    @AfterEach
    void close() {
        threads.shutdownNow();
        guilds.close();
    }

    private String ask(AccountFlow flow, String key, String email) {
        String digest = read.computeIfAbsent(
                flow, f -> requests.previewRequest(f, key).warnings().digest());
        return told(
                () -> requests.submit(NewRequest.self(flow, key).typing(email).acknowledging(digest)));
    }

    /** What became of it: done, or why not. */
    private static String told(Runnable work) {
        try {
            work.run();
            return "done";
        } catch (RequestRefusedException e) {
            return e.why().name();
        }
    }

    /** Of each, when all have begun at once. */
    private List<String> atOnce(List<Callable<String>> all) throws Exception {
        CyclicBarrier start = new CyclicBarrier(all.size());
        List<Future<String>> running = new ArrayList<>();
        for (Callable<String> each : all) {
            running.add(threads.submit(() -> {
                start.await();
                return each.call();
            }));
        }
        List<String> said = new ArrayList<>();
        for (Future<String> each : running) {
            said.add(each.get());
        }
        return said;
    }

    @Test
    void ofTwoLastOwnersOneStays() throws Exception {
        for (int i = 0; i < TRIALS; i++) {
            guilds.reset();
            AccountFlow one = i % 2 == 0 ? AccountFlow.DELETE_ACCOUNT : AccountFlow.DEACTIVATE;
            AccountFlow other = i % 3 == 0 ? AccountFlow.DELETE_ACCOUNT : AccountFlow.DEACTIVATE;
            List<String> said =
                    atOnce(List.of(() -> ask(one, "1", "anna@x.test"), () -> ask(other, "2", "ben@x.test")));
            assertThat(said)
                    .as("%s and %s", one, other)
                    .containsExactlyInAnyOrder("done", RequestRefusalReason.GUARDED.name());
        }
    }

    @Test
    void noErasureLeavesAGuildWithoutOwnerWhateverTheApplicationDoesMeanwhile() throws Exception {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < TRIALS; i++) {
            guilds.reset();
            AccountFlow flow = i % 2 == 0 ? AccountFlow.DELETE_ACCOUNT : AccountFlow.DEACTIVATE;
            String away = i % 4 < 2 ? DEMOTE : REMOVE;
            List<String> said = atOnce(List.of(() -> ask(flow, "1", "anna@x.test"), () -> write(away)));
            seen.add(flow + " " + said);
            if (flow == AccountFlow.DELETE_ACCOUNT) {
                assertThat(said)
                        .as("who leaves is out of sight at once, and then counted on by nobody")
                        .isIn(List.of("done", "0"), List.of(RequestRefusalReason.GUARDED.name(), "1"));
            }
            guilds.clock().set(GuildTestApplication.START.plus(java.time.Duration.ofDays(30)));
            requests.eraseDue("w");
            boolean left = said.equals(List.of("done", "0"));
            assertThat(requests.gate("1", null).state() == GateDecision.GateState.ERASED)
                    .as("%s %s", flow, said)
                    .isEqualTo(left);
        }
        System.out.println("ConcurrentRequestsTest: " + seen);
    }

    private String write(String sql) throws SQLException {
        try (Connection connection = guilds.database().connection();
                Statement statement = connection.createStatement()) {
            return "" + statement.executeUpdate(sql);
        }
    }

    @Test
    void whoAsksComesBackAndIsDueAtOnceMeetsOneEnd() throws Exception {
        Map<String, List<String>> before = null;
        Set<List<String>> seen = new HashSet<>();
        SeededRandom dice = new SeededRandom(1);
        for (int i = 0; i < TRIALS; i++) {
            guilds.reset();
            guilds.database().execute("DELETE FROM sessions");
            before = guilds.rows();
            ask(AccountFlow.DELETE_ACCOUNT, "1", "anna@x.test");
            guilds.clock().set(GuildTestApplication.START.plus(java.time.Duration.ofDays(14)));
            List<Callable<String>> all = new ArrayList<>(List.of(
                    () -> told(() -> requests.cancel("1", Actor.SELF, null)),
                    () -> "" + requests.eraseDue("a"),
                    () -> "" + requests.eraseDue("b")));
            if (dice.chance(50)) {
                all.add(() -> told(() -> requests.cancel("1", Actor.SELF, null)));
            }
            List<String> said = atOnce(all);
            seen.add(said);
            String states = guilds.database().scalar("SELECT string_agg(state, ' ') FROM exeunt.request");
            assertThat(states).as("%s", said).isIn("cancelled", "erased");
            long done = said.stream()
                    .filter(s -> s.equals("done") || s.equals("" + new ReapResult(1, 0, 0)))
                    .count();
            assertThat(done).as("%s", said).isEqualTo(1);
            assertThat(said).as("nobody failed").doesNotContain("" + new ReapResult(0, 0, 1));
            if (states.equals("cancelled")) {
                assertThat(guilds.rows()).isEqualTo(before);
            } else {
                assertThat(guilds.ids("posts", "person = 1")).isEmpty();
            }
        }
        System.out.println("ConcurrentRequestsTest: " + seen);
    }

    @Test
    void askingAndComingBackAtOnceHarmsNobody() throws Exception {
        for (int i = 0; i < TRIALS; i++) {
            guilds.reset();
            guilds.database().execute("DELETE FROM sessions");
            Map<String, List<String>> before = guilds.rows();
            List<String> said = atOnce(List.of(
                    () -> ask(AccountFlow.DELETE_ACCOUNT, "1", "anna@x.test"),
                    () -> ask(AccountFlow.DELETE_ACCOUNT, "1", "anna@x.test"),
                    () -> told(() -> requests.cancel("1", Actor.SELF, null))));
            assertThat(said.subList(0, 2)).containsOnly("done");
            assertThat(guilds.database().scalar("SELECT count(*) FROM exeunt.request WHERE state = 'scheduled'"))
                    .isIn("0", "1");
            told(() -> requests.cancel("1", Actor.SELF, null));
            assertThat(guilds.rows()).isEqualTo(before);
        }
    }
}
