package dev.exeunt.support.event;

import dev.exeunt.Exeunt;
import dev.exeunt.HashKey;
import dev.exeunt.database.Database;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.map.TimeSpan;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import dev.exeunt.testkit.MappedDatabase;
import dev.exeunt.testkit.SettableClock;
import dev.exeunt.testkit.TestConnectionPool;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Holds an application whose map names external systems: a bot that is told, and billing, which has to answer. */
final class OutboxTestWorld implements AutoCloseable {

    static final HashKey KEY = HashKey.ofHex("0123456789abcdef".repeat(4));

    private static final JsonMapper JSON = new JsonMapper();

    private static final String TABLES = """
            CREATE TABLE people (tenant int, id int, name text, hidden_at timestamptz, PRIMARY KEY (tenant, id));
            CREATE TABLE subscriptions (id int PRIMARY KEY, tenant int, person int, customer text,
                FOREIGN KEY (tenant, person) REFERENCES people ON DELETE CASCADE);
            CREATE INDEX ON subscriptions (tenant, person);
            INSERT INTO people SELECT t, p, 'Name' || p FROM generate_series(1, 2) AS t, generate_series(1, {people}) AS p;
            INSERT INTO subscriptions SELECT 1000 * tenant + id, tenant, id, 'cus_' || tenant || id FROM people WHERE id < 4;
            INSERT INTO subscriptions VALUES (99, 1, 1, 'cus_second');
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: [tenant, id] }
            flows:
              deactivate: { grace: 30d }
              delete-account: { grace: 7d }
              delete-data: { grace: 7d }
            tables:
              people: { hide: { set: { hidden_at: "{now}" } }, erase: delete }
              subscriptions: { subject: [tenant, person], scope: data, hide: stash, erase: delete }
            external:
              bot: { events: [deactivated, reactivated, erasure_due_soon, erased] }
              billing:
                locators: select customer from subscriptions where (tenant, person) = :subject order by customer
                deadline: 10d
            """;

    private final List<TestConnectionPool> pools = new ArrayList<>();
    final SettableClock clock = new SettableClock(MappedDatabase.NOW);
    final MappedDatabase world;
    final Database database;
    final Exeunt exeunt;
    final AccountRequests requests;
    final EventOutbox outbox;
    final ExternalSystems systems;

    OutboxTestWorld() {
        this(4, null, "");
    }

    /**
     * @param people of each of the two tenants
     * @param grace of all flows; null for those of the map
     * @param more systems: lines of the map
     */
    OutboxTestWorld(int people, @Nullable TimeSpan grace, String more) {
        world = MappedDatabase.of(TABLES.replace("{people}", Integer.toString(people)), MAP + more);
        database = Database.at(
                        world.database().jdbcUrl(),
                        world.database().user(),
                        world.database().password())
                .pooled(fresh -> {
                    pools.add(new TestConnectionPool(fresh));
                    return pools.get(pools.size() - 1);
                });
        exeunt = Exeunt.builder(database).clock(clock).key(KEY).build();
        exeunt.migrate();
        requests = exeunt.requests(grace == null ? world.map() : world.map().withGrace(grace));
        outbox = EventOutbox.open(database, clock, KEY, world.map());
        systems = ExternalSystems.open(database, clock, KEY, world.map());
    }

    Request ask(AccountFlow flow, String key) {
        return requests.submit(NewRequest.self(flow, key));
    }

    /** Delivers what waits for a system now, and returns the bodies in the order in which they arrived. */
    List<JsonNode> deliver(String system) {
        List<JsonNode> bodies = new ArrayList<>();
        List<OutgoingEvent> claimed = outbox.claim(system, "test", 100);
        while (!claimed.isEmpty()) {
            claimed.forEach(e -> bodies.add(JSON.readTree(e.body().orElseThrow())));
            outbox.markDelivered(
                    system,
                    claimed.stream()
                            .map(e -> new EventOutbox.Delivered(e, null))
                            .toList());
            claimed = outbox.claim(system, "test", 100);
        }
        return bodies;
    }

    /** Delivers what waits for a system, and returns it as {@code type subject}. */
    List<String> deliverTypes(String system) {
        return deliver(system).stream()
                .map(b -> b.get("type").stringValue() + " "
                        + b.at("/data/subject").stringValue())
                .toList();
    }

    @Override
    public void close() {
        for (TestConnectionPool pool : pools) {
            try {
                pool.close();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
        world.close();
    }
}
