package dev.exeunt.support.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.database.Database;
import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.internal.request.GuildTestApplication;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.ExportSettings.RateLimit;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests whom one-time links are made for, how long they work, and that no call tells who has an account. */
class OneTimeLinksTest {

    private static final GuildTestApplication GUILDS = GuildTestApplication.create();
    private static final LinkSettings USUAL =
            new LinkSettings(Duration.ofMinutes(15), limit("3 per 1h"), limit("30 per 1h"), limit("1000 per 1h"));

    private final StatementRecorder recorder =
            new StatementRecorder(GUILDS.database().dataSource());
    private final OneTimeLinks links = links(USUAL);

    @AfterAll
    static void close() {
        GUILDS.close();
    }

    @BeforeEach
    void begin() {
        GUILDS.database()
                .execute(
                        "DELETE FROM exeunt.one_time_link; DELETE FROM exeunt.undo; DELETE FROM exeunt.hidden;"
                                + " DELETE FROM exeunt.cancellation; DELETE FROM exeunt.request; DELETE FROM exeunt.erased;"
                                + " DELETE FROM people WHERE id > 4; UPDATE people SET email = v.email, gone_at = NULL FROM (VALUES (1, 'Anna@x.test'),"
                                + " (2, 'ben@x.test'), (3, 'cem@x.test'), (4, 'dee@x.test')) AS v(id, email) WHERE people.id = v.id");
        GUILDS.clock().set(GuildTestApplication.START);
    }

    private static RateLimit limit(String text) {
        return RateLimit.of(text).orElseThrow();
    }

    private OneTimeLinks links(LinkSettings settings) {
        return links(settings, "");
    }

    private OneTimeLinks links(LinkSettings settings, String present) {
        Database database = Database.at(
                        GUILDS.database().jdbcUrl(),
                        GUILDS.database().user(),
                        GUILDS.database().password())
                .pooled(real -> recorder);
        String map = GuildTestApplication.UNGUARDED.replace("identifiers: [email]", "identifiers: [email]" + present);
        MessageSettings messages = new MessageSettings("email", null, List.of("en", "de"), Duration.ofDays(3));
        return MessageQueue.open(database, GUILDS.clock(), MapReader.read(map, "exeunt.yaml"), messages)
                .links(GuildTestApplication.KEY, settings);
    }

    private static AccountRequests requests() {
        return GUILDS.requests(GuildTestApplication.UNGUARDED);
    }

    private static LinkWish wish(String identifier) {
        return new LinkWish("email", identifier, "de", "192.0.2.7");
    }

    private Optional<OutgoingLink> send(String identifier) {
        assertThat(links.ask(wish(identifier))).isEmpty();
        ClaimedLink claimed = links.claim("w").orElseThrow();
        Optional<OutgoingLink> made = links.make(claimed);
        if (made.isPresent()) {
            links.markSent(claimed);
        }
        assertThat(links.claim("w")).isEmpty();
        GUILDS.clock().advance(Duration.ofSeconds(1));
        return made;
    }

    private Optional<String> opened(OutgoingLink link) {
        return links.open(link.token()).map(OpenedLink::key);
    }

    /** The time of a call cannot tell what the call does not do. */
    @Test
    void everyCallRunsTheSameStatements() {
        GUILDS.database()
                .execute(
                        "INSERT INTO people (id, email) VALUES (5, 'two@x.test'), (6, 'two@x.test'), (7, 'gone@x.test')");
        requests().submit(NewRequest.self(AccountFlow.DEACTIVATE, "2"));
        GUILDS.database().execute("DELETE FROM people WHERE id = 7");
        for (int i = 0; i < 5; i++) {
            send("anna@x.test");
        }
        recorder.taken();
        assertThat(links.ask(wish("unknown@x.test"))).isEmpty();
        List<String> unknown = recorder.taken();
        assertThat(unknown)
                .anyMatch(call -> call.contains("INSERT INTO exeunt.one_time_link"))
                .noneMatch(call -> call.contains("people"));
        for (String identifier : List.of(
                "anna@x.test",
                "two@x.test",
                "gone@x.test",
                "ben@x.test",
                "cem@x.test",
                "x".repeat(320),
                "a\r\nBcc: b@x.test",
                "ß'; --")) {
            assertThat(links.ask(wish(identifier))).isEmpty();
            assertThat(recorder.taken()).as(identifier).isEqualTo(unknown);
        }
    }

