package dev.exeunt.spring.external;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.support.event.DeliveryEntry;
import dev.exeunt.testkit.KeycloakStandIn.Fault;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tests what becomes of people's accounts at an identity provider, also where its answers fail or are lost. */
@Timeout(60)
class KeycloakReceiverTest {

    private final KeycloakTestWorld world = new KeycloakTestWorld();

    @AfterEach
    void close() {
        world.close();
    }

    private String failure() {
        return world.entries().get(0).failure();
    }

    private void isRefused(String... accounts) {
        assertThat(List.of(accounts)).noneMatch(world.keycloak::signIn);
    }

    private void signsIn(String... accounts) {
        assertThat(List.of(accounts)).allMatch(world.keycloak::signIn);
    }

    @Test
    void aDeactivatedPersonIsSignedOutOfEachAccountAndSignsInAgainAfterwards() {
        signsIn("account-1", "account-1b", "account-2");
        world.ask(AccountFlow.DEACTIVATE, 1);
        world.deliver();
        isRefused("account-1", "account-1b");
        signsIn("account-2");
        assertThat(world.keycloak.sessions("account-1")).isZero();
        assertThat(world.keycloak.email("account-1"))
                .as("nothing else is changed")
                .isEqualTo("account-1@home.test");
        assertThat(world.disabledAccounts()).isEqualTo("2");

        world.reactivate(1);
        world.deliver();
        signsIn("account-1", "account-1b");
        assertThat(world.disabledAccounts()).isEqualTo("0");
    }

    @Test
    void anAccountThatStaffOfTheProviderHaveBannedStaysBanned() {
        world.keycloak.setEnabled("account-1", false);
        world.ask(AccountFlow.DEACTIVATE, 1);
        world.reactivate(1);
        world.ask(AccountFlow.DEACTIVATE, 1);
        world.deliver();
        world.reactivate(1);
        world.deliver();
        isRefused("account-1");
        signsIn("account-1b");
    }

    @Test
    void aRequestToDeleteEndsSessionsAndLeavesTheAccountEnabled() {
        signsIn("account-2", "account-4");
        world.ask(AccountFlow.DELETE_DATA, 4);
        world.deliver();
        assertThat(world.keycloak.sessions("account-4")).as("data alone").isEqualTo(1);
        world.ask(AccountFlow.DELETE_ACCOUNT, 2);
        world.deliver();
        assertThat(world.keycloak.sessions("account-2")).isZero();
        signsIn("account-2");
    }

    @Test
    void aDeactivatedPersonWhoCancelsADeletionStaysDeactivated() {
        world.ask(AccountFlow.DEACTIVATE, 2);
        world.ask(AccountFlow.DELETE_ACCOUNT, 2);
        world.cancel(2);
        world.deliver();
        isRefused("account-2");
        world.reactivate(2);
        world.deliver();
        signsIn("account-2");
    }

    @Test
    void anEventThatComesLateDoesNotDisableAPersonWhoIsBack() {
        world.ask(AccountFlow.DEACTIVATE, 2);
        world.deliver();
        world.reactivate(2);
        world.deliver();
        world.resend("user.deactivated");
        world.deliver();
        signsIn("account-2");
        assertThat(world.disabledAccounts()).isEqualTo("0");
    }

    @Test
    void anErasedPersonsAccountsAreRemovedAndTheSystemAnswers() {
        signsIn("account-1");
        world.ask(AccountFlow.DELETE_ACCOUNT, 1);
        world.ask(AccountFlow.DELETE_ACCOUNT, 3);
        world.eraseDue();
        world.deliver();
        assertThat(world.keycloak.isThere("account-1") || world.keycloak.isThere("account-1b"))
                .isFalse();
        assertThat(world.keycloak.isThere("account-2")).isTrue();
        assertThat(world.entries())
                .filteredOn(e -> e.type().equals("user.erased"))
                .extracting(DeliveryEntry::answer)
                .containsExactlyInAnyOrder("erased", "nothing-found");
        world.resend("user.erased");
        world.deliver();
        assertThat(world.entries()).extracting(DeliveryEntry::state).containsOnly("delivered");
    }

    @Test
    void anErasedRowOfTheProvidersOwnDatabaseIsNotUsedFromItsCache() {
        signsIn("account-2");
        world.ask(AccountFlow.DELETE_ACCOUNT, 2);
        world.eraseDue();
        world.keycloak.deleteRow("account-2");
        isRefused("account-2");
        world.deliver();
        isRefused("account-2");
        assertThat(world.entries().get(0).answer()).isEqualTo("nothing-found");
    }

    @Test
    void erasedDataLeavesTheAccount() {
        world.ask(AccountFlow.DELETE_DATA, 2);
        world.eraseDue();
        world.deliver();
        signsIn("account-2");
        assertThat(world.entries().get(0).answer()).isEqualTo("nothing-found");
    }

    @Test
    void aTokenIsUsedForAllCallsUntilItIsRefused() {
        world.ask(AccountFlow.DEACTIVATE, 1);
        world.ask(AccountFlow.DEACTIVATE, 2);
        world.deliver();
        assertThat(world.keycloak.calls()).containsOnlyOnce("token");
        world.keycloak.expireTokens();
        world.reactivate(1);
        world.deliver();
        signsIn("account-1");
        assertThat(world.keycloak.calls()).filteredOn("token"::equals).hasSize(2);
    }

