package dev.exeunt.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that slow readers of streamed exports leave connections to others. */
class StreamingExportTest {

    @Test
    void whoReadsSlowlyLeavesConnectionsToEverybodyElse() throws Exception {
        try (SpringTestApplication host = SpringTestApplication.of(
                        "guild-platform", Map.of("exeunt.database.connections", "12", "exeunt.worker.threads", "1"));
                Connection connection = host.database().connection();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute(
                    "SELECT FROM users WHERE id IN (1001, 1002, 1003) FOR UPDATE"); // they wait in the middle of it
            List<CompletableFuture<HttpAnswer>> slow = Stream.of("1001", "1002", "1003")
                    .map(key -> CompletableFuture.supplyAsync(
                            () -> host.get("/account/data", host.token(key)), task -> new Thread(task).start()))
                    .toList();
            PollingLoop.until(
                    () -> host.database().scalar("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted"),
                    "3"::equals);
            HttpAnswer fourth = host.get("/account/data", host.token("1005"));
            assertThat(fourth.status()).as(fourth.text()).isEqualTo(503);
            assertThat(fourth.header("Retry-After")).isEqualTo("30");
            assertThat(fourth.at("link")).isEqualTo("/account/export");
            assertThat(host.get("/account", host.token("1005")).status()).isEqualTo(200);
            connection.rollback();
            assertThat(slow).allSatisfy(each -> assertThat(each.join().status()).isEqualTo(200));
            assertThat(host.get("/account/data", host.token("1005")).status())
                    .as("nor was that counted")
                    .isEqualTo(200);
        }
    }
}
