package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.RowEnforcement;
import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.NewRequest;
import dev.exeunt.request.Request;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests acceptance rows that the database itself makes true, with connections of the applications' own roles. */
class EnforcedSamplesTest {

    private static final String ANNA = "1001";
    private static final String LEAVER = "8d8685d5-b9fb-a13a-c65f-751077267bbc";

    private SampleTestApplication application;

    private void start(String sample) {
        application = SampleTestApplication.of(sample);
        enforcement().apply();
    }

    private RowEnforcement enforcement() {
        return application.exeunt().enforcement(application.sample().map());
    }

    @AfterEach
    void close() {
        application.close();
    }

    /** A role that logs in, and is a member of one of the sample's. */
    private Connection connect(String role) throws SQLException {
        String login = "login_" + application.sample().database().databaseName() + "_" + role;
        if (application
                .column("SELECT rolname FROM pg_roles WHERE rolname = '" + login + "'")
                .isEmpty()) {
            application.sample().database().createRole(login);
            application.execute("GRANT " + role + " TO " + login);
        }
        return application.sample().database().connectionAs(login);
    }

    private List<String> read(String role, String sql) {
        try (Connection connection = connect(role);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Returns the SQLSTATE; empty where the statement went through. */
    private String write(String role, String sql) {
        try (Connection connection = connect(role);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
            return "";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"guild_bot", "guild_web"})
    @DisplayName("GP-05 soft-deleted rows are absent from ordinary reads of both clients")
    void absent(String client) {
        start("guild-platform");
        String messages = "SELECT id FROM messages WHERE author_id = 1001 ORDER BY id";
        List<String> before = read(client, messages);
        List<String> others = read(client, "SELECT id FROM messages WHERE author_id <> 1001 ORDER BY id");
        assertThat(before).isNotEmpty();
        application.requests().submit(application.ask(AccountFlow.DEACTIVATE, ANNA, "anna"));
        for (String table : List.of(
                "messages WHERE author_id",
                "characters WHERE user_id",
                "profiles WHERE user_id",
                "guild_members WHERE user_id",
                "event_signups WHERE user_id",
                "users WHERE id")) {
            assertThat(read(client, "SELECT 1 FROM " + table + " = 1001"))
                    .as(table)
                    .isEmpty();
        }
        assertThat(read(client, "SELECT id FROM messages WHERE author_id <> 1001 ORDER BY id"))
                .isEqualTo(others);
        assertThat(read("guild_moderation", messages)).isEqualTo(before);
        assertThat(write(client, "INSERT INTO messages (guild_id, author_id, body) VALUES (1, 1001, 'still here')"))
                .isEqualTo("42501");
        application.requests().reactivate(ANNA, Actor.SELF, null);
        assertThat(read(client, messages)).isEqualTo(before);
    }

    @Test
    @DisplayName(
            "GP-03 GP-05 what was there at delete my data is absent for both clients, and what is made afterwards is not")
    void absentData() {
        start("guild-platform");
        List<String> events = read("guild_bot", "SELECT id FROM guild_events ORDER BY id");
        Request request = application.requests().submit(application.ask(AccountFlow.DELETE_DATA, ANNA, "anna"));
        application.setTime(application.now().plusSeconds(60));
        for (String client : List.of("guild_bot", "guild_web")) {
            assertThat(write(
                            client,
                            "INSERT INTO messages (guild_id, author_id, body, created_at) VALUES (1, 1001, 'anew "
                                    + client + "', '" + application.now() + "')"))
                    .isEmpty();
            assertThat(read(client, "SELECT 1 FROM characters WHERE user_id = 1001"))
                    .isEmpty();
            assertThat(read(client, "SELECT handle FROM users WHERE id = 1001")).containsExactly("anna");
        }
        assertThat(read("guild_web", "SELECT body FROM messages WHERE author_id = 1001 ORDER BY 1"))
                .containsExactly("anew guild_bot", "anew guild_web");
        assertThat(read("guild_bot", "SELECT id FROM guild_events ORDER BY id")).isEqualTo(events);
        application.setTime(request.dueAt());
        assertThat(application.requests().eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(read(
                        "guild_bot",
                        "SELECT body FROM messages WHERE author_id = 1001 AND body LIKE 'anew%' ORDER BY 1"))
                .containsExactly("anew guild_bot", "anew guild_web");
    }

    @Test
    @DisplayName(
            "GP-08 evidence outlives the hard delete; both clients read infractions, and only moderators what they cite")
    void evidence() {
        start("guild-platform");
        List<String> infractions = application.column("SELECT id::text FROM infractions ORDER BY id");
        String cited =
                "SELECT m.id FROM messages m JOIN infraction_evidence e ON e.message_id = m.id WHERE m.author_id = 1001 ORDER BY 1";
        List<String> evidence = application.column(cited);
        assertThat(evidence).isNotEmpty();
        Request request = application.requests().submit(application.ask(AccountFlow.DEACTIVATE, ANNA, "anna"));
        application.setTime(request.dueAt());
        assertThat(application.requests().eraseDue("w")).isEqualTo(new ReapResult(1, 0, 0));
        assertThat(read("guild_moderation", cited)).isEqualTo(evidence);
        assertThat(read("guild_moderation", "SELECT handle FROM users WHERE id = 1001"))
                .allMatch(handle -> handle.startsWith("deleted-1001"));
        for (String client : List.of("guild_bot", "guild_web")) {
            assertThat(read(client, "SELECT id FROM infractions ORDER BY id")).isEqualTo(infractions);
            assertThat(read(client, cited)).isEmpty();
            assertThat(read(client, "SELECT 1 FROM users WHERE id = 1001")).isEmpty();
        }
    }

    @Test
    @DisplayName("CL-08 from the lock on, the database refuses new posts, comments and uploads of the person")
    void refused() {
        start("catch-log");
        application.requests().submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, LEAVER));
        String other = application
                .column("SELECT id::text FROM profiles WHERE id <> '" + LEAVER + "' AND NOT is_deleted LIMIT 1")
                .get(0);
        String post = application
                .column("SELECT id::text FROM catches WHERE user_id = '" + other + "' LIMIT 1")
                .get(0);
        for (String role : List.of("catch_web", "catch_moderation")) {
            assertThat(write(role, post(LEAVER))).isEqualTo("42501");
            assertThat(write(role, comment(post, LEAVER))).isEqualTo("42501");
            assertThat(write(role, "UPDATE catches SET user_id = '" + LEAVER + "' WHERE id = '" + post + "'"))
                    .isEqualTo("42501");
            assertThat(write(role, post(other))).isEmpty();
            assertThat(write(role, comment(post, other))).isEmpty();
        }
        String media = "SELECT count(*) FROM catches WHERE user_id = '" + LEAVER + "' AND media_paths IS NOT NULL";
        write("catch_web", "UPDATE catches SET media_paths = '{new.jpg}' WHERE user_id = '" + LEAVER + "'");
        assertThat(application.column(media)).as("uploads to old catches").containsExactly("0");
    }

    private static String post(String person) {
        return "INSERT INTO catches (id, user_id, title, caught_at, media_paths) VALUES (gen_random_uuid(), '" + person
                + "', 'Pike', now(), '{pike.jpg}')";
    }

    private static String comment(String post, String person) {
        return "INSERT INTO catch_comments (catch_id, user_id, body) VALUES ('" + post + "', '" + person + "', 'Nice')";
    }

    @Test
    @DisplayName(
            "CL-09 deleted profiles and catches are absent for the application, comments stay as tombstones, moderators see all")
    void tombstones() {
        start("catch-log");
        String comments = "SELECT id FROM catch_comments WHERE user_id = '" + LEAVER + "' ORDER BY id";
        String catches = "SELECT id FROM catches WHERE user_id = '" + LEAVER + "' ORDER BY id";
        List<String> written = read("catch_web", comments);
        List<String> caught = read("catch_web", catches);
        assertThat(written).isNotEmpty();
        assertThat(caught).isNotEmpty();
        application.requests().submit(NewRequest.self(AccountFlow.DELETE_ACCOUNT, LEAVER));
        assertThat(read("catch_web", catches)).isEmpty();
        assertThat(read("catch_web", "SELECT 1 FROM profiles WHERE id = '" + LEAVER + "'"))
                .isEmpty();
        assertThat(read("catch_web", "SELECT 1 FROM profiles WHERE username LIKE 'deleted-%' AND is_deleted"))
                .isEmpty();
        assertThat(read("catch_web", comments)).isEqualTo(written);
        assertThat(read("catch_web", "SELECT DISTINCT body FROM catch_comments WHERE user_id = '" + LEAVER + "'"))
                .containsExactly("[deleted]");
        assertThat(read("catch_moderation", catches)).isEqualTo(caught);
        assertThat(read("catch_moderation", "SELECT display_name FROM profiles WHERE id = '" + LEAVER + "'"))
                .containsExactly("Deleted user");
        assertThat(enforcement().status().differences()).isEmpty();
    }
}
