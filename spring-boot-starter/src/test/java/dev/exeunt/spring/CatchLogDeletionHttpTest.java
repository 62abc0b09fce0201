package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Tests what DELETE /account makes of the catch log, and how an admin leaves it. */
class CatchLogDeletionHttpTest {

    private static final String LEAVER = "8d8685d5-b9fb-a13a-c65f-751077267bbc";
    private static final Path SAMPLES = Path.of(System.getProperty("exeunt.samples"));

    private final SpringTestApplication host = SpringTestApplication.of("catch-log");

    @AfterEach
    void close() {
        host.close();
    }

    @Test
    @DisplayName("CL-04 CL-05 CL-06 DELETE /account leaves the whole database as the erasure written by hand leaves it")
    void deletion() throws IOException {
        HttpAnswer deleted = host.send("DELETE", "/account", host.fresh(LEAVER), "{\"reason\": \"Too few fish\"}");
        assertThat(deleted.status()).as(deleted.text()).isEqualTo(200);
        assertThat(deleted.at("state")).isEqualTo("erased");
        String script = text("catch-log/schema.sql") + "\n" + text("catch-log/data.sql");
        try (TestDatabase expected = TestDatabase.createFrom(script)) {
            expected.execute(text("src/test/resources/catch-log-by-hand.sql"));
            Map<String, List<String>> after = host.database().snapshotWithout("exeunt");
            expected.snapshot()
                    .forEach((table, rows) ->
                            assertThat(after.get(table)).as(table).isEqualTo(rows));
        }
        assertThat(host.get("/gate/" + LEAVER, SpringTestApplication.SERVICE).at("state"))
                .isEqualTo("erased");
    }

    @Test
    @DisplayName("CL-04 why a person left is forgotten with them")
    void reason() {
        String address = host.database().scalar("SELECT email FROM profiles WHERE id = '" + LEAVER + "'");
        host.send("DELETE", "/account", host.fresh(LEAVER), "{\"reason\": \"Write to " + address + ": too few fish\"}");
        String admin = host.database().scalar("SELECT min(user_id::text) FROM admin_users");
        HttpAnswer all = host.get("/account/admin/requests?state=all", host.admin(admin));
        assertThat(all.at("requests.0.state")).as(all.text()).isEqualTo("erased");
        assertThat(all.at("requests.0.subject")).isNull();
        assertThat(all.at("requests.0.reason")).isNull();
    }

    private static String text(String file) throws IOException {
        return Files.readString(SAMPLES.resolve(file));
    }

    @Test
    @DisplayName("CL-07 an admin is refused until removed from the role; another admin may override, with a reason")
    void admin() {
        List<String> admins = host.database().column("SELECT user_id::text FROM admin_users ORDER BY user_id LIMIT 2");
        String admin = admins.get(0);
        String other = admins.get(1);
        String path = "/account/admin/" + admin + "/deletion";
        Map<String, List<String>> before = host.database().snapshotWithout("exeunt");
        HttpAnswer self = host.send("DELETE", "/account", host.fresh(admin), "{}");
        assertThat(self.status()).isEqualTo(409);
        assertThat(self.problem()).isEqualTo("guarded");
        assertThat(self.at("obstacles.0.message")).startsWith("You are an administrator");
        for (String refused : List.of("{\"reason\": \"left\"}", "{\"reason\": \"left\", \"override\": false}")) {
            assertThat(host.post(path, host.admin(other), refused).problem()).isEqualTo("guarded");
        }
        assertThat(host.post(path, host.admin(other), "{\"override\": true}").status())
                .isEqualTo(422);
        assertThat(host.database().snapshotWithout("exeunt")).isEqualTo(before);
        HttpAnswer overridden =
                host.post(path, host.admin(other), "{\"reason\": \"left the team\", \"override\": true}");
        assertThat(overridden.status()).as("done at once: " + overridden.text()).isEqualTo(200);
        assertThat(host.database()
                        .column("SELECT actor || ' ' || reason FROM exeunt.event WHERE name = 'user.guard_overridden'"))
                .containsExactly("staff:" + other + " left the team");
        host.database().execute("DELETE FROM admin_users WHERE user_id = '" + other + "'");
        assertThat(host.send("DELETE", "/account", host.fresh(other), "{}").at("state"))
                .isEqualTo("erased");
    }
}
