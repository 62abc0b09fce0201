package dev.exeunt.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.samples.SampleCommands.CommandResult;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The task planner's rows of the acceptance table, as far as commands carry them out. */
class TaskPlannerTest {

    private static final String ADA = "a0000000-0000-4000-8000-000000000001";
    private static final String BEN = "a0000000-0000-4000-8000-000000000002";
    private static final String CLEO = "a0000000-0000-4000-8000-000000000003";
    private static final String DAN = "a0000000-0000-4000-8000-000000000004";

    @TempDir
    Path folder;

    @Test
    @DisplayName("the map passes check strictly")
    void check() {
        try (LoadedSample sample = LoadedSample.load("task-planner")) {
            CommandResult check = new SampleCommands(sample).run("check", "--strict");
            assertThat(check.code()).as(check.out()).isZero();
        }
    }

    @Test
    @DisplayName("TP-02 the export holds the person's rows and the organisations behind them, by key and by address")
    void export() {
        try (LoadedSample sample = LoadedSample.load("task-planner")) {
            JsonNode bundle = new SamplePerson(sample, "email:ada@planner.example", folder).exported();
            assertThat(bundle.get("schema").asInt()).isEqualTo(1);
            assertThat(new TreeSet<>(bundle.propertyNames()))
                    .containsExactly(
                            "agent_audit",
                            "agents",
                            "amendments",
                            "approved_plans",
                            "comments",
                            "earlier_requests",
                            "generated",
                            "invitations",
                            "magic_links",
                            "memberships",
                            "oauth_identities",
                            "schema",
                            "sessions",
                            "user",
                            "waitlist");
            assertThat(SamplePerson.column(bundle, "user", "id")).containsExactly(ADA);
            assertThat(SamplePerson.column(bundle, "memberships", "orgs.slug"))
                    .containsExactlyInAnyOrder("lighthouse", "solo");
            Map<String, String[]> ids = Map.of(
                    "approved_plans", new String[] {"1", "4"},
                    "comments", new String[] {"1", "4"},
                    "amendments", new String[] {"1", "3"},
                    "agent_audit", new String[] {"1", "4"},
                    "agents", new String[] {"1"},
                    "invitations", new String[] {"1", "2", "3", "5"},
                    "magic_links", new String[] {"1", "2"},
                    "waitlist", new String[] {"1", "2"},
                    "earlier_requests", new String[] {"1", "2", "3"});
            ids.forEach((section, expected) -> assertThat(SamplePerson.column(bundle, section, "id"))
                    .as(section)
                    .containsExactlyInAnyOrder(expected));
            assertThat(bundle.get("sessions")).hasSize(2);
            assertThat(bundle.get("oauth_identities")).hasSize(2);
            assertThat(bundle.toString())
                    .doesNotContain("-hash-", "friend@elsewhere.example", "planner.example.org", BEN, CLEO, "Thanks");
        }
    }

    @Test
    @DisplayName("TP-05 the only owner of an organisation is named it; of two owners the second to leave is, too")
    void guard() {
        try (LoadedSample sample = LoadedSample.load("task-planner")) {
            assertThat(owned(sample, CLEO)).containsExactly("Solo & Sons");
            assertThat(owned(sample, ADA)).isEmpty();
            assertThat(owned(sample, ADA, BEN)).containsExactly("Lighthouse");
            assertThat(owned(sample, ADA, DAN)).isEmpty();
            assertThat(owned(sample, DAN, ADA, BEN)).isEmpty();
        }
    }

    private static List<String> owned(LoadedSample sample, String subject, String... leaving) {
        String sql =
                ((MapDefinition) sample.map()).lifecycle().guards().get(0).sql().text();
        return sample.database()
                .column(sql.replace(":subject", "'" + subject + "'::uuid")
                        .replace(":leaving", "'{" + String.join(",", leaving) + "}'::uuid[]"));
    }

    @Test
    @DisplayName(
            "TP-10 what is left is what the foreign keys leave, and nothing that only an address ties to the person")
    void remains() {
        try (LoadedSample erased = LoadedSample.load("task-planner");
                LoadedSample expected = LoadedSample.load("task-planner")) {
            new SamplePerson(erased, ADA, folder).erased();
            expected.database()
                    .execute("DELETE FROM users WHERE id = '" + ADA + "';"
                            + "DELETE FROM pro_waitlist WHERE lower(email) = 'ada@planner.example';"
                            + "DELETE FROM invitations WHERE lower(email) = 'ada@planner.example'");
            Map<String, List<String>> after = erased.database().snapshot();
            expected.database()
                    .snapshot()
                    .forEach((table, rows) ->
                            assertThat(after.get(table)).as(table).isEqualTo(rows));
            assertThat(after.values()).noneMatch(rows -> rows.toString().contains(ADA));
            assertThat(after.get("task_comments")).hasSize(5);
            assertThat(erased.database()
                            .scalar("SELECT count(*) FROM task_comments WHERE author_kind = 'user'"
                                    + " AND author_user_id IS NULL"))
                    .isEqualTo("3");
        }
    }
}
