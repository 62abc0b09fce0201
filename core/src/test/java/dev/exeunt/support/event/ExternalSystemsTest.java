package dev.exeunt.support.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import dev.exeunt.support.event.ExternalSystems.DeliveryFilter;
import dev.exeunt.support.event.SystemAnswer.AnswerResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Tests what staff see of external systems, and that the audit log says who did what to them. */
class ExternalSystemsTest {

    private static final Actor KIM = Actor.staff("kim");

    private final OutboxTestWorld world = new OutboxTestWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private Request erased(AccountFlow flow, String key) {
        Request asked = world.ask(flow, key);
        world.clock.advance(Duration.ofDays(31));
        world.requests.eraseDue("reaper");
        return asked;
    }

    private UUID erasure(Request request) {
        return world.systems.ofRequest(request.id()).stream()
                .filter(d -> d.answerBy() != null)
                .findFirst()
                .orElseThrow()
                .event();
    }

    private OpenAnswers open(Request request) {
        return world.systems
                .openAnswers(List.of(request.id()))
                .getOrDefault(request.id(), OpenAnswers.none(request.id()));
    }

    private List<String> audit() {
        return world.world.database().column("""
                SELECT concat_ws(' ', name, actor, reason, details ->> 'system', details ->> 'events', details ? 'event')
                FROM exeunt.event WHERE details ? 'system' ORDER BY id""");
    }

    @Test
    void theAuditLogSaysWhoSentAgainPausedResumedAndClosed() {
        Request request = erased(AccountFlow.DELETE_ACCOUNT, "1,1");
        UUID event = erasure(request);
        world.deliver("billing");
        world.systems.resend(event, "billing", KIM, null);
        world.systems.resend(event, "billing", KIM, "it waits already, so this does nothing");
        world.systems.resendFailed("billing", KIM, "none was given up, so this does nothing");
        world.systems.pause("billing", KIM, "it moves");
        world.systems.pause("billing", KIM, "again");
        world.systems.resume("billing", Actor.EXEUNT, null);
        world.systems.resume("billing", KIM, null);
        world.systems.close(event, "billing", KIM, "erased by hand");
        world.systems.close(event, "billing", KIM, "again");
        assertThat(audit())
                .containsExactly(
                        "user.events_resent staff:kim billing 1 t",
                        "user.system_paused staff:kim it moves billing f",
                        "user.system_resumed exeunt billing f",
                        "user.answer_closed staff:kim erased by hand billing t");
        assertThat(world.world
                        .database()
                        .column("SELECT DISTINCT details ->> 'request' FROM exeunt.event WHERE details ? 'event'"))
                .containsExactly(request.id().toString());
    }

    @Test
    void eventsThatWereGivenUpAndAreSentAgainTogetherAreOneActOfStaff() {
        for (String key : List.of("1,1", "1,2", "2,1")) {
            world.ask(AccountFlow.DEACTIVATE, key);
        }
        world.clock.advance(EventOutbox.GIVE_UP.plusSeconds(1));
        world.outbox.claim("bot", "test", 10).forEach(e -> world.outbox.markFailed(e, "500", Duration.ZERO));
        assertThat(world.systems.resendFailed("bot", KIM, "it is back")).isEqualTo(3);
        assertThat(audit()).containsExactly("user.events_resent staff:kim it is back bot 3 f");
    }

    @Test
    void deliveriesAreListedInPagesTheLatestFirst() {
        for (String key : List.of("1,1", "1,2", "2,1", "2,2", "2,3")) {
            world.ask(AccountFlow.DEACTIVATE, key);
        }
        List<Long> positions = new ArrayList<>();
        DeliveryPage page = world.systems.page("bot", DeliveryFilter.WAITING, null, 2);
        page.entries().forEach(e -> positions.add(e.position()));
        assertThat(page.entries()).hasSize(2);
        while (page.next() != null) {
            page = world.systems.page("bot", DeliveryFilter.WAITING, page.next(), 2);
            page.entries().forEach(e -> positions.add(e.position()));
        }
        assertThat(positions).hasSize(5).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThat(world.systems.page("bot", DeliveryFilter.FAILED, null, 2).entries())
                .isEmpty();
        UUID event = world.systems.list("bot", DeliveryFilter.ALL, 1).get(0).event();
        assertThat(world.systems.ofEvent(event))
                .extracting(DeliveryEntry::system)
                .containsExactlyInAnyOrder("billing", "bot");
    }

    @Test
    void aRequestIsDoneEverywhereOnceEachSystemHasAnsweredOrStaffHaveClosed() {
        Request asked = world.ask(AccountFlow.DELETE_ACCOUNT, "1,1");
        assertThat(open(asked).complete()).isTrue();
        Request request = erased(AccountFlow.DELETE_ACCOUNT, "1,2");
        Instant until = world.clock.instant().plus(Duration.ofDays(10));
        assertThat(open(request).waiting()).containsExactly("billing");
        assertThat(open(request).until()).isEqualTo(until);
        assertThat(open(request).needsStaff()).isFalse();
        world.clock.advance(Duration.ofDays(11));
        assertThat(open(request).overdue()).containsExactly("billing");
        assertThat(open(request).needsStaff()).isTrue();
        world.outbox.answer(erasure(request), "billing", new SystemAnswer(AnswerResult.REFUSED, "an invoice"));
        assertThat(open(request).complete()).isTrue();
        assertThat(open(request).refused()).containsExactly("billing");
        assertThat(open(request).needsStaff()).isTrue();
        world.systems.close(erasure(request), "billing", KIM, "paid");
        assertThat(open(request)).isEqualTo(OpenAnswers.none(request.id()));
    }

    @Test
    void aSystemThatWasNotToldIsWaitedForAndShown() {
        Request request = erased(AccountFlow.DELETE_ACCOUNT, "1,1");
        world.clock.advance(EventOutbox.GIVE_UP.plusSeconds(1));
        while (!world.systems.list("billing", DeliveryFilter.WAITING, 1).isEmpty()) {
            world.outbox.claim("billing", "test", 10).forEach(e -> world.outbox.markFailed(e, "500", Duration.ZERO));
        }
        assertThat(open(request).givenUp()).containsExactly("billing");
        assertThat(open(request).complete()).isFalse();
        assertThat(open(request).needsStaff()).isTrue();
    }

    @Test
    void aRequestThatAnotherOnesErasureCarriedOutWaitsForTheSameAnswer() {
        Request deactivated = world.ask(AccountFlow.DEACTIVATE, "1,1");
        Request deleted = world.ask(AccountFlow.DELETE_ACCOUNT, "1,1");
        Request other = world.ask(AccountFlow.DELETE_ACCOUNT, "1,2");
        world.clock.advance(Duration.ofDays(8));
        world.requests.eraseDue("reaper");
        UUID event = erasure(deleted);
        assertThat(erasure(deactivated)).isEqualTo(event).isNotEqualTo(erasure(other));
        assertThat(world.systems.openAnswers(List.of(deactivated.id(), deleted.id(), other.id())))
                .hasSize(3);
        assertThat(world.deliver("billing").toString()).doesNotContain("also");
        world.outbox.answer(event, "billing", new SystemAnswer(AnswerResult.ERASED, null));
        assertThat(open(deactivated).complete()).isTrue();
        assertThat(open(deleted).complete()).isTrue();
        assertThat(open(other).complete()).isFalse();
    }
}
