package dev.exeunt.spring.external;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.spring.external.http.GuardedHttpClient.CallLimits;
import dev.exeunt.spring.external.keycloak.KeycloakApi;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.spring.settings.ExternalSystemSettings.KeycloakSettings;
import dev.exeunt.support.event.DeliveryEntry;
import dev.exeunt.support.event.DisabledAccounts;
import dev.exeunt.support.event.EventOutbox;
import dev.exeunt.support.event.ExternalSystems;
import dev.exeunt.support.event.ExternalSystems.DeliveryFilter;
import dev.exeunt.testkit.KeycloakStandIn;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;

/** Holds an application whose people sign in with accounts at a stand-in for Keycloak. Person 1 has two accounts, person 3 has none. */
final class KeycloakTestWorld implements AutoCloseable {

    static final String SYSTEM = "identity-provider";

    private static final HashKey KEY = HashKey.ofHex("0123456789abcdef".repeat(4));

    private static final CallLimits SHORT =
            new CallLimits(Duration.ofSeconds(2), Duration.ofMillis(700), Duration.ofMillis(1500));

    private static final String TABLES = """
            CREATE TABLE people (id int PRIMARY KEY, legal_hold boolean NOT NULL DEFAULT false, left_at timestamptz);
            CREATE TABLE logins (account text PRIMARY KEY, person int NOT NULL REFERENCES people);
            CREATE INDEX ON logins (person);
            INSERT INTO people SELECT generate_series(1, 9);
            INSERT INTO logins VALUES ('account-1', 1), ('account-1b', 1), ('account-2', 2), ('account-4', 4), ('account-5', 5);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            flows:
              deactivate: { grace: 30d }
              delete-account: { grace: 7d }
              delete-data: { grace: 7d }
            tables:
              people: { hide: { set: { left_at: "{now}" } }, erase: delete }
              logins: { subject: person, hide: stash, erase: delete }
            external:
              identity-provider:
                locators: select account from logins where person = :subject order by account
                deadline: 30d
                before-erasure: 10min
            """;

    final SettableClock clock = new SettableClock(MappedDatabase.NOW);
    final KeycloakStandIn keycloak = new KeycloakStandIn();
    final MappedDatabase mapped;
    final AccountRequests requests;
    final Exeunt exeunt;
    private final ExternalSystems systems;
    private final ExecutorService senders = Executors.newSingleThreadExecutor();
    private final KeycloakReceiver receiver;
    private final EventDelivery delivery;

    KeycloakTestWorld() {
        mapped = MappedDatabase.of(TABLES, MAP);
        Database database = Database.at(
                mapped.database().jdbcUrl(),
                mapped.database().user(),
                mapped.database().password());
        exeunt = Exeunt.builder(database).clock(clock).key(KEY).build();
        exeunt.migrate();
        requests = exeunt.requests(mapped.map());
        systems = ExternalSystems.open(database, clock, KEY, mapped.map());
        EventOutbox outbox = EventOutbox.open(database, clock, KEY, mapped.map());
        receiver = new KeycloakReceiver(
                new KeycloakApi(settings(keycloak.address()), SHORT),
                DisabledAccounts.open(database, clock, KEY, mapped.map()),
                EventOutbox.hasLocators(mapped.map(), SYSTEM));
        delivery = new EventDelivery(outbox, SYSTEM, receiver, senders, RandomGenerator.getDefault());
        List.of("account-1", "account-1b", "account-2", "account-4", "account-5")
                .forEach(keycloak::addUser);
    }

    static ExternalSystemSettings settings(String address) {
        return new ExternalSystemSettings(
                SYSTEM,
                null,
                List.of(),
                true,
                new KeycloakSettings(
                        URI.create(address),
                        KeycloakStandIn.REALM,
                        KeycloakStandIn.CLIENT,
                        new SecretValue(KeycloakStandIn.SECRET)));
    }

    void ask(AccountFlow flow, int person) {
        requests.submit(NewRequest.self(flow, Integer.toString(person)));
    }

    void reactivate(int person) {
        requests.reactivate(Integer.toString(person), Actor.SELF, null);
    }

    void cancel(int person) {
        requests.cancel(Integer.toString(person), Actor.SELF, null);
    }

    /** Reaps once; returns how many people were erased. */
    int reap() {
        return requests.eraseDue("reaper").erased();
    }

    /** Erases what is due after a week, once the provider has taken what comes before. */
    void eraseDue() {
        clock.advance(Duration.ofDays(8));
        reap();
        deliver();
        reap();
    }

    /** Delivers what can be delivered now. An event that failed is tried again later. */
    void deliver() {
        while (delivery.deliverBatch("test").claimed() > 0) {
            // the next events of the same people
        }
    }

    /** Delivers what waits, and what has to be tried again. */
    void deliverLater() {
        clock.advance(Duration.ofHours(3));
        deliver();
    }

    /** Returns the deliveries, the latest first. */
    List<DeliveryEntry> entries() {
        return systems.list(SYSTEM, DeliveryFilter.ALL, 100);
    }

    /** Sends the latest event of a type again. */
    void resend(String type) {
        DeliveryEntry entry = entries().stream()
                .filter(e -> e.type().equals(type))
                .findFirst()
                .orElseThrow();
        if (!systems.resend(entry.event(), SYSTEM, Actor.staff("ann"), "for the test")) {
            throw new AssertionError(entry);
        }
    }

    String disabledAccounts() {
        return mapped.database().scalar("SELECT count(*) FROM exeunt.disabled_account");
    }

    @Override
    public void close() {
        senders.shutdownNow();
        receiver.close();
        keycloak.close();
        mapped.close();
    }
}
