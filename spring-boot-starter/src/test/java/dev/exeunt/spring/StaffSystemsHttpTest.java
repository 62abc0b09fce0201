package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.support.event.EventOutbox;
import dev.exeunt.support.event.EventOutbox.Delivered;
import dev.exeunt.support.event.OutgoingEvent;
import dev.exeunt.support.event.SystemAnswer;
import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests the calls by which staff look after external systems. No worker sends, so that each event stays as a test has it. */
class StaffSystemsHttpTest {

    private static final String SYSTEMS = "/account/admin/systems";
    private static final String WHY = "{\"reason\": \"it moves to another host\"}";

    private static SpringTestApplication application;

    @BeforeAll
    static void start() {
        application = SpringTestApplication.of(
                Path.of("src/test/resources/dev/exeunt/spring/external")
                        .toAbsolutePath()
                        .toString(),
                Map.of(
                        "exeunt.worker.enabled",
                        "false",
                        "exeunt.external.chat-bot.url",
                        "https://bot.example.org/",
                        "exeunt.external.chat-bot.secret",
                        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
                        "exeunt.external.billing.url",
                        "https://billing.example.org/",
                        "exeunt.external.billing.secret",
                        "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"));
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static EventOutbox outbox() {
        return application.bean(EventOutbox.class);
    }

    private static void erase(int person) {
        application
                .bean(AccountRequests.class)
                .submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, Integer.toString(person)));
    }

    private static List<OutgoingEvent> take(String system) {
        List<OutgoingEvent> claimed = outbox().claim(system, "test", 100);
        outbox().markDelivered(
                        system,
                        claimed.stream().map(e -> new Delivered(e, null)).toList());
        return claimed;
    }

    /** Takes what is before the erasure as well: of each person one event at a time is handed out. */
    private static OutgoingEvent erasure(String system, int person) {
        List<OutgoingEvent> taken = take(system);
        while (!taken.isEmpty()) {
            for (OutgoingEvent event : taken) {
                String body = event.body().orElseThrow();
                if (event.type().equals("user.erased") && body.contains("\"subject\":\"" + person + "\"")) {
                    return event;
                }
            }
            taken = take(system);
        }
        throw new AssertionError("no erasure of " + person);
    }

    private static List<String> audit(String name) {
        return application
                .database()
                .column("SELECT concat_ws(' ', actor, reason, details ->> 'system', details ->> 'events')"
                        + " FROM exeunt.event WHERE name = '" + name + "' ORDER BY id");
    }

    private static HttpAnswer get(String path) {
        return application.get(path, application.admin("60"));
    }

    private static HttpAnswer post(String path, String body) {
        return application.post(path, application.admin("60"), body);
    }

    @Test
    void systemsAndEventsAreListedInPagesWithoutAPerson() {
        erase(1);
        erase(2);
        erase(3);
        assertThat(get(SYSTEMS).at("systems.0.system")).isEqualTo("application");
        assertThat(get(SYSTEMS).json().get("systems").size()).isEqualTo(3);
        List<String> events = new ArrayList<>();
        String next = "";
        while (next != null) {
            HttpAnswer page =
                    get(SYSTEMS + "/billing/events?only=waiting&size=1" + (next.isEmpty() ? "" : "&after=" + next));
            assertThat(page.text()).doesNotContain("cus_", "subject", "locators");
            page.json().get("events").forEach(e -> events.add(e.get("event").asString()));
            next = page.at("next");
        }
        assertThat(events).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
        HttpAnswer one = get("/account/admin/events/" + events.get(0));
        assertThat(one.json().get("deliveries").size()).isEqualTo(3);
        assertThat(one.at("deliveries.0.type")).isEqualTo("user.erased");
    }

    @Test
    void anEventIsSentAgainAloneOrWithAllThatWereGivenUp() {
        erase(11);
        erase(12);
        take("application");
        application.clock().advance(EventOutbox.GIVE_UP.plusSeconds(1));
        List<OutgoingEvent> claimed = outbox().claim("chat-bot", "test", 100);
        assertThat(claimed).hasSizeGreaterThan(1);
        claimed.forEach(e -> outbox().markFailed(e, "503", Duration.ZERO));
        assertThat(get(SYSTEMS + "/chat-bot/events?only=failed").at("events.0.failure"))
                .isEqualTo("503");
        String first = SYSTEMS + "/chat-bot/events/" + claimed.get(0).id() + "/resend";
        HttpAnswer sent = post(first, "{}");
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.at("state")).isEqualTo("waiting");
        assertThat(post(first, "{}").problem()).isEqualTo("unchanged");
        HttpAnswer rest = post(SYSTEMS + "/chat-bot/resend-failed", "{\"reason\": \"it is back\"}");
        assertThat(rest.at("events")).isEqualTo(Integer.toString(claimed.size() - 1));
        assertThat(audit("user.events_resent"))
                .containsExactly("staff:60 chat-bot 1", "staff:60 it is back chat-bot " + (claimed.size() - 1));
    }

    @Test
    void aPauseNeedsAReasonAndEnds() {
        assertThat(post(SYSTEMS + "/chat-bot/pause", "{}").problem()).isEqualTo("invalid");
        assertThat(post(SYSTEMS + "/chat-bot/pause", WHY).at("paused")).isEqualTo("it moves to another host");
        assertThat(post(SYSTEMS + "/chat-bot/pause", WHY).problem()).isEqualTo("unchanged");
        assertThat(post(SYSTEMS + "/chat-bot/resume", "{}").at("paused")).isNull();
        assertThat(post(SYSTEMS + "/chat-bot/resume", "{}").problem()).isEqualTo("unchanged");
        assertThat(audit("user.system_paused")).containsExactly("staff:60 it moves to another host chat-bot");
        assertThat(audit("user.system_resumed")).containsExactly("staff:60 chat-bot");
    }

    @Test
    void theWaitForAnAnswerIsEndedWithAReason() {
        erase(21);
        OutgoingEvent event = erasure("billing", 21);
        String close = SYSTEMS + "/billing/events/" + event.id() + "/close";
        assertThat(post(close, "{}").problem()).isEqualTo("invalid");
        outbox().answer(event.id(), "billing", new SystemAnswer(AnswerResult.REFUSED, "an invoice is open"));
        assertThat(get(SYSTEMS + "/billing/events?only=refused").at("events.0.reason"))
                .isEqualTo("an invoice is open");
        HttpAnswer closed = post(close, "{\"reason\": \"erased by hand\"}");
        assertThat(closed.at("answer")).isEqualTo("closed");
        assertThat(closed.at("reason")).isEqualTo("erased by hand");
        assertThat(post(close, "{\"reason\": \"again\"}").problem()).isEqualTo("unchanged");
        assertThat(audit("user.answer_closed")).containsExactly("staff:60 erased by hand billing");
    }

    @Test
    void whatIsNotThereIsNotFoundAndWhatIsWrongIsTold() {
        String unknown = UUID.randomUUID().toString();
        assertThat(get(SYSTEMS + "/crm/events").problem()).isEqualTo("not-found");
        assertThat(post(SYSTEMS + "/crm/pause", WHY).problem()).isEqualTo("not-found");
        assertThat(post(SYSTEMS + "/crm/resend-failed", "{}").problem()).isEqualTo("not-found");
        assertThat(get("/account/admin/events/" + unknown).problem()).isEqualTo("not-found");
        assertThat(get("/account/admin/events/nonsense").problem()).isEqualTo("not-found");
        assertThat(post(SYSTEMS + "/billing/events/" + unknown + "/resend", "{}")
                        .problem())
                .isEqualTo("not-found");
        assertThat(get(SYSTEMS + "/billing/events?only=late").at("detail")).contains("waiting, failed");
        assertThat(get(SYSTEMS + "/billing/events?size=501").problem()).isEqualTo("invalid");
        assertThat(get(SYSTEMS + "/billing/events?after=bm9uZQ").problem()).isEqualTo("invalid");
        assertThat(application.get(SYSTEMS, application.token("59")).problem()).isEqualTo("forbidden");
    }
}
