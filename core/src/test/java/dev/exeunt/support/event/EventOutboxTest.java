package dev.exeunt.support.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.HashKey;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.support.event.ExternalSystems.DeliveryFilter;
import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that each change is told to the systems that want it: once, in order, with what they need and no more. */
class EventOutboxTest {

    private static final Actor STAFF = Actor.staff("ann");

    private final OutboxTestWorld world = new OutboxTestWorld();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void eachSystemHearsOfTheEventsThatItWantsInTheirOrder() {
        world.ask(AccountFlow.DEACTIVATE, "1,1");
        world.requests.reactivate("1,1", Actor.SELF, null);
        world.ask(AccountFlow.DELETE_ACCOUNT, "1,1");
        world.requests.cancel("1,1", Actor.SELF, null);
        world.ask(AccountFlow.DELETE_ACCOUNT, "1,1");
        world.clock.advance(Duration.ofDays(8));
        world.requests.eraseDue("reaper");

        assertThat(world.deliverTypes("bot"))
                .containsExactly("user.deactivated 1,1", "user.reactivated 1,1", "user.erased 1,1");
        assertThat(world.deliverTypes("billing"))
                .containsExactly(
                        "user.deactivated 1,1",
                        "user.reactivated 1,1",
                        "user.account_deletion_requested 1,1",
                        "user.cancelled 1,1",
                        "user.account_deletion_requested 1,1",
                        "user.erased 1,1");
        assertThat(world.deliver("bot")).as("nothing is told twice").isEmpty();
    }

    @Test
    void anErasureTellsWhereTheDataWasAndOnlyTheSystemThatAsksForIt() {
        Request asked = world.ask(AccountFlow.DELETE_ACCOUNT, "1,1");
        world.clock.advance(Duration.ofDays(8));
        world.requests.eraseDue("reaper");

        JsonNode billing = last(world.deliver("billing"));
        assertThat(billing.get("type").stringValue()).isEqualTo("user.erased");
        assertThat(billing.at("/data/locators").toString())
                .isEqualTo("[{\"customer\":\"cus_11\"},{\"customer\":\"cus_second\"}]");
        assertThat(billing.at("/data/request").stringValue())
                .isEqualTo(asked.id().toString());
        assertThat(billing.at("/data/flow").stringValue()).isEqualTo("delete-account");
        assertThat(billing.at("/data/actor").stringValue()).isEqualTo("exeunt");
        assertThat(billing.at("/data/answerBy").stringValue()).isEqualTo("2026-05-22T03:02:01Z");
        JsonNode bot = last(world.deliver("bot"));
        assertThat(bot.at("/data/locators").isMissingNode()).isTrue();
        assertThat(bot.at("/data/answerBy").isMissingNode()).isTrue();
    }

    @Test
    void deletedDataIsNoDeletedAccount() {
        world.ask(AccountFlow.DELETE_DATA, "1,2");
        world.clock.advance(Duration.ofDays(8));
        world.requests.eraseDue("reaper");
        assertThat(world.deliverTypes("billing"))
                .containsExactly("user.data_deletion_requested 1,2", "user.data_erased 1,2");
        assertThat(world.deliver("bot")).isEmpty();
    }

    @Test
    void aBatchOfPeopleTellsOfEachWithTheirOwnLocators() {
        for (String key : List.of("1,1", "1,2", "2,1", "2,4")) {
            world.ask(AccountFlow.DELETE_ACCOUNT, key);
        }
        world.deliver("billing");
        world.clock.advance(Duration.ofDays(8));
        world.requests.eraseDue("reaper");
        assertThat(world.deliver("billing"))
                .extracting(b -> b.at("/data/subject").stringValue()
                        + b.at("/data/locators").toString())
                .containsExactlyInAnyOrder(
                        "1,1[{\"customer\":\"cus_11\"},{\"customer\":\"cus_second\"}]",
                        "1,2[{\"customer\":\"cus_12\"}]",
                        "2,1[{\"customer\":\"cus_21\"}]",
                        "2,4");
    }

