package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.Address;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** Tests which messages people get while their request goes its way, and that their addresses are forgotten. */
class MailTest {

    private static final Duration DAY = Duration.ofDays(1);

    @Test
    void aDeletionIsToldAboutThreeTimes() throws Exception {
        try (MailHost host = MailHost.start()) {
            HttpAnswer asked = host.ask("deletion", "2", "{}", "en");
            assertThat(asked.status()).as(asked.text()).isEqualTo(202);
            assertThat(host.deliver()).isEqualTo(1);
            MimeMessage scheduled = host.last();
            assertThat(scheduled.getAllRecipients())
                    .extracting(Address::toString)
                    .containsExactly("bob@example.org");
            assertThat(scheduled.getSubject()).startsWith("Your account will be deleted on ");
            assertThat(MailHost.part(scheduled, "text/plain")).contains(MailHost.BASE);

            host.advance(DAY.multipliedBy(27).minusSeconds(1));
            assertThat(host.deliver()).isZero();
            host.advance(Duration.ofSeconds(1));
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(host.last().getSubject()).startsWith("Reminder: your account will be deleted on ");

            host.advance(DAY.multipliedBy(3));
            assertThat(host.eraseDue()).isEqualTo(1);
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(host.last().getSubject()).isEqualTo("Your account has been deleted");
            assertThat(host.last().getAllRecipients())
                    .extracting(Address::toString)
                    .containsExactly("bob@example.org");
            assertThat(host.addresses()).isEmpty();
            assertThat(host.deliver()).isZero();
            assertThat(host.received()).hasSize(3);
        }
    }

    @Test
    void theLinkToTheReceiptOpensIt() {
        try (MailHost host = MailHost.start()) {
            host.ask("data-deletion", "2", "{}", "en");
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(MailHost.subject(host.last())).isEqualTo("Your data has been deleted");
            String link = MailHost.part(host.last(), "text/plain")
                    .lines()
                    .filter(line -> line.startsWith(MailHost.BASE))
                    .findFirst()
                    .orElseThrow();
            HttpAnswer receipt = host.application().get("/account" + link.substring(MailHost.BASE.length()), null);
            assertThat(receipt.status()).isEqualTo(200);
            assertThat(receipt.text()).contains("delete-data").doesNotContain("bob");
            assertThat(host.addresses()).isEmpty();
        }
    }

    @Test
    void anExportIsToldAboutWhenItIsReady() {
        try (MailHost host = MailHost.start()) {
            HttpAnswer asked = host.ask("export", "2", "{}", "de-CH, en;q=0.5");
            assertThat(asked.status()).as(asked.text()).isEqualTo(202);
            PollingLoop.until(
                    () -> host.database().column("SELECT state FROM exeunt.request"),
                    Predicate.isEqual(List.of("ready")));
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(MailHost.subject(host.last())).isEqualTo("Ihre Daten liegen zum Herunterladen bereit");
            assertThat(host.addresses()).isEmpty();
        }
    }

    @Test
    void aWithdrawnRequestForgetsTheAddressAndSendsNoReminder() {
        try (MailHost host = MailHost.start()) {
            host.ask("deletion", "2", "{}", "en");
            host.deliver();
            assertThat(host.addresses()).containsOnly("bob@example.org").hasSize(2);
            assertThat(host.application()
                            .post("/account/cancellation", host.application().token("2"), "{}")
                            .status())
                    .isEqualTo(200);
            assertThat(host.addresses()).isEmpty();
            host.advance(DAY.multipliedBy(28));
            assertThat(host.deliver()).isZero();
            assertThat(host.received()).hasSize(1);
        }
    }

    @Test
    void aShortGraceHasNoReminder() {
        try (MailHost host = MailHost.start(Map.of("exeunt.mail.reminder", "16d"))) {
            host.ask("deletion", "2", "{}", "en");
            assertThat(host.database().column("SELECT kind FROM exeunt.message ORDER BY kind"))
                    .containsExactly("done", "scheduled");
        }
    }

    @Test
    void whoIsDueAtOnceIsToldOnlyThatItIsDone() {
        try (MailHost host = MailHost.start(Map.of("exeunt.test-grace", "0d"))) {
            host.ask("deletion", "2", "{}", "en");
            assertThat(host.deliver()).isZero();
            assertThat(host.eraseDue()).isEqualTo(1);
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(MailHost.subject(host.last())).isEqualTo("Your account has been deleted");
        }
    }

    /** The request is made past the calls, as by a command, and has hidden the address before any worker sees it. */
    @Test
    void aHiddenAddressIsReadFromTheRecordOfWhatWasHidden() {
        try (MailHost host = MailHost.start()) {
            host.askElsewhere("1");
            assertThat(host.database().scalar("SELECT address FROM person WHERE id = 1"))
                    .isEqualTo("left-1@gone.invalid");
            assertThat(host.addresses()).isEmpty();
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(MailHost.recipient(host.last())).isEqualTo("anna@example.org");
            assertThat(MailHost.subject(host.last())).startsWith("Ihr Konto wird am ");
        }
    }

    /** The worker that erases copies the addresses first. */
    @Test
    void anAddressIsCopiedBeforeTheErasure() {
        try (MailHost host = MailHost.start()) {
            host.askElsewhere("1");
            host.advance(DAY.multipliedBy(31));
            assertThat(host.eraseDue()).isEqualTo(1);
            assertThat(host.deliver()).isEqualTo(1);
            assertThat(MailHost.recipient(host.last())).isEqualTo("anna@example.org");
            assertThat(MailHost.subject(host.last())).isEqualTo("Ihr Konto ist gelöscht");
        }
    }

    @Test
    void aPersonWithoutAnAddressGetsNothingAndIsNotLookedAtAgain() {
        try (MailHost host = MailHost.start()) {
            host.database().execute("UPDATE person SET address = NULL WHERE id = 2");
            assertThat(host.ask("deletion", "2", "{}", "en").status()).isEqualTo(202);
            assertThat(host.deliver()).isZero();
            assertThat(host.database().column("SELECT DISTINCT state FROM exeunt.message"))
                    .containsExactly("dropped");
        }
    }

    @Test
    void nothingIsSentOrNotedUnlessAMailServerIsSet() {
        try (SpringTestApplication application =
                SpringTestApplication.of(MailHost.SAMPLE, Map.of("exeunt.recent-sign-in", "off"))) {
            assertThat(application
                            .post("/account/deletion", application.token("2"), "{}")
                            .status())
                    .isEqualTo(202);
            assertThat(application.database().scalar("SELECT count(*) FROM exeunt.message"))
                    .isEqualTo("0");
            assertThat(application.names("mail")).isEmpty();
        }
    }
}