    @Test
    void noRowHoldsWhoAskedInTheClear() {
        assertThat(links.ask(wish("cem@x.test"))).isEmpty();
        GUILDS.clock().advance(Duration.ofSeconds(1));
        assertThat(links.ask(wish("not.there@x.test"))).isEmpty();
        ClaimedLink claimed = links.claim("w").orElseThrow();
        assertThat(links.make(claimed)).isPresent();
        List<String> rows = GUILDS.database().column("SELECT l::text FROM exeunt.one_time_link AS l");
        assertThat(rows)
                .hasSize(2)
                .noneMatch(row -> row.contains("x.test") || row.contains("192.0.2") || row.contains(hex("cem@x.test")));
        assertThat(GUILDS.database().column("SELECT DISTINCT octet_length(asked) FROM exeunt.one_time_link"))
                .hasSize(1);
        assertThat(claimed.toString() + wish("cem@x.test") + links.make(claimed).orElseThrow())
                .doesNotContain("x.test", "192");
    }

    private static String hex(String text) {
        return java.util.HexFormat.of().formatHex(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aLinkGoesToTheAddressOnRecordInTheLanguageOfTheCall() {
        OutgoingLink link = send(" ANNA@X.TEST".strip()).orElseThrow();
        assertThat(link.address()).isEqualTo("Anna@x.test");
        assertThat(link.language()).isEqualTo("de");
        OpenedLink opened = links.open(link.token()).orElseThrow();
        assertThat(opened.key()).isEqualTo("1");
        assertThat(Duration.between(opened.madeAt(), opened.until())).isEqualTo(Duration.ofMinutes(15));
    }

    /** PostgreSQL makes a k of the sign for Kelvin. The link goes to the address of the person's row all the same. */
    @Test
    void aLookAlikeNeverGetsAMailOfItsOwn() {
        GUILDS.database().execute("INSERT INTO people (id, email) VALUES (5, 'kim@x.test')");
        assertThat(send("\u212Aim@x.test").map(OutgoingLink::address))
                .isIn(Optional.of("kim@x.test"), Optional.empty());
        assertThat(send("k\u0456m@x.test")).as("Cyrillic i").isEmpty();
        assertThat(send("ｋim@x.test")).as("full width").isEmpty();
        assertThat(send("kim@x.test ")).as("a space").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "%",
                "_nna@x.test",
                "anna@x.test' OR '1'='1",
                "anna@x.test\r\nBcc: eve@evil.test",
                "anna@x.test,eve@evil.test",
                "\uD800",
                "email:anna@x.test",
                "1"
            })
    void hostileIdentifiersMeanNoPerson(String identifier) {
        assertThat(send(identifier)).isEmpty();
    }

    @Test
    void aValueOfTwoPresentPeopleMeansNeither() {
        GUILDS.database().execute("INSERT INTO people (id, email) VALUES (5, 'Cem@X.test')");
        assertThat(send("cem@x.test")).isEmpty();
        GUILDS.database().execute("UPDATE people SET gone_at = now() WHERE id = 5");
        OneTimeLinks softDeleted = links(USUAL, ", present: \"gone_at is null\"");
        assertThat(softDeleted.ask(wish("cem@x.test"))).isEmpty();
        assertThat(softDeleted.make(softDeleted.claim("w").orElseThrow()).map(OutgoingLink::address))
                .contains("cem@x.test");
    }

    @Test
    void whatARequestHasHiddenStillMeansThePerson() {
        requests().submit(NewRequest.self(AccountFlow.DEACTIVATE, "2"));
        assertThat(GUILDS.database().scalar("SELECT email FROM people WHERE id = 2"))
                .isEqualTo("hidden-2@erased.invalid");
        OutgoingLink link = send("Ben@x.test").orElseThrow();
        assertThat(link.address()).isEqualTo("ben@x.test");
        assertThat(opened(link)).contains("2");
        requests().reactivate("2", dev.exeunt.request.Actor.SELF, null);
        assertThat(opened(link)).as("the address is back in the row").contains("2");

        requests().submit(NewRequest.self(AccountFlow.DEACTIVATE, "2"));
        GUILDS.database().execute("INSERT INTO people (id, email) VALUES (5, 'ben@x.test')");
        assertThat(opened(send("ben@x.test").orElseThrow()))
                .as("the row that holds it now")
                .contains("5");
    }

    @Test
    void anErasedPersonGetsNoLinkAndKeepsNone() {
        OutgoingLink before = send("dee@x.test").orElseThrow();
        requests().submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "4").typing("dee@x.test"));
        assertThat(links.ask(wish("dee@x.test"))).isEmpty();
        GUILDS.clock().advance(Duration.ofDays(14));
        assertThat(requests().eraseDue("w").erased()).isEqualTo(1);
        assertThat(opened(before)).isEmpty();
        assertThat(links.claim("w").flatMap(links::make))
                .as("asked before the erasure")
                .isEmpty();
        assertThat(send("dee@x.test")).isEmpty();
        assertThat(send("deleted-4@erased.invalid"))
                .as("what the erasure wrote")
                .isEmpty();
    }

    @Test
    void aLinkWorksForAWhileAndOnlyTheNewestDoes() {
        OutgoingLink first = send("anna@x.test").orElseThrow();
        assertThat(opened(first)).contains("1");
        OutgoingLink second = send("anna@x.test").orElseThrow();
        assertThat(opened(first)).as("a newer one was sent").isEmpty();
        assertThat(opened(second)).contains("1");
        GUILDS.clock().advance(Duration.ofMinutes(15).minusSeconds(2));
        assertThat(opened(second)).contains("1");
        GUILDS.clock().advance(Duration.ofSeconds(1));
        assertThat(opened(second)).as("expired").isEmpty();
    }

    @Test
    void aLinkThatWentToAFormerAddressIsRefused() {
        OutgoingLink link = send("anna@x.test").orElseThrow();
        GUILDS.database().execute("UPDATE people SET email = 'new@x.test' WHERE id = 1");
        assertThat(opened(link)).isEmpty();
    }

    @Test
    void aTextThatIsNotOursOpensNothing() {
        String token = send("anna@x.test").orElseThrow().token();
        char last = token.charAt(token.length() - 5);
        for (String text : List.of(
                "", token + "A", token.substring(1), token.replace(last, last == 'A' ? 'B' : 'A'), "x".repeat(5000))) {
            assertThat(links.open(text)).as(text).isEmpty();
        }
    }

    @Test
    void aPersonIsSentSoManyLinksAndNoMore() {
        for (int i = 0; i < 3; i++) {
            assertThat(send(i % 2 == 0 ? "anna@x.test" : "ANNA@x.test")).isPresent();
        }
        OutgoingLink other = send("ben@x.test").orElseThrow();
        assertThat(send("anna@x.test")).as("the fourth").isEmpty();
        assertThat(opened(other)).contains("2");
        GUILDS.clock().advance(Duration.ofHours(1));
        assertThat(send("anna@x.test")).isPresent();
    }

    @Test
    void callsOfOneNetworkAndCallsInAllAreLimitedOverAllInstances() {
        LinkSettings few = new LinkSettings(USUAL.valid(), USUAL.ofPerson(), limit("2 per 1h"), limit("4 per 1h"));
        OneTimeLinks one = links(few);
        OneTimeLinks other = links(few);
        assertThat(one.ask(from("2001:db8:1:1::1"))).isEmpty();
        assertThat(other.ask(from("2001:db8:1:1:ffff::2"))).isEmpty();
        Instant again = GuildTestApplication.START.plus(Duration.ofHours(1));
        assertThat(one.ask(from("2001:db8:1:1::3"))).as("the same network").contains(again);
        assertThat(one.ask(from("2001:db8:1:2::1"))).as("another network").isEmpty();
        assertThat(other.ask(from("not.an.address.test:80"))).isEmpty();
        assertThat(one.ask(from("192.0.2.1"))).as("too many in all").contains(again);
        assertThat(GUILDS.database().scalar("SELECT count(*) FROM exeunt.one_time_link"))
                .isEqualTo("4");
        GUILDS.clock().advance(Duration.ofHours(1));
        assertThat(one.ask(from("2001:db8:1:1::1"))).isEmpty();
    }

    private static LinkWish from(String client) {
        return new LinkWish("email", "anna@x.test", null, client);
    }

    @Test
    void aWorkerThatLostItsClaimChangesNothing() {
        assertThat(links.ask(wish("anna@x.test"))).isEmpty();
        ClaimedLink slow = links.claim("slow").orElseThrow();
        assertThat(links.claim("other")).as("claimed already").isEmpty();
        GUILDS.clock().advance(Duration.ofMinutes(10));
        ClaimedLink taken = links.claim("other").orElseThrow();
        assertThat(links.make(slow)).isEmpty();
        links.markFailed(slow, true);
        OutgoingLink link = links.make(taken).orElseThrow();
        links.markSent(taken);
        assertThat(opened(link)).contains("1");
    }

    @Test
    void severalWorkersClaimEachWishOnce() throws Exception {
        OneTimeLinks shared = MessageQueue.open(
                        Database.at(
                                GUILDS.database().jdbcUrl(),
                                GUILDS.database().user(),
                                GUILDS.database().password()),
                        GUILDS.clock(),
                        MapReader.read(GuildTestApplication.UNGUARDED, "exeunt.yaml"),
                        new MessageSettings("email", null, List.of("en"), Duration.ofDays(3)))
                .links(GuildTestApplication.KEY, USUAL);
        for (int i = 0; i < 20; i++) {
            assertThat(shared.ask(wish("nr" + i + "@x.test"))).isEmpty();
        }
        int workers = 4;
        CyclicBarrier together = new CyclicBarrier(workers);
        ExecutorService threads = Executors.newFixedThreadPool(workers);
        try {
            List<UUID> claimed = new ArrayList<>();
            for (Future<List<UUID>> each : threads.invokeAll(Collections.<Callable<List<UUID>>>nCopies(workers, () -> {
                together.await();
                return Stream.generate(() -> shared.claim("w"))
                        .takeWhile(Optional::isPresent)
                        .map(wish -> wish.orElseThrow().id())
                        .toList();
            }))) {
                claimed.addAll(each.get());
            }
            assertThat(claimed).hasSize(20).doesNotHaveDuplicates();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aLinkThatIsNotSentIsTriedForAnHourAndCountsForNothing() {
        OutgoingLink sent = send("anna@x.test").orElseThrow();
        assertThat(links.ask(wish("anna@x.test"))).isEmpty();
        Optional<ClaimedLink> claimed = links.claim("w");
        int attempts = 0;
        while (claimed.isPresent()) {
            attempts++;
            assertThat(links.make(claimed.get())).isPresent();
            links.markFailed(claimed.get(), false);
            GUILDS.clock().advance(Duration.ofMinutes(16));
            links.sweep();
            claimed = links.claim("w");
        }
        assertThat(attempts).isEqualTo(4);
        assertThat(GUILDS.database()
                        .column("SELECT asked IS NULL AND subject IS NULL FROM exeunt.one_time_link ORDER BY asked_at"))
                .containsExactly("f", "t");
        assertThat(opened(sent)).as("expired meanwhile").isEmpty();
    }

    @Test
    void rowsForgetWhatIsOverAndAreSwept() {
        send("anna@x.test");
        assertThat(links.ask(wish("ben@x.test"))).isEmpty();
        links.sweep();
        assertThat(kept()).containsExactly("f t", "t f");
        GUILDS.clock().advance(Duration.ofMinutes(15));
        links.sweep();
        assertThat(kept()).as("the person of the expired link is forgotten").containsExactly("f f", "t f");
        GUILDS.clock().advance(Duration.ofMinutes(45));
        links.sweep();
        assertThat(kept()).as("what was asked an hour ago is forgotten").containsExactly("f f", "f f");
        GUILDS.clock().advance(Duration.ofMinutes(15));
        links.sweep();
        assertThat(kept()).isEmpty();
    }

    private static List<String> kept() {
        return GUILDS.database()
                .column(
                        "SELECT concat(asked IS NOT NULL, ' ', person IS NOT NULL) FROM exeunt.one_time_link ORDER BY 1");
    }

    @Test
    void whereLinksAreTurnedOffNothingIsKept() {
        send("anna@x.test");
        OneTimeLinks.forgetAll(Database.at(
                GUILDS.database().jdbcUrl(),
                GUILDS.database().user(),
                GUILDS.database().password()));
        assertThat(GUILDS.database().scalar("SELECT count(*) FROM exeunt.one_time_link"))
                .isEqualTo("0");
    }
}
