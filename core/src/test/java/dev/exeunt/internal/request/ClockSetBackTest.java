package dev.exeunt.internal.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A clock that is set back shows no hidden row, leaves no row behind, and makes nothing due. */
class ClockSetBackTest extends GuildTestCase {

    private final AccountRequests unguarded = guilds.requests(GuildTestApplication.UNGUARDED);

    @Test
    void requestsAreUndoneInTheOrderInWhichTheyHid() {
        unguarded.submit(NewRequest.self(AccountFlow.DELETE_DATA, "1"));
        guilds.clock().advance(Duration.ofHours(-1));
        Request later = unguarded.submit(NewRequest.self(AccountFlow.DEACTIVATE, "1"));
        unguarded.cancel("1", Actor.SELF, null);
        assertThat(guilds.ids("posts", "person = 1 AND visible")).isEmpty();
        assertThat(guilds.ids("likes", "person = 1")).isEmpty();
        assertThat(later.requestedAt()).isEqualTo(guilds.clock().instant());
        unguarded.reactivate("1", Actor.SELF, null);
        assertThat(guilds.ids("posts", "person = 1 AND visible")).containsExactly("1", "4");
    }

    /** The application's clock may be ahead of the database's, too. */
    @Test
    void aRowThatWasThereAtTheRequestGoesWithItThoughItSaysThatItIsNewer() {
        guilds.database()
                .execute("INSERT INTO posts VALUES (77, 2, 'newer', true, NULL, '"
                        + guilds.clock().instant().plusSeconds(60) + "')");
        Request request = unguarded.submit(NewRequest.self(AccountFlow.DELETE_DATA, "2"));
        assertThat(guilds.ids("posts", "person = 2 AND visible")).isEmpty();
        guilds.clock().set(request.dueAt());
        assertThat(unguarded.eraseDue("w").erased()).isEqualTo(1);
        assertThat(guilds.ids("posts", "person = 2")).isEmpty();
    }

    @Test
    void nothingIsDueEarly() {
        Request request = unguarded.submit(NewRequest.self(AccountFlow.DEACTIVATE, "1"));
        guilds.clock().set(request.dueAt().minusSeconds(1));
        assertThat(unguarded.eraseDue("w").erased()).isZero();
        guilds.clock().advance(Duration.ofDays(-9));
        assertThat(unguarded.eraseDue("w").erased()).isZero();
        assertThat(unguarded.gate("1", null).state().word()).isEqualTo("deactivated");
    }
}