    @Test
    void aLostAnswerOfTheCallThatDisablesIsNoBanOfOthers() {
        world.keycloak.fail("put", Fault.LOSE_ANSWER);
        world.ask(AccountFlow.DEACTIVATE, 2);
        world.deliver();
        assertThat(failure()).isEqualTo("broken-off");
        isRefused("account-2");
        assertThat(world.disabledAccounts()).as("recorded before the call").isEqualTo("1");
        world.deliverLater();
        world.reactivate(2);
        world.deliver();
        signsIn("account-2");
    }

    @Test
    void aPersonWhoComesBackBeforeTheProviderDoesKeepsTheAccount() {
        world.keycloak.fail("put", Fault.LOSE_ANSWER);
        world.ask(AccountFlow.DEACTIVATE, 2);
        world.deliver();
        world.reactivate(2);
        world.deliverLater();
        signsIn("account-2");
        assertThat(world.disabledAccounts()).isEqualTo("0");
    }

    @Test
    void whatFailsIsToldByAWordAndTriedAgain() {
        world.keycloak.fail("get", Fault.STATUS_403, Fault.STATUS_500, Fault.HANG, Fault.REDIRECT);
        world.keycloak.fail("token", Fault.STATUS_404);
        world.ask(AccountFlow.DEACTIVATE, 2);
        for (String word : List.of("token-404", "403", "500", "timeout", "302")) {
            world.deliverLater();
            assertThat(failure()).isEqualTo(word);
        }
        assertThat(world.keycloak.calls()).doesNotContain("unknown");
        world.deliverLater();
        isRefused("account-2");
    }

    @Test
    void withoutTheRightToClearCachesAnErasureIsDoneAllTheSame() {
        world.keycloak.grant("manage-users");
        world.exeunt.erase(world.mapped.map(), List.of("2"), receipt -> {});
        world.deliver();
        assertThat(world.entries().get(0).answer()).isEqualTo("erased");
        assertThat(world.keycloak.calls()).endsWith("delete", "clear");
    }

    @Test
    void withoutTheRightToManageUsersNothingIsTaken() {
        world.keycloak.grant("view-users");
        world.ask(AccountFlow.DEACTIVATE, 2);
        world.deliver();
        assertThat(failure()).isEqualTo("403");
        signsIn("account-2");
    }

    @Test
    void aPersonIsSignedOutBeforeTheErasureAndRemovedAfterwards() {
        signsIn("account-2");
        world.ask(AccountFlow.DELETE_ACCOUNT, 2);
        world.deliver();
        signsIn("account-2");
        world.clock.advance(Duration.ofDays(8));
        assertThat(world.reap()).isZero();
        world.deliver();
        isRefused("account-2");
        assertThat(world.keycloak.sessions("account-2")).isZero();
        assertThat(world.mapped.database().scalar("SELECT count(*) FROM people WHERE id = 2"))
                .isEqualTo("1");
        assertThat(world.reap()).isEqualTo(1);
        world.deliver();
        assertThat(world.keycloak.isThere("account-2")).isFalse();
        assertThat(world.disabledAccounts()).isEqualTo("0");
    }

    @Test
    void aPersonWhoCancelsBeforeTheErasureSignsInAgainAlsoWhereAnAnswerWasLost() {
        world.keycloak.fail("put", Fault.LOSE_ANSWER);
        world.ask(AccountFlow.DELETE_ACCOUNT, 2);
        world.clock.advance(Duration.ofDays(8));
        world.reap();
        world.deliver();
        isRefused("account-2");
        world.cancel(2);
        world.deliverLater();
        signsIn("account-2");
        assertThat(world.disabledAccounts()).isEqualTo("0");
    }

    @Test
    void aProviderThatIsAwayHoldsAnErasureUpForItsTimeAndRemovesTheAccountLater() {
        world.keycloak.fail("get", Fault.HANG);
        world.ask(AccountFlow.DELETE_ACCOUNT, 2);
        world.deliver();
        world.clock.advance(Duration.ofDays(8));
        world.reap();
        world.deliver();
        assertThat(failure()).isEqualTo("timeout");
        world.clock.advance(Duration.ofMinutes(10));
        assertThat(world.reap()).isEqualTo(1);
        world.deliverLater();
        assertThat(world.keycloak.isThere("account-2")).isFalse();
        assertThat(world.keycloak.calls())
                .as("no account is disabled after the erasure")
                .doesNotContain("put");
    }

    @Test
    void aPersonWhoseErasureFailsSignsInUntilTheNextAttempt() {
        world.ask(AccountFlow.DELETE_ACCOUNT, 2);
        world.mapped.database().execute("""
                CREATE FUNCTION no() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;
                CREATE TRIGGER no BEFORE DELETE ON people FOR EACH ROW EXECUTE FUNCTION no();
                """);
        world.eraseDue();
        isRefused("account-2");
        world.deliver();
        signsIn("account-2");
        world.clock.advance(Duration.ofMinutes(10));
        world.reap();
        world.deliver();
        isRefused("account-2");
    }
}
