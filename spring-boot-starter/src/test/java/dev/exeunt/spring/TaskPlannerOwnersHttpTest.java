package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests the task planner over HTTP with a full account and with two owners of one organisation. */
class TaskPlannerOwnersHttpTest {

    private static final SpringTestApplication HOST = SpringTestApplication.of("task-planner");

    private static final String ADA = "a0000000-0000-4000-8000-000000000001";
    private static final String BEN = "a0000000-0000-4000-8000-000000000002";

    private static final String ONE = "b0000000-0000-4000-8000-000000000001";
    private static final String OTHER = "b0000000-0000-4000-8000-000000000002";

    private static final String OWNERS = """
            INSERT INTO users (id, email) VALUES ('%1$s', 'one@planner.example'), ('%2$s', 'other@planner.example');
            INSERT INTO orgs VALUES (9, 'twins', 'Twins', '2025-01-01Z', NULL);
            INSERT INTO memberships (org_id, user_id, role) VALUES (9, '%1$s', 'owner'), (9, '%2$s', 'owner');
            """.formatted(ONE, OTHER);

    /** Requests that wait for a lock that somebody has. */
    private static final String WAITING =
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";

    @AfterAll
    static void close() {
        HOST.close();
    }

    private static List<String> column(JsonNode rows, String name) {
        List<String> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.get(name).asString()));
        return values;
    }

    @Test
    @DisplayName(
            "TP-02 the document holds the person's rows, the organisations behind them, and what matches by address")
    void holds() {
        HttpAnswer data = HOST.get("/account/data", HOST.token(ADA));
        assertThat(data.status()).as(data.text()).isEqualTo(200);
        JsonNode document = data.json();
        assertThat(new TreeSet<>(document.propertyNames()))
                .isEqualTo(new TreeSet<>(List.of(
                        "schema",
                        "generated",
                        "user",
                        "sessions",
                        "oauth_identities",
                        "magic_links",
                        "memberships",
                        "invitations",
                        "approved_plans",
                        "comments",
                        "amendments",
                        "agents",
                        "agent_audit",
                        "waitlist",
                        "earlier_requests",
                        "data_requests")));
        assertThat(column(document.get("user"), "id")).containsExactly(ADA);
        assertThat(column(document.get("memberships"), "orgs.name"))
                .containsExactlyInAnyOrder("Lighthouse", "Solo & Sons");
        assertThat(document.get("sessions")).hasSize(2);
        assertThat(column(document.get("waitlist"), "email"))
                .containsExactlyInAnyOrder("ada@planner.example", "ADA@PLANNER.EXAMPLE");
        Map.of(
                        "approved_plans", List.of("1", "4"),
                        "comments", List.of("1", "4"),
                        "amendments", List.of("1", "3"),
                        "agent_audit", List.of("1", "4"),
                        "earlier_requests", List.of("1", "2", "3"))
                .forEach((section, ids) -> assertThat(column(document.get(section), "id"))
                        .as(section)
                        .containsExactlyInAnyOrderElementsOf(ids));
        assertThat(column(document.get("data_requests"), "kind"))
                .as("what was asked for over HTTP, this export first")
                .containsExactly("export");
        assertThat(data.text()).doesNotContain("-hash-", "planner.example.org", "Thanks", BEN);
    }

    /** Both are held up where sessions go, which is after the guard was asked: without a lock of ours both would have passed it. */
    @Test
    @DisplayName("TP-05 of two owners who leave at the same moment one is refused, and told which organisation")
    void together() throws Exception {
        HOST.database().execute(OWNERS);
        ExecutorService two = Executors.newFixedThreadPool(2);
        try (Connection holding = HOST.database().connection();
                Statement statement = holding.createStatement()) {
            holding.setAutoCommit(false);
            statement.execute("LOCK TABLE sessions IN ACCESS EXCLUSIVE MODE");
            List<Future<HttpAnswer>> asked =
                    List.of(two.submit(() -> leave(ONE, "one")), two.submit(() -> leave(OTHER, "other")));
            PollingLoop.until(() -> HOST.database().scalar(WAITING), "2"::equals);
            holding.rollback();
            List<HttpAnswer> answers = new ArrayList<>();
            for (Future<HttpAnswer> each : asked) {
                answers.add(each.get());
            }
            assertThat(answers).extracting(HttpAnswer::status).containsExactlyInAnyOrder(202, 409);
            HttpAnswer refused = answers.get(answers.get(0).status() == 409 ? 0 : 1);
            assertThat(refused.problem()).isEqualTo("guarded");
            assertThat(refused.at("obstacles.0.message")).contains("Twins");
            assertThat(refused.at("obstacles.0.link")).isEqualTo("/o/twins/members");
        } finally {
            two.shutdownNow();
        }
        assertThat(HOST.database().scalar("SELECT count(*) FROM users WHERE deletion_scheduled_at IS NOT NULL"))
                .isEqualTo("1");
    }

    private static HttpAnswer leave(String person, String name) {
        return HOST.post("/account/deletion", HOST.token(person), "{\"confirm\": \"" + name + "@planner.example\"}");
    }
}
