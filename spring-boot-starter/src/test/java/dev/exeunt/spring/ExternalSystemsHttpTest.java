package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.spring.WebhookTestReceiver.ReceivedEvent;
import dev.exeunt.spring.external.AccountEvent;
import dev.exeunt.support.event.DeliveryEntry;
import dev.exeunt.support.event.ExternalSystems;
import dev.exeunt.support.event.ExternalSystems.DeliveryFilter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import tools.jackson.databind.JsonNode;

/** Tests that other systems are told over HTTP, answer, and delay no other system while they are away. Each test has people of its own. */
@Timeout(120)
class ExternalSystemsHttpTest {

    private static final String BOT_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String BILLING_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    private static final WebhookTestReceiver BOT = new WebhookTestReceiver(BOT_SECRET);
    private static final WebhookTestReceiver BILLING = new WebhookTestReceiver(BILLING_SECRET);
    private static final List<AccountEvent> HEARD = new CopyOnWriteArrayList<>();

    private static SpringTestApplication application;
    private static ExternalSystems systems;

    @BeforeAll
    static void start() {
        application = SpringTestApplication.of(
                Path.of("src/test/resources/dev/exeunt/spring/external")
                        .toAbsolutePath()
                        .toString(),
                Map.of(
                        "exeunt.external.chat-bot.url",
                        BOT.address(),
                        "exeunt.external.chat-bot.secret",
                        BOT_SECRET,
                        "exeunt.external.chat-bot.private-address",
                        "true",
                        "exeunt.external.billing.url",
                        BILLING.address(),
                        "exeunt.external.billing.secret",
                        BILLING_SECRET,
                        "exeunt.external.billing.private-address",
                        "true"));
        systems = ExternalSystems.open(
                application.bean(Database.class),
                application.clock(),
                application.bean(HashKey.class),
                application.bean(DataMap.class));
        application.listen(new ApplicationListener<PayloadApplicationEvent<AccountEvent>>() {
            @Override
            public void onApplicationEvent(PayloadApplicationEvent<AccountEvent> event) {
                HEARD.add(event.getPayload());
            }
        });
    }

    @AfterAll
    static void stop() {
        application.close();
        BOT.close();
        BILLING.close();
    }

    private static void awaited(BooleanSupplier done) {
        PollingLoop.until(done::getAsBoolean, Boolean::booleanValue);
    }

    private static <T> T found(Supplier<Optional<T>> ask) {
        return PollingLoop.until(ask, Optional::isPresent).orElseThrow();
    }

    private static AccountRequests requests() {
        return application.bean(AccountRequests.class);
    }

    private static void ask(AccountFlow flow, int person) {
        requests().submit(NewRequest.self(flow, Integer.toString(person)));
    }

    private static List<String> types(WebhookTestReceiver receiver, int person) {
        return receiver.received().stream()
                .filter(e -> e.subject().equals(Integer.toString(person)))
                .map(ReceivedEvent::type)
                .toList();
    }

    private static ReceivedEvent awaitErased(int person) {
        return found(() -> BILLING.received().stream()
                .filter(e -> e.type().equals("user.erased") && e.subject().equals(Integer.toString(person)))
                .findFirst());
    }

