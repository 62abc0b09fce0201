package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests the prediction market over HTTP with a person who has rows in every table. */
class PredictionMarketFullAccountHttpTest {

    private static final Map<String, Integer> ROWS = Map.ofEntries(
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
            Map.entry("notifications", 3),
            Map.entry("data_requests", 1));

    /**
     * Makes the table fail whose number the sequence has, with a message that holds the row, as an application's own trigger may. A
     * sequence, since it is read across transactions and changes nothing of the structure.
     */
    private static final String FAIL = """
            CREATE SEQUENCE failing;
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
              IF (SELECT last_value FROM failing) = TG_RELID::bigint THEN
                RAISE EXCEPTION 'refused for Ada@market.example: %', OLD;
              END IF;
              RETURN NULL;
            END $$;
            DO $$ DECLARE each regclass; BEGIN
              FOR each IN SELECT oid FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace LOOP
                EXECUTE format('CREATE TRIGGER fail AFTER UPDATE OR DELETE ON %s FOR EACH ROW EXECUTE FUNCTION fail()', each);
              END LOOP;
            END $$;
            """;

    @Test
    @DisplayName("PM-03 what is downloaded is one document with every table that the person has rows in")
    void bundle() {
        try (SpringTestApplication host = SpringTestApplication.of("prediction-market")) {
            String ada = host.token("1");
            String self = host.post("/account/export", ada, "{}").header("Location");
            HttpAnswer made = PollingLoop.until(() -> host.get(self, ada), a -> "ready".equals(a.at("state")));
            HttpAnswer bundle = host.get(host.get(made.at("download"), ada).header("Location"), null);
            Map<String, Integer> rows = new TreeMap<>();
            bundle.json()
                    .propertyStream()
                    .filter(p -> p.getValue().isArray())
                    .forEach(p -> rows.put(p.getKey(), p.getValue().size()));
            assertThat(rows).isEqualTo(new TreeMap<>(ROWS));
            assertThat(made.at("rows")).isEqualTo("30");
            assertThat(made.at("bytes")).isEqualTo("" + bundle.response().body().length);
            assertThat(bundle.text()).doesNotContain("refresh-hash", "GBEN7Q4WALLET", "Nonsense");
        }
    }

    @Test
    @DisplayName(
            "PM-06 DELETE /account is one transaction: whichever table fails, nothing has changed, and no detail is told")
    void atomic() {
        try (SpringTestApplication host = SpringTestApplication.with("prediction-market", FAIL)) {
            String ada = host.fresh("1");
            Map<String, List<String>> before = rows(host);
            for (String table : written(before)) {
                host.database().execute("SELECT setval('failing', '" + table + "'::regclass::bigint)");
                HttpAnswer failed = host.send("DELETE", "/account", ada, null);
                assertThat(failed.status()).as(table + ": " + failed).isEqualTo(500);
                assertThat(failed.problem()).isEqualTo("internal");
                assertThat(failed.text()).doesNotContainIgnoringCase("ada@", "refused for", table, "SQL", "at dev.");
                assertThat(failed.header("Set-Cookie")).isNull();
                assertThat(rows(host)).as(table).isEqualTo(before);
                assertThat(host.get("/gate/1", SpringTestApplication.SERVICE).at("state"))
                        .isEqualTo("allowed");
            }
            host.database().execute("SELECT setval('failing', 1)");
            assertThat(host.send("DELETE", "/account", ada, null).at("state")).isEqualTo("erased");
        }
    }

    /** All rows, ours too, but not when the scheduler last looked for work. */
    private static Map<String, List<String>> rows(SpringTestApplication host) {
        Map<String, List<String>> rows = host.database().snapshot();
        rows.remove("exeunt.job");
        return rows;
    }

    /** The tables that the same call writes where nothing fails. */
    private static TreeSet<String> written(Map<String, List<String>> before) {
        try (SpringTestApplication host = SpringTestApplication.of("prediction-market")) {
            assertThat(host.send("DELETE", "/account", host.fresh("1"), null).status())
                    .isEqualTo(200);
            Map<String, List<String>> after = host.database().snapshotWithout("exeunt");
            TreeSet<String> written = new TreeSet<>(after.keySet());
            written.removeIf(table -> before.get(table).equals(after.get(table)));
            assertThat(written).hasSize(12);
            return written;
        }
    }
}
