package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.testkit.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Walks through the catch log over SQL alone: a gateway asks as a person does behind PostgREST, the worker is the only other program.
 * The README of the sample says which words of the map make it so.
 */
class CatchLogSqlTest {

    private static final String LEAVER = "8d8685d5-b9fb-a13a-c65f-751077267bbc";
    private static final String ASK =
            "exeunt.request_deletion(flow => 'delete-account', confirm => ?, reason => 'too few fish')";

    private final LoadedSample sample = LoadedSample.load("catch-log");
    private final SettableClock clock = new SettableClock(LoadedSample.NOW);
    private AccountRequests requests;
    private Connection gateway;

    @BeforeEach
    void offer() throws IOException {
        sample.database().createRole("catch_gateway");
        sample.database().execute("ALTER ROLE catch_gateway NOINHERIT; GRANT catch_web TO catch_gateway");
        Exeunt exeunt = sample.withStores(Exeunt.builder(Database.at(
                        sample.database().jdbcUrl(),
                        sample.database().user(),
                        sample.database().password())))
                .clock(clock)
                .key(SampleTestApplication.KEY)
                .build();
        exeunt.migrate();
        DataMap map = map();
        requests = exeunt.requests(map);
        requests.makeGateFunction();
        requests.makeSqlFunctions();
        exeunt.enforcement(map).apply();
        gateway = sample.database().connectionAs("catch_gateway");
    }

    @AfterEach
    void close() throws SQLException {
        gateway.close();
        sample.close();
    }

    /** The sample's map with the two parts that its README shows. */
    private DataMap map() throws IOException {
        Matcher parts = Pattern.compile("```yaml\n(flows:.*?\n)(sql:.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(sample.folder().resolve("README.md")));
        assertThat(parts.find()).isTrue();
        String text = Files.readString(sample.folder().resolve("exeunt.yaml"))
                .replaceFirst("(?s)flows:.*?\n\n", Matcher.quoteReplacement(parts.group(1) + "\n"));
        return Exeunt.readMap(text + parts.group(2), "exeunt.yaml");
    }

    private String call(String key, String call, @Nullable String... values) throws SQLException {
        gateway.setAutoCommit(false);
        try {
            query(
                    "SELECT set_config('role', 'catch_web', true), set_config('exeunt.clock', ?, true)",
                    clock.instant().toString());
            query(
                    "SELECT set_config('request.jwt.claims', ?, true)",
                    "{\"role\": \"catch_web\", \"sub\": \"" + key + "\"}");
            String result = query("SELECT " + call, values);
            gateway.commit();
            return result;
        } catch (SQLException e) {
            gateway.rollback();
            throw e;
        }
    }

    private String query(String sql, @Nullable String... values) throws SQLException {
        try (PreparedStatement statement = gateway.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }

    private JsonNode json(String key, String call, @Nullable String... values) throws SQLException {
        return JsonMapper.shared().readTree(call(key, call, values));
    }

    private void refused(String sqlState, String key, String call, @Nullable String... values) {
        assertThatThrownBy(() -> call(key, call, values))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(sqlState));
    }

    private String visible(String table, String column) throws SQLException {
        return call(LEAVER, "(SELECT count(*) FROM " + table + " WHERE " + column + " = '" + LEAVER + "')");
    }

    @Test
    @DisplayName("CL-04 CL-05 CL-08 CL-09 over SQL alone: asked, hidden, taken back, asked again, erased")
    void leaves() throws SQLException {
        String address = sample.database().scalar("SELECT email FROM profiles WHERE id = '" + LEAVER + "'");
        Map<String, List<String>> before = sample.database().snapshotWithout("exeunt");
        JsonNode preview = json(LEAVER, "exeunt.preview('delete-account')");
        assertThat(preview.path("confirm").asString()).isEqualTo("email");
        String catches = visible("catches", "user_id");
        preview.path("rows").forEach(row -> {
            if (row.path("table").asString().equals("catches")) {
                assertThat(row.path("rows").asString()).isEqualTo(catches);
            }
        });
        insertCatch();
        refused("PT422", LEAVER, ASK, "angler-0042");
        assertThat(json(LEAVER, ASK, address).path("state").asString()).isEqualTo("waiting");
        assertThat(visible("profiles", "id")).as("until the worker comes").isEqualTo("1");

        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(visible("profiles", "id")).isEqualTo("0");
        assertThat(visible("catches", "user_id")).isEqualTo("0");
        assertThat(json(LEAVER, "exeunt.status()").path("gate").path("state").asString())
                .isEqualTo("scheduled");
        refused("42501", LEAVER, "(SELECT count(*) FROM exeunt.request)");
        assertThatThrownBy(this::insertCatch)
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));

        assertThat(json(LEAVER, "exeunt.cancel()").path("state").asString()).isEqualTo("cancelling");
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        assertThat(visible("catches", "user_id")).isEqualTo(catches);
        assertThat(sample.database().snapshotWithout("exeunt")).isEqualTo(before);

        json(LEAVER, ASK, address);
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        clock.advance(Duration.ofDays(14).minusSeconds(1));
        assertThat(requests.eraseDue("w").erased()).isZero();
        clock.advance(Duration.ofSeconds(1));
        assertThat(requests.eraseDue("w").erased()).isEqualTo(1);
        assertThat(sample.database()
                        .scalar("SELECT display_name || ' ' || moderation_status FROM profiles WHERE id = '" + LEAVER
                                + "'"))
                .isEqualTo("Deleted user deleted");
        assertThat(sample.database()
                        .column("SELECT DISTINCT body FROM catch_comments WHERE user_id = '" + LEAVER + "'"))
                .containsExactly("[deleted]");
        assertThat(json(LEAVER, "exeunt.status()").path("gate").path("state").asString())
                .isEqualTo("erased");
        for (String call : List.of("exeunt.cancel()", "exeunt.request_export()")) {
            refused("PT423", LEAVER, call);
        }
    }

    /** As the application does, and taken back. */
    private void insertCatch() throws SQLException {
        gateway.setAutoCommit(false);
        try (Statement statement = gateway.createStatement()) {
            statement.execute("SET LOCAL ROLE catch_web");
            statement.execute("INSERT INTO catches (id, user_id, title, caught_at) VALUES (gen_random_uuid(), '"
                    + LEAVER + "', 'late', now())");
            gateway.rollback();
        } catch (SQLException e) {
            gateway.rollback();
            throw e;
        }
    }

    @Test
    @DisplayName("CL-03 CL-07 over SQL alone: nobody acts for another; an admin is refused and told why")
    void admin() throws SQLException {
        String admin = sample.database().scalar("SELECT user_id FROM admin_users ORDER BY user_id LIMIT 1");
        String address = sample.database().scalar("SELECT email FROM profiles WHERE id = '" + admin + "'");
        json(admin, ASK, address);
        assertThat(requests.carryOutSqlRequests()).isEqualTo(1);
        JsonNode refusal = json(admin, "exeunt.status()").path("refused").path(0);
        assertThat(refusal.path("obstacles").path(0).path("message").asString()).startsWith("You are an administrator");
        assertThat(json(LEAVER, "exeunt.status()").path("refused")).isEmpty();
        refused("PT422", LEAVER, ASK, address);
        for (String nobody :
                List.of("", "catch_web", "00000000-0000-0000-0000-000000000000", LEAVER.toUpperCase(Locale.ROOT))) {
            refused("28000", nobody, "exeunt.status()");
        }
    }
}
