package dev.exeunt.examples.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.LegalHolds;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BookshopAccountTest {

    private final BookshopDatabase shop = new BookshopDatabase();
    private final BookshopAccount account = new BookshopAccount(shop.exeunt.requests(shop.map));

    @AfterEach
    void close() {
        shop.close();
    }

    // tag::clock-test[]
    @Test
    void aCustomerIsErasedAfterFourteenDays() {
        account.deleteAccount("1", "anna@example.org");

        shop.clock.advance(Duration.ofDays(13));
        assertThat(account.reap("test")).startsWith("0 erased");

        shop.clock.advance(Duration.ofDays(1));
        assertThat(account.reap("test")).startsWith("1 erased");
        assertThat(account.maySignIn("1")).isFalse();
    }
    // end::clock-test[]

    // tag::hold-test[]
    @Test
    void anErasureWaitsForTheEndOfALegalHold() {
        LegalHolds holds = shop.exeunt.holds(shop.map);
        LegalHold hold = holds.place(NewLegalHold.on("1", "lawsuit 17/26"), Actor.staff("clara"));
        account.deleteAccount("1", "anna@example.org");

        shop.clock.advance(Duration.ofDays(14));
        assertThat(account.reap("test")).startsWith("0 erased");

        holds.release(hold.id(), Actor.staff("clara"), "settled");
        assertThat(account.reap("test")).startsWith("1 erased");
    }
    // end::hold-test[]

    @Test
    void aRequestHidesAndACancellationPutsBack() {
        var before = shop.rows.snapshotWithout("exeunt");
        var request = account.deleteAccount("1", "anna@example.org");
        assertThat(account.dueAt("1")).isEqualTo(request.dueAt());
        assertThat(shop.rows.column("SELECT street FROM delivery_address")).containsExactly("Oak Street 2");
        assertThat(account.keepAccount("1").state()).isEqualTo(Request.State.CANCELLED);
        assertThat(shop.rows.snapshotWithout("exeunt")).isEqualTo(before);
    }

    @Test
    void aGuardForbidsTheRequestAndSaysWhy() {
        assertThat(account.obstaclesOf("2", "ben@example.org")).containsExactly("An invoice of 5.00 is not paid yet.");
        shop.rows.execute("UPDATE invoice SET paid = true");
        assertThat(account.obstaclesOf("2", "ben@example.org")).isEmpty();
    }

    @Test
    void whoIsDeactivatedMayNotSignIn() {
        assertThat(account.maySignIn("2")).isTrue();
        account.deactivateFor("2", "clara", "asked for by telephone");
        assertThat(account.maySignIn("2")).isFalse();
    }
}