    @Test
    void twoRequestsThatOneErasureCarriesOutAreToldAsOneErasure() {
        world.ask(AccountFlow.DEACTIVATE, "1,1");
        world.ask(AccountFlow.DELETE_ACCOUNT, "1,1");
        world.deliver("bot");
        world.clock.advance(Duration.ofDays(8));
        world.requests.eraseDue("reaper");
        assertThat(world.deliverTypes("bot")).containsExactly("user.erased 1,1");
    }

    @Test
    void anErasureWithoutARequestIsToldToo() {
        world.exeunt.erase(world.world.map(), List.of("2,1"), receipt -> {});
        JsonNode billing = last(world.deliver("billing"));
        assertThat(billing.get("type").stringValue()).isEqualTo("user.erased");
        assertThat(billing.at("/data/request").isNull()).isTrue();
        assertThat(billing.at("/data/locators").toString()).isEqualTo("[{\"customer\":\"cus_21\"}]");
    }

    @Test
    void withoutAKeyOrTablesNoPersonIsErasedPastASystem() {
        Exeunt keyless = Exeunt.builder(world.database).clock(world.clock).build();
        assertThatThrownBy(() -> keyless.erase(world.world.map(), List.of("1,1"), receipt -> {}))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("EXEUNT_KEY");
        world.world.database().execute("DROP TABLE exeunt.delivery, exeunt.outbox");
        assertThatThrownBy(() -> world.exeunt.erase(world.world.map(), List.of("1,1"), receipt -> {}))
                .isInstanceOf(ExeuntException.class)
                .hasMessageContaining("exeunt migrate");
        assertThat(world.world.database().column("SELECT count(*)::text FROM people"))
                .containsExactly("8");
    }

    @Test
    void whatIsRolledBackIsToldToNoSystem() {
        world.world.database().execute("""
                CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
                CREATE CONSTRAINT TRIGGER late AFTER UPDATE ON people DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION refuse()""");
        assertThatThrownBy(() -> world.ask(AccountFlow.DEACTIVATE, "1,1")).isInstanceOf(ExeuntException.class);
        assertThatThrownBy(() -> world.requests.cancel("1,1", Actor.SELF, null))
                .isInstanceOf(RequestRefusedException.class);
        assertThat(world.deliver("billing")).isEmpty();
    }

    @Test
    void noTableHoldsTheKeyOrALocatorInClear() {
        world.ask(AccountFlow.DELETE_ACCOUNT, "1,1");
        world.clock.advance(Duration.ofDays(8));
        world.requests.eraseDue("reaper");
        String rows = String.join(
                "\n",
                world.world.database().column("SELECT o::text || encode(o.content, 'escape') FROM exeunt.outbox AS o"));
        assertThat(rows)
                .contains("user.erased")
                .doesNotContain("cus_")
                .doesNotContain("{1,1}")
                .doesNotContain("\"1\"");
        EventOutbox other = EventOutbox.open(
                world.database, world.clock, HashKey.ofHex("fedcba9876543210".repeat(4)), world.world.map());
        List<OutgoingEvent> unread = other.claim("billing", "test", 10);
        assertThat(unread).hasSize(1).allSatisfy(e -> assertThat(e.body()).isEmpty());
    }

    @Test
    void anEventThatFailsHoldsUpTheSamePersonAndNoOther() {
        world.ask(AccountFlow.DEACTIVATE, "1,1");
        world.requests.reactivate("1,1", Actor.SELF, null);
        world.ask(AccountFlow.DEACTIVATE, "1,2");
        List<OutgoingEvent> first = world.outbox.claim("bot", "test", 10);
        assertThat(first).extracting(OutgoingEvent::type).containsExactly("user.deactivated", "user.deactivated");
        world.outbox.markFailed(first.get(0), "503", Duration.ofMinutes(5));
        world.outbox.markDelivered("bot", List.of(new EventOutbox.Delivered(first.get(1), null)));

        assertThat(world.outbox.claim("bot", "test", 10))
                .as("the second event of the first person waits behind the first")
                .isEmpty();
        world.clock.advance(Duration.ofMinutes(5));
        assertThat(world.deliverTypes("bot")).containsExactly("user.deactivated 1,1", "user.reactivated 1,1");
    }

