package dev.exeunt.internal.enforce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.map.AccountFlow;
import dev.exeunt.request.AccountRequests.ReapResult;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the two forms of a policy: both hide the same rows, and PostgreSQL runs each as the map's word promises. */
class EnforcedPolicyFormsTest {

    private static final String SCHEMA = """
            CREATE TABLE users (tenant int, id bigint, email text NOT NULL, PRIMARY KEY (tenant, id));
            CREATE TABLE posts (id bigint PRIMARY KEY, author bigint, space int, made timestamptz NOT NULL,
                FOREIGN KEY (author, space) REFERENCES users (id, tenant));
            CREATE INDEX ON posts (author, space);
            INSERT INTO users SELECT t, n, 'u' || n FROM generate_series(1, 3) AS t, generate_series(1, 3) AS n;
            INSERT INTO posts SELECT 10 * t + n, n, t, '2026-02-01' FROM generate_series(1, 3) AS t, generate_series(1, 3) AS n;
            INSERT INTO posts VALUES (99, NULL, NULL, '2026-02-01');
            GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO APP;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: [tenant, id] }
            flows: { delete-data: { grace: 30d }, deactivate: { grace: 30d } }
            tables:
              users: { erase: { anonymize: { email: "gone-{key}" } } }
              posts: { subject: [author, space], created: made, policy: FORM, new-rows: refuse, erase: delete }
            roles: { application: [APP] }
            """;

    private EnforcedApplication application;

    private void start(String form) {
        application = EnforcedApplication.of(SCHEMA, MAP.replace("FORM", form));
        application.enforcement().apply();
    }

    @AfterEach
    void close() {
        application.close();
    }

    private List<String> posts() {
        return application.read("app", "SELECT id FROM posts ORDER BY id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "feed"})
    void hidesTheRowsOfThePersonWhoseKeyAForeignKeyHoldsInAnotherOrder(String form) {
        start(form);
        application.ask(AccountFlow.DEACTIVATE, "1,3");
        assertThat(posts()).containsExactly("11", "12", "21", "22", "23", "31", "32", "33", "99");
        assertThat(application.write("app", "INSERT INTO posts VALUES (100, 3, 1, now())"))
                .isEqualTo("42501");
        assertThat(application.write("app", "INSERT INTO posts VALUES (100, 1, 3, now())"))
                .isEmpty();
        application.requests().reactivate("1,3", Actor.SELF, null);
        assertThat(posts()).hasSize(11);
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "feed"})
    void hidesWhatIsOlderThanARequestToDeleteData(String form) {
        start(form);
        Request request = application.ask(AccountFlow.DELETE_DATA, "1,3");
        assertThat(application.write("app", "INSERT INTO posts VALUES (100, 3, 1, '2026-03-02')"))
                .isEmpty();
        assertThat(posts()).containsExactly("11", "12", "21", "22", "23", "31", "32", "33", "99", "100");
        application.ask(AccountFlow.DEACTIVATE, "2,1");
        assertThat(posts()).doesNotContain("21", "13").contains("12", "100");
        application.clock().set(request.dueAt());
        assertThat(application.requests().eraseDue("w")).isEqualTo(new ReapResult(2, 0, 0));
        assertThat(posts()).contains("100").doesNotContain("13");
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE_DATA", "DEACTIVATE"})
    void aMapWithoutMarkersHidesWithoutWritingToARow(String flow) {
        start("scan");
        assertThat(application.exeunt().check(application.map()).findings()).isEmpty();
        String versions = "SELECT ctid::text || xmin::text FROM posts ORDER BY id";
        List<String> before = application.database().column(versions);
        List<String> all = posts();
        application.ask(AccountFlow.valueOf(flow), "1,3");
        assertThat(posts()).hasSize(all.size() - 1).doesNotContain("13");
        assertThat(application.database().column(versions)).isEqualTo(before);
        assertThat(application.database().column("SELECT table_name FROM exeunt.hidden"))
                .isEmpty();
        if (flow.equals("DEACTIVATE")) {
            application.requests().reactivate("1,3", Actor.SELF, null);
        } else {
            application.requests().cancel("1,3", Actor.SELF, null);
        }
        assertThat(posts()).isEqualTo(all);
        assertThat(application.database().column(versions)).isEqualTo(before);
    }

    /** A set that is empty since a VACUUM looks free to PostgreSQL, which would then ask it for each row. */
    @ParameterizedTest
    @CsvSource({"scan, false", "scan, true", "feed, true"})
    void readsTheHiddenSetAsTheWordSays(String form, boolean left) throws SQLException {
        start(form);
        if (left) {
            application.ask(AccountFlow.DEACTIVATE, "1,3");
        }
        application
                .database()
                .execute("INSERT INTO posts SELECT n, 1, 1, now() FROM generate_series(1000, 20000) AS n");
        for (String table : List.of("posts", "exeunt.absent_account", "exeunt.absent_data")) {
            application.database().execute("ALTER TABLE " + table + " SET (autovacuum_enabled = false)");
            application.database().execute("VACUUM ANALYZE " + table);
        }
        try (Connection connection = application.connect("app")) {
            String plan = String.join(
                    "\n",
                    EnforcedApplication.read(
                            connection, "EXPLAIN (ANALYZE, TIMING OFF, COSTS OFF) SELECT id FROM posts"));
            if (form.equals("scan")) {
                assertThat(plan).contains("hashed SubPlan").doesNotContain("loops=19");
            } else {
                assertThat(plan).doesNotContain("hashed").contains("loops=19");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"scan", "feed"})
    void saysWhichFormThePolicyHas(String form) {
        start(form);
        String choice = "Policy of posts: " + form + ". ";
        assertThat(application.enforcement().status().policies())
                .hasSize(2)
                .anyMatch(policy -> policy.startsWith(choice));
        assertThat(application.enforcement().script()).contains("-- " + choice);
        String other = form.equals("scan") ? "feed" : "scan";
        assertThat(application.enforcement(MAP.replace("FORM", other)).status().differences())
                .containsExactly("exeunt_absent on public.posts is not what the map says now.");
    }

    @Test
    void refusesAFeedOfWhichNoIndexFindsThePerson() {
        start("scan");
        application.database().execute("""
                CREATE TABLE notes (id int PRIMARY KEY, space text NOT NULL, author text NOT NULL);
                CREATE INDEX ON notes (space, author)""");
        String map = MAP.replace("FORM", "scan")
                .replace(
                        "roles:",
                        "  notes: { subject: [space, author], scope: account, policy: feed, erase: delete }\nroles:");
        assertThatThrownBy(() -> application.enforcement(map).apply())
                .hasMessageContaining("The policy of notes cannot be feed")
                .hasMessageContaining("Write policy: scan");
        application.enforcement(map.replace("policy: feed", "policy: scan")).apply();
    }
}
