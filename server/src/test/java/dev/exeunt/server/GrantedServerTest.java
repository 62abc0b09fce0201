package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server whose role has exactly what {@code exeunt grants --print} says serves and makes exports. */
@Timeout(180)
class GrantedServerTest {

    @TempDir
    private Path directory;

    @Test
    void servesWithTheRightsThatGrantsPrints() throws Exception {
        try (LettersTestApplication shop = new LettersTestApplication(directory)) {
            Map<String, String> more = new LinkedHashMap<>();
            more.put("exeunt.archive.directory", directory.resolve("exports").toString());
            Path map = Path.of(shop.settings().get("exeunt.map"));
            Exeunt owner = Exeunt.builder(Database.at(
                            shop.database().jdbcUrl(),
                            shop.database().user(),
                            shop.database().password()))
                    .build();
            owner.migrate();
            String role = shop.database().createRole("served_" + shop.database().databaseName());
            List<String> grants = owner.grants(Exeunt.readMap(Files.readString(map), "exeunt.yaml"), role);
            grants.forEach(shop.database()::execute);
            more.put("exeunt.database.user", role);
            more.put("exeunt.database.password", role);
            more.put("exeunt.database.migrate", "false");
            Path settings = shop.file(more);
            try (ServerProcess server = ServerProcess.start(
                    ServerProcess.ProcessConditions.usual(directory), "--config", settings.toString(), "--port", "0")) {
                AccountClient person = AccountClient.of("1", server.port(), Instant.now());
                assertThat(person.get("/health/readiness").body()).contains("UP");
                assertThat(person.exported().get("rows").asInt()).isPositive();
            }
        }
    }
}