    @Test
    void anEventIsGivenUpAfterThreeDaysAndStaffSendItAgain() {
        world.ask(AccountFlow.DEACTIVATE, "1,1");
        world.clock.advance(EventOutbox.GIVE_UP.plusSeconds(1));
        OutgoingEvent claimed = world.outbox.claim("bot", "test", 10).get(0);
        assertThat(world.outbox.markFailed(claimed, "timeout", Duration.ofMinutes(1)))
                .isTrue();
        assertThat(world.systems.list("bot", DeliveryFilter.FAILED, 10))
                .extracting(DeliveryEntry::failure)
                .containsExactly("timeout");
        assertThat(world.deliver("bot")).isEmpty();

        assertThat(world.systems.resendFailed("bot", STAFF, null)).isEqualTo(1);
        assertThat(world.deliverTypes("bot")).containsExactly("user.deactivated 1,1");
        assertThat(world.systems.resend(claimed.id(), "bot", STAFF, null))
                .as("what was delivered can be sent again")
                .isTrue();
        assertThat(world.systems.resend(UUID.randomUUID(), "bot", STAFF, null)).isFalse();
    }

    @Test
    void aWorkerThatLostItsClaimChangesNothing() {
        world.ask(AccountFlow.DEACTIVATE, "1,1");
        OutgoingEvent slow = world.outbox.claim("bot", "slow", 10).get(0);
        assertThat(world.outbox.claim("bot", "other", 10)).isEmpty();
        world.clock.advance(Duration.ofMinutes(6));
        OutgoingEvent taken = world.outbox.claim("bot", "other", 10).get(0);
        world.outbox.markFailed(slow, "timeout", Duration.ofDays(1));
        world.outbox.markDelivered("bot", List.of(new EventOutbox.Delivered(slow, null)));
        assertThat(world.systems.list("bot", DeliveryFilter.WAITING, 10)).hasSize(1);
        world.outbox.markDelivered("bot", List.of(new EventOutbox.Delivered(taken, null)));
        assertThat(world.systems.list("bot", DeliveryFilter.WAITING, 10)).isEmpty();
    }

    @Test
    void aPausedSystemGetsNothingUntilItIsResumed() {
        assertThat(world.systems.pause("bot", STAFF, "it is moved to another host"))
                .isTrue();
        assertThat(world.systems.pause("bot", STAFF, "again")).isFalse();
        world.ask(AccountFlow.DEACTIVATE, "1,1");
        assertThat(world.deliver("bot")).isEmpty();
        assertThat(world.systems.status())
                .extracting(SystemStatus::system, SystemStatus::waiting, SystemStatus::paused)
                .contains(tuple("bot", 1L, "it is moved to another host"));
        assertThat(world.systems.resume("bot", STAFF, null)).isTrue();
        assertThat(world.deliver("bot")).hasSize(1);
    }

    @Test
    void aSystemAnswersOnceAndStaffMayEndTheWait() {
        world.ask(AccountFlow.DELETE_ACCOUNT, "1,1");
        world.ask(AccountFlow.DELETE_ACCOUNT, "1,2");
        world.clock.advance(Duration.ofDays(8));
        world.requests.eraseDue("reaper");
        world.deliver("billing");
        List<DeliveryEntry> unanswered = world.systems.list("billing", DeliveryFilter.UNANSWERED, 10);
        assertThat(unanswered).hasSize(2);
        UUID first = unanswered.get(0).event();
        UUID second = unanswered.get(1).event();

        SystemAnswer refused = new SystemAnswer(AnswerResult.REFUSED, "an invoice is open");
        assertThat(world.outbox.answer(first, "billing", refused)).isTrue();
        assertThat(world.outbox.answer(first, "billing", new SystemAnswer(AnswerResult.ERASED, null)))
                .as("the first answer stands")
                .isFalse();
        assertThat(world.outbox.answer(second, "bot", refused))
                .as("the bot need not answer")
                .isFalse();
        world.clock.advance(Duration.ofDays(11));
        assertThat(billing().overdue()).isEqualTo(1);
        assertThat(world.systems.close(second, "billing", STAFF, "erased by hand"))
                .isTrue();
        assertThat(billing())
                .extracting(SystemStatus::unanswered, SystemStatus::overdue, SystemStatus::refused)
                .containsExactly(0L, 0L, 1L);
        assertThat(world.systems.close(first, "billing", STAFF, "paid, and erased by hand"))
                .as("a refusal is settled as well")
                .isTrue();
        assertThat(world.systems.close(first, "billing", STAFF, "again")).isFalse();
        assertThat(billing().refused()).isZero();
    }

