package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.database.Database;
import dev.exeunt.spring.mail.MailDelivery;
import dev.exeunt.spring.settings.SettingsInvalidException;
import dev.exeunt.support.message.MessageQueue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what becomes of messages that cannot be sent, and that no log tells whom they were for. */
class MailFailureTest {

    private static final String STATES = "SELECT DISTINCT state FROM exeunt.message WHERE kind = 'scheduled'";

    @Test
    void aMessageWaitsForAMailServerThatIsDown() {
        try (MailHost host = MailHost.start();
                CapturedLog log = CapturedLog.capture()) {
            host.ask("deletion", "2", "{}", "en");
            host.stopServer();
            assertThat(host.deliver()).isZero();
            assertThat(host.addresses()).contains("bob@example.org");
            host.startServer();
            assertThat(host.deliver()).as("before the pause is over").isZero();
            host.advance(Duration.ofMinutes(1));
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(host.deliver()).isZero();
            assertThat(log.text())
                    .contains("(scheduled) was not sent: unreachable")
                    .doesNotContain("bob", "@");
        }
    }

    @Test
    void theAddressIsForgottenAfterTheLastAttempt() {
        try (MailHost host = MailHost.start();
                CapturedLog log = CapturedLog.capture()) {
            host.ask("data-deletion", "2", "{}", "en");
            host.stopServer();
            for (int attempt = 1; attempt <= 30; attempt++) {
                assertThat(host.addresses()).as("before attempt " + attempt).hasSize(1);
                host.deliver();
                host.advance(Duration.ofHours(2));
            }
            assertThat(host.addresses()).isEmpty();
            assertThat(host.database().column("SELECT state FROM exeunt.message"))
                    .containsExactly("dropped");
            assertThat(log.text()).contains("its address forgotten").doesNotContain("bob", "@");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bob@example.org\r\nBcc: eve@example.org",
                "bob@example.org\nSubject: hello",
                "bob@example.org, eve@example.org",
                "bob@example.org> <eve@example.org",
                "Bob <bob@example.org>",
                "\"bob\r\n\"@example.org",
                "bob@exam\u0001ple.org",
                "bob",
                "@example.org"
            })
    void whatIsNoSinglePlainAddressIsRefused(String hostile) {
        try (MailHost host = MailHost.start();
                CapturedLog log = CapturedLog.capture()) {
            host.setAddress("2", hostile);
            assertThat(host.ask("deletion", "2", "{}", "en").status()).isEqualTo(202);
            assertThat(host.deliver()).isZero();
            assertThat(host.received()).isEmpty();
            assertThat(host.database().column(STATES)).containsExactly("dropped");
            assertThat(log.text()).contains("was not sent: address").doesNotContain("bob", "eve");
        }
    }

    @Test
    void whatIsSaidToTheMailServerIsLoggedAtNoLevel() {
        try (MailHost host = MailHost.start(
                        Map.of("logging.level.org.eclipse.angus", "TRACE", "logging.level.jakarta.mail", "TRACE"));
                CapturedLog log = CapturedLog.capture()) {
            host.ask("deletion", "2", "{}", "en");
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(log.text()).doesNotContain("bob@example.org", "RCPT");
        }
    }

    @Test
    void anAddressThatTheMailServerRefusesIsDroppedAtOnceAndOthersGoOut() throws Exception {
        try (RefusingMailServer server = RefusingMailServer.start("550 5.1.1 no mailbox bob@example.org");
                MailHost host = MailHost.start(Map.of("exeunt.mail.port", Integer.toString(server.port())));
                CapturedLog log = CapturedLog.capture()) {
            host.ask("deletion", "2", "{}", "en");
            assertThat(host.deliver()).isZero();
            assertThat(host.database().column(STATES)).containsExactly("dropped");
            assertThat(host.database().column("SELECT failure FROM exeunt.message WHERE kind = 'scheduled'"))
                    .containsExactly("550");
            assertThat(log.text()).contains("was not sent: 550").doesNotContain("bob", "@");
        }
    }

    @Test
    void aRefusalOfTheSenderIsNoFaultOfTheAddress() throws Exception {
        try (RefusingMailServer server = RefusingMailServer.start("554 5.7.1 relay access denied");
                MailHost host = MailHost.start(Map.of("exeunt.mail.port", Integer.toString(server.port())))) {
            host.ask("deletion", "2", "{}", "en");
            assertThat(host.deliver()).isZero();
            assertThat(host.database().column(STATES)).containsExactly("waiting");
        }
    }

    @Test
    void severalWorkersSendEachMessageOnce() throws Exception {
        try (MailHost host = MailHost.start()) {
            for (int person = 4; person < 34; person++) {
                host.askElsewhere(Integer.toString(person));
            }
            int workers = 4;
            CyclicBarrier together = new CyclicBarrier(workers);
            ExecutorService threads = Executors.newFixedThreadPool(workers);
            try {
                List<Callable<Integer>> all = IntStream.range(0, workers)
                        .<Callable<Integer>>mapToObj(i -> () -> {
                            together.await();
                            return host.application().bean(MailDelivery.class).deliverDue("worker-" + i);
                        })
                        .toList();
                int sent = 0;
                for (Future<Integer> each : threads.invokeAll(all)) {
                    sent += each.get();
                }
                assertThat(sent).isEqualTo(30);
            } finally {
                threads.shutdownNow();
            }
            assertThat(host.received().stream().map(MailHost::recipient))
                    .hasSize(30)
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void aWorkerThatDiedIsFollowedByAnotherWhenItsLeaseIsOver() {
        try (MailHost host = MailHost.start()) {
            host.ask("deletion", "2", "{}", "en");
            MessageQueue queue = host.application().bean(MessageQueue.class);
            var lost = queue.claim("worker-that-dies").orElseThrow();
            assertThat(lost).asString().doesNotContain("bob");
            assertThat(host.deliver()).isZero();
            host.advance(Duration.ofMinutes(10));
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(queue.markFailed(lost, "late", false)).isFalse();
            assertThat(host.database().column(STATES)).containsExactly("sent");
        }
    }

    @Test
    void addressesThatWaitAreForgottenWhereMessagesAreTurnedOff() {
        try (MailHost host = MailHost.start()) {
            host.ask("deletion", "2", "{}", "en");
            assertThat(host.addresses()).isNotEmpty();
            MessageQueue.forgetAll(host.application().bean(Database.class));
            assertThat(host.addresses()).isEmpty();
            assertThat(host.deliver()).isZero();
        }
    }

    @Test
    void aColumnThatIsNotThereStopsTheStart() {
        assertThatThrownBy(() -> MailHost.start(
                                Map.of("exeunt.mail.column", "adress", "exeunt.mail.language-column", "left_at"))
                        .close())
                .rootCause()
                .isInstanceOf(SettingsInvalidException.class)
                .hasMessageContaining("exeunt.mail.column is \"adress\": the subject's table person has no such column")
                .hasMessageContaining("Did you mean address?")
                .hasMessageContaining("exeunt.mail.language-column is \"left_at\": the column holds no text");
    }

    @Test
    void aColumnIsNotGuessed() {
        assertThatThrownBy(
                        () -> MailHost.start(Map.of("exeunt.mail.column", "")).close())
                .rootCause()
                .hasMessageContaining("exeunt.mail.column is not set, and of the map's identifiers none is named like");
    }
}
