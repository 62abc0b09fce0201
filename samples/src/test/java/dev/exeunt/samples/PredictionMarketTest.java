package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.samples.SampleCommands.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The prediction market's rows of the acceptance table, as far as commands carry them out. */
class PredictionMarketTest {

    /** What the chain refers to, whoever made it. */
    private static final String ON_CHAIN = """
            SELECT concat_ws('/', 'market', id, on_chain_id, tx_hash, pool, status) FROM markets WHERE tx_hash IS NOT NULL
            UNION ALL SELECT concat_ws('/', 'prediction', id, market_id, user_id, outcome, stake, payout, tx_hash) FROM predictions
            UNION ALL SELECT concat_ws('/', 'event', tx_hash, wallet_address, kind, amount, block) FROM chain_events
            ORDER BY 1
            """;

    private static final String BOOKS = """
            SELECT concat_ws('/', m.id, count(p.id), sum(p.stake), sum(p.payout), count(DISTINCT p.user_id))
            FROM markets m LEFT JOIN predictions p ON p.market_id = m.id GROUP BY m.id ORDER BY m.id
            """;

    @TempDir
    Path folder;

    @Test
    @DisplayName("the map passes check strictly, and offers one flow, without grace")
    void check() {
        try (LoadedSample sample = LoadedSample.load("prediction-market")) {
            CommandResult check = new SampleCommands(sample).run("check", "--strict");
            assertThat(check.code()).as(check.out()).isZero();
            assertThat(sample.map().offers()).singleElement().satisfies(offer -> {
                assertThat(offer.flow()).isEqualTo(AccountFlow.DELETE_ACCOUNT);
                assertThat(offer.grace()).isNull();
            });
        }
    }

    @Test
    @DisplayName("PM-03 the bundle is one document with every table the person has data in")
    void export() {
        try (LoadedSample sample = LoadedSample.load("prediction-market")) {
            JsonNode bundle = new SamplePerson(sample, "username:ada", folder).exported();
            Map<String, Integer> rows = new TreeMap<>();
            bundle.propertyStream()
                    .filter(p -> p.getValue().isArray())
                    .forEach(p -> rows.put(p.getKey(), p.getValue().size()));
            assertThat(rows)
                    .isEqualTo(new TreeMap<>(Map.ofEntries(
                            Map.entry("user", 1),
                            Map.entry("profile", 1),
                            Map.entry("preferences", 1),
                            Map.entry("sessions", 2),
                            Map.entry("newsletter", 1),
                            Map.entry("markets", 4),
                            Map.entry("predictions", 3),
                            Map.entry("chain_events", 5),
                            Map.entry("comments", 2),
                            Map.entry("watchlist", 2),
                            Map.entry("competitions", 1),
                            Map.entry("participations", 2),
                            Map.entry("leaderboard", 1),
                            Map.entry("notifications", 3))));
            assertThat(SamplePerson.column(bundle, "participations", "competitions.title"))
                    .containsExactlyInAnyOrder("Spring cup", "Autumn cup");
            assertThat(SamplePerson.column(bundle, "predictions", "stake")).contains("100.0000001");
            assertThat(bundle.toString())
                    .doesNotContain("refresh-hash", "GBEN7Q4WALLET", "Nonsense", "ada staked against you", "0xp11");
        }
    }

    @Test
    @DisplayName("PM-06 the person is anonymised, what is nothing but personal is gone, everything else is as it was")
    void erase() {
        try (LoadedSample erased = LoadedSample.load("prediction-market");
                LoadedSample expected = LoadedSample.load("prediction-market")) {
            new SamplePerson(erased, "email:ada@market.example", folder).erased();
            String name = erased.database().scalar("SELECT username FROM users WHERE id = 1");
            // another person already is deleted-1
            assertThat(name).matches("deleted-1-[0-9a-f]{8}");
            String moment = erased.database().scalar("SELECT deleted_at::text FROM users WHERE id = 1");
            expected.database().execute(byHand(name, moment));
            Map<String, List<String>> after = erased.database().snapshot();
            expected.database()
                    .snapshot()
                    .forEach((table, rows) ->
                            assertThat(after.get(table)).as(table).isEqualTo(rows));
        }
    }

