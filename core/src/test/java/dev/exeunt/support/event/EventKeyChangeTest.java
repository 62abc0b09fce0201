package dev.exeunt.support.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The operator changes the key while events wait, and while accounts at an identity provider are disabled. */
class EventKeyChangeTest {

    private static final HashKey CHANGED = HashKey.ofHex(
                    "99112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")
            .withFormer(List.of(OutboxTestWorld.KEY));

    @Test
    void eventsOfAPersonStayInOrder() {
        try (OutboxTestWorld world = new OutboxTestWorld()) {
            world.ask(AccountFlow.DEACTIVATE, "1,1");
            AccountRequests after = after(world);
            after.reactivate("1,1", Actor.SELF, null);
            EventOutbox outbox = EventOutbox.open(world.database, world.clock, CHANGED, world.world.map());
            assertThat(outbox.claim("bot", "test", 100))
                    .singleElement()
                    .satisfies(first -> assertThat(first.body().orElseThrow()).contains("deactivated", "1,1"));
            assertThat(outbox.claim("bot", "other", 100)).as("the second waits").isEmpty();
        }
    }

    @Test
    void anAccountThatWasDisabledIsFoundAndForgotten() {
        try (OutboxTestWorld world = new OutboxTestWorld()) {
            world.ask(AccountFlow.DEACTIVATE, "1,1");
            world.ask(AccountFlow.DEACTIVATE, "1,2");
            DisabledAccounts before =
                    DisabledAccounts.open(world.database, world.clock, OutboxTestWorld.KEY, world.world.map());
            List<OutgoingEvent> told = world.outbox.claim("bot", "test", 100);
            told.forEach(e -> assertThat(before.remember(e, "account 7", true)).isTrue());
            deliver(world.outbox, told);

            after(world).reactivate("1,1", Actor.SELF, null);
            DisabledAccounts accounts = DisabledAccounts.open(world.database, world.clock, CHANGED, world.world.map());
            EventOutbox outbox = EventOutbox.open(world.database, world.clock, CHANGED, world.world.map());
            OutgoingEvent first = outbox.claim("bot", "test", 100).get(0);
            assertThat(accounts.find(first)).containsExactly(new DisabledAccounts.DisabledAccount("account 7", true));
            assertThat(accounts.remember(first, "account 7", false))
                    .as("it is ours")
                    .isTrue();
            accounts.forget(first, "account 7");
            assertThat(accounts.find(first)).isEmpty();
            deliver(outbox, List.of(first));

            after(world).reactivate("1,2", Actor.SELF, null);
            OutgoingEvent second = outbox.claim("bot", "test", 100).get(0);
            assertThat(accounts.find(second)).containsExactly(new DisabledAccounts.DisabledAccount("account 7", false));
        }
    }

    private static AccountRequests after(OutboxTestWorld world) {
        Exeunt exeunt =
                Exeunt.builder(world.database).clock(world.clock).key(CHANGED).build();
        return exeunt.requests(world.world.map());
    }

    private static void deliver(EventOutbox outbox, List<OutgoingEvent> events) {
        outbox.markDelivered(
                "bot",
                events.stream().map(e -> new EventOutbox.Delivered(e, null)).toList());
    }
}