    @Test
    void systemsHearOnceThatAnErasureIsDueSoon() {
        world.ask(AccountFlow.DELETE_ACCOUNT, "1,1");
        world.outbox.maintain();
        assertThat(world.deliver("bot")).isEmpty();
        world.clock.advance(Duration.ofDays(5));
        world.outbox.maintain();
        world.outbox.maintain();
        assertThat(world.deliverTypes("bot")).containsExactly("user.erasure_due_soon 1,1");
    }

    @Test
    void theKeyIsForgottenWhenNoSystemNeedsTheEventAnyMore() {
        world.ask(AccountFlow.DELETE_ACCOUNT, "1,1");
        world.clock.advance(Duration.ofDays(8));
        world.requests.eraseDue("reaper");
        world.deliver("bot");
        world.deliver("billing");
        world.outbox.maintain();
        assertThat(contents()).as("billing has not answered the erasure").containsExactly("user.erased");
        UUID event = world.systems
                .list("billing", DeliveryFilter.UNANSWERED, 10)
                .get(0)
                .event();
        world.outbox.answer(event, "billing", new SystemAnswer(AnswerResult.ERASED, null));
        world.outbox.maintain();
        assertThat(contents()).isEmpty();
        assertThat(world.systems.resend(event, "billing", STAFF, null))
                .as("what is forgotten cannot be sent")
                .isFalse();
        world.clock.advance(Duration.ofDays(31));
        world.outbox.maintain();
        assertThat(world.world.database().column("SELECT name FROM exeunt.outbox"))
                .isEmpty();
    }

    @Test
    void aKeyIsForgottenAlsoWhereASystemStaysPaused() {
        world.systems.pause("bot", STAFF, "it is gone");
        world.ask(AccountFlow.DEACTIVATE, "1,1");
        world.deliver("billing");
        world.clock.advance(Duration.ofDays(89));
        world.outbox.maintain();
        assertThat(contents()).contains("user.deactivated");
        world.clock.advance(Duration.ofDays(2));
        world.outbox.maintain();
        assertThat(world.systems.list("bot", DeliveryFilter.FAILED, 10))
                .extracting(DeliveryEntry::type, DeliveryEntry::failure)
                .contains(tuple("user.deactivated", "not-sent"));
        world.clock.advance(Duration.ofDays(31));
        world.outbox.maintain();
        assertThat(contents()).doesNotContain("user.deactivated");
    }

    @Test
    void aSystemThatNeedNotAnswerLeavesNoReason() {
        world.ask(AccountFlow.DEACTIVATE, "1,1");
        OutgoingEvent event = world.outbox.claim("bot", "test", 10).get(0);
        world.outbox.markDelivered(
                "bot", List.of(new EventOutbox.Delivered(event, new SystemAnswer(AnswerResult.REFUSED, "why"))));
        assertThat(world.systems.list("bot", DeliveryFilter.ALL, 10))
                .singleElement()
                .extracting(DeliveryEntry::answer, DeliveryEntry::reason)
                .containsExactly(null, null);
    }

    private List<String> contents() {
        return world.world
                .database()
                .column("SELECT name FROM exeunt.outbox WHERE content IS NOT NULL ORDER BY position");
    }

    private SystemStatus billing() {
        return world.systems.status().stream()
                .filter(s -> s.system().equals("billing"))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode last(List<JsonNode> bodies) {
        return bodies.get(bodies.size() - 1);
    }
}