    private static String byHand(String username, String moment) {
        return """
                UPDATE users SET email = NULL, username = '%s', wallet_address = NULL, display_name = 'Deleted user', bio = NULL,
                  avatar_url = NULL, last_login_at = NULL, deleted_at = '%s' WHERE id = 1;
                DELETE FROM user_profiles WHERE user_id = 1;
                DELETE FROM user_preferences WHERE user_id = 1;
                DELETE FROM refresh_tokens WHERE user_id = 1;
                DELETE FROM newsletter_subscribers WHERE email = 'ADA@market.example';
                UPDATE markets SET title = '[withdrawn]', description = NULL WHERE id IN (5, 6);
                UPDATE predictions SET rationale = NULL WHERE id IN (10, 12, 14);
                UPDATE market_comments SET body = '[deleted]' WHERE id IN (1, 3);
                DELETE FROM watchlist_items WHERE user_id = 1;
                UPDATE competitions SET creator_id = NULL WHERE id = 1;
                UPDATE leaderboard_entries SET display_name = 'Deleted user' WHERE user_id = 1;
                DELETE FROM notifications WHERE user_id = 1;
                UPDATE notifications SET actor_id = NULL, message = 'A person who has since left was here', payload = NULL
                WHERE actor_id = 1;
                """.formatted(username, moment);
    }

    @Test
    @DisplayName("PM-06 whichever statement fails, nothing has changed")
    void atomic() {
        try (LoadedSample sample = LoadedSample.load("prediction-market")) {
            Map<String, List<String>> before = sample.database().snapshot();
            sample.database().execute("""
                    CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''injected''; END'
                    """);
            for (String table : written(before)) {
                sample.database()
                        .execute("CREATE TRIGGER fail AFTER UPDATE OR DELETE ON " + table
                                + " FOR EACH ROW EXECUTE FUNCTION fail()");
                assertThat(new SamplePerson(sample, "1", folder).erase().err())
                        .as(table)
                        .contains(table, "P0001");
                sample.database().execute("DROP TRIGGER fail ON " + table);
                assertThat(sample.database().snapshot()).as(table).isEqualTo(before);
            }
            new SamplePerson(sample, "1", folder).erased();
        }
    }

    /** The tables that an erasure of the same person writes. */
    private TreeSet<String> written(Map<String, List<String>> before) {
        try (LoadedSample sample = LoadedSample.load("prediction-market")) {
            new SamplePerson(sample, "1", folder).erased();
            Map<String, List<String>> after = sample.database().snapshot();
            TreeSet<String> written = new TreeSet<>(before.keySet());
            written.removeIf(table -> before.get(table).equals(after.get(table)));
            assertThat(written).hasSize(12);
            return written;
        }
    }

    @Test
    @DisplayName("PM-07 ids, hashes and amounts that a blockchain refers to stay; each market's books are the same")
    void chain() {
        try (LoadedSample sample = LoadedSample.load("prediction-market")) {
            List<String> onChain = sample.database().column(ON_CHAIN);
            List<String> books = sample.database().column(BOOKS);
            assertThat(onChain).hasSize(4 + 6 + 9);
            new SamplePerson(sample, "wallet_address:GADA7Q4WALLET", folder).erased();
            assertThat(sample.database().column(ON_CHAIN)).isEqualTo(onChain);
            assertThat(sample.database().column(BOOKS)).isEqualTo(books);
        }
    }

    @Test
    @DisplayName("PM-08 nothing is left to sign in with, and deleted_at is set")
    void noWayIn() {
        try (LoadedSample sample = LoadedSample.load("prediction-market")) {
            new SamplePerson(sample, "1", folder).erased();
            assertThat(sample.database()
                            .scalar("SELECT concat_ws('/', email, wallet_address, deleted_at IS NOT NULL) FROM users"
                                    + " WHERE id = 1"))
                    .isEqualTo("t");
            assertThat(sample.database().scalar("SELECT count(*) FROM refresh_tokens WHERE user_id = 1"))
                    .isEqualTo("0");
        }
    }
}