    private static DeliveryEntry billing(String event) {
        return systems.list("billing", DeliveryFilter.ALL, 1000).stream()
                .filter(e -> e.event().toString().equals(event))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aSystemHearsOfAPersonInOrderAndTheApplicationHearsToo() {
        ask(AccountFlow.DEACTIVATE, 1);
        requests().reactivate("1", Actor.SELF, null);
        ask(AccountFlow.DELETE_ACCOUNT, 1);
        awaited(() -> types(BOT, 1).size() == 3);
        assertThat(types(BOT, 1)).containsExactly("user.deactivated", "user.reactivated", "user.erased");
        ReceivedEvent erased = awaitErased(1);
        assertThat(erased.body().at("/data/locators").toString()).isEqualTo("[{\"customer\":\"cus_1\"}]");
        awaited(() -> HEARD.stream().filter(e -> e.subject().equals("1")).count() == 3);
        assertThat(HEARD)
                .filteredOn(e -> e.subject().equals("1"))
                .extracting(AccountEvent::type)
                .contains("user.erased");
        assertThat(HEARD.get(0).toString()).doesNotContain("subject");
    }

    @Test
    void anAnswerInTheResponseIsRecorded() {
        BILLING.answer(200, "{\"result\":\"refused\",\"reason\":\"an invoice is open\"}");
        try {
            ask(AccountFlow.DELETE_ACCOUNT, 2);
            ReceivedEvent erased = awaitErased(2);
            awaited(() -> billing(erased.id()).answer() != null);
            assertThat(billing(erased.id()))
                    .extracting(DeliveryEntry::answer, DeliveryEntry::reason)
                    .containsExactly("refused", "an invoice is open");
        } finally {
            BILLING.answer(200, "");
        }
    }

    @Test
    void theReceiptSaysWhatAnotherSystemAnswered() {
        Request request = requests().submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, "6"));
        ReceivedEvent erased = awaitErased(6);
        String receipt = "/account/receipt/" + requests().receiptSecret(request);
        HttpAnswer waiting = application.send("GET", receipt, null, null, "Accept", "application/json");
        assertThat(waiting.at("systems.0.system")).isEqualTo("billing");
        assertThat(waiting.at("systems.0.answer")).isNull();
        assertThat(waiting.at("complete")).isEqualTo("false");
        assertThat(application
                        .send("GET", receipt, null, null, "Accept", "text/html", "Accept-Language", "de")
                        .text())
                .contains("billing: hat bis ", "Andere Systeme, die noch antworten müssen: 1,")
                .doesNotContain("Es ist am");
        assertThat(page(receipt))
                .contains("In the application’s own database it was done on", "that still have to answer: 1,")
                .doesNotContain("It was done on");
        assertThat(listed(request)).contains("\"waiting\":[\"billing\"]", "\"overdue\":[]");
        application.clock().advance(Duration.ofDays(31));
        assertThat(page(receipt)).contains("billing: has not answered by ", "and have not: 1.");
        assertThat(listed(request)).contains("\"overdue\":[\"billing\"]");
        answer(
                "billing",
                BILLING_SECRET,
                "{\"event\":\"" + erased.id() + "\",\"result\":\"refused\",\"reason\":\"why\"}",
                0);
        assertThat(page(receipt))
                .contains("billing: has refused to erase.", "It was done on")
                .doesNotContain("why</li>", "that still have to answer");
        assertThat(application
                        .send("GET", receipt, null, null, "Accept", "application/json")
                        .at("complete"))
                .isEqualTo("true");
        assertThat(listed(request)).as("nothing is open any more").isEmpty();
    }

    private static String page(String receipt) {
        return application
                .send("GET", receipt, null, null, "Accept", "text/html")
                .text();
    }

    /** The request in the list of what is open for staff; empty where it is not there. */
    private static String listed(Request request) {
        for (JsonNode each : application
                .get("/account/admin/requests?size=500", application.admin("60"))
                .json()
                .get("requests")) {
            if (each.get("id").asString().equals(request.id().toString())) {
                return each.get("systems").toString();
            }
        }
        return "";
    }

    @Test
    void whoLeavesAtOnceReadsThatOtherSystemsStillHaveTime() {
        HttpAnswer left = application.send("DELETE", "/account", application.fresh("7"), "{\"confirm\":\"7\"}");
        assertThat(left.at("state")).isEqualTo("erased");
        assertThat(left.at("waitingFor.systems.0")).isEqualTo("billing");
        assertThat(left.at("waitingFor.until")).isNotNull();
    }

    @Test
    void aSystemAnswersLaterByASignedCall() {
        ask(AccountFlow.DELETE_ACCOUNT, 3);
        ReceivedEvent erased = awaitErased(3);
        String body = "{\"event\":\"" + erased.id() + "\",\"result\":\"erased\"}";
        assertThat(answer("billing", BOT_SECRET, body, 0).problem()).isEqualTo("unauthenticated");
        assertThat(answer("chat-bot", BILLING_SECRET, body, 0).problem()).isEqualTo("unauthenticated");
        assertThat(answer("nothing", BILLING_SECRET, body, 0).problem()).isEqualTo("unauthenticated");
        assertThat(answer("billing", BILLING_SECRET, body, -301).problem()).isEqualTo("unauthenticated");
        assertThat(answer("billing", BILLING_SECRET, body.replace("erased", "perhaps"), 0)
                        .problem())
                .isEqualTo("invalid");
        assertThat(answer("billing", BILLING_SECRET, "[]", 0).problem()).isEqualTo("invalid");
        assertThat(answer("billing", BILLING_SECRET, "x".repeat(20_000), 0).problem())
                .isEqualTo("body-too-large");
        assertThat(billing(erased.id()).answer()).isNull();

        assertThat(answer("billing", BILLING_SECRET, body, 0).at("recorded")).isEqualTo("true");
        assertThat(answer("billing", BILLING_SECRET, body, 0).at("recorded"))
                .as("the same again changes nothing")
                .isEqualTo("false");
        assertThat(billing(erased.id()).answer()).isEqualTo("erased");
    }

    private static HttpAnswer answer(String system, String secret, String body, int seconds) {
        String id = UUID.randomUUID().toString();
        String time = Long.toString(application.clock().instant().getEpochSecond() + seconds);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        return application.raw(
                "POST",
                "/account/external/" + system + "/answer",
                bytes,
                List.of(
                        "Content-Type",
                        "application/json",
                        "webhook-id",
                        id,
                        "webhook-timestamp",
                        time,
                        "webhook-signature",
                        WebhookTestReceiver.sign(secret, id, time, bytes)));
    }

    @Test
    void aSystemThatHangsDelaysNoOtherAndGetsItsEventsLater() {
        BOT.silent(true);
        try {
            IntStream.range(20, 50).forEach(person -> ask(AccountFlow.DELETE_ACCOUNT, person));
            awaited(() -> IntStream.range(20, 50)
                    .allMatch(person -> types(BILLING, person).contains("user.erased")));
            assertThat(IntStream.range(20, 50)
                            .filter(p -> !types(BOT, p).isEmpty())
                            .count())
                    .isZero();
        } finally {
            BOT.silent(false);
        }
        awaited(() -> {
            application.clock().advance(Duration.ofSeconds(10)); // past the pause of those that were tried
            return IntStream.range(20, 50).allMatch(person -> types(BOT, person).contains("user.erased"));
        });
    }

    @Test
    void aSystemThatFailsIsTriedAgainWithTheSameId() {
        BOT.answer(503, "");
        ask(AccountFlow.DEACTIVATE, 4);
        DeliveryEntry failed = found(() -> systems.list("chat-bot", DeliveryFilter.WAITING, 1000).stream()
                .filter(e -> e.type().equals("user.deactivated") && e.attempts() > 0)
                .findFirst());
        assertThat(failed.failure()).isEqualTo("503");
        BOT.answer(200, "");
        List<ReceivedEvent> arrived = new ArrayList<>();
        awaited(() -> {
            application.clock().advance(Duration.ofSeconds(10));
            BOT.received().stream().filter(e -> e.subject().equals("4")).forEach(arrived::add);
            return !arrived.isEmpty();
        });
        assertThat(arrived.get(0).id()).isEqualTo(failed.event().toString());
    }

    @Test
    void anErasureByACommandIsToldByTheServerToo() {
        application.bean(Exeunt.class).erase(application.bean(DataMap.class), List.of("5"), receipt -> {});
        assertThat(awaitErased(5).body().at("/data/request").isNull()).isTrue();
    }
}
