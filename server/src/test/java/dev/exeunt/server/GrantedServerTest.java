package dev.exeunt.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.Exeunt;
import dev.exeunt.database.Database;
import dev.exeunt.testkit.TestDatabase;
import dev.exeunt.testkit.TestPicture;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** A server whose role has exactly what {@code exeunt grants --print} says serves and makes exports. */
@Timeout(180)
class GrantedServerTest {

    /** In place of the letters' own tables: letters with scans, and an erasure that is done with the request. */
    private static final String TABLES = """
            flows: { delete-account: { grace: none } }
            tables:
              person: { erase: delete }
              letter: { subject: person_id, files: { scans: scans }, erase: delete }
            """;

    private static final String SCANS = """
            ALTER TABLE letter ADD scans text[];
            CREATE INDEX ON letter USING gin (scans);
            UPDATE letter SET scans = '{two.png,shared.png}' WHERE id = 2;
            UPDATE letter SET scans = '{shared.png}' WHERE id = 3""";

    @TempDir
    private Path directory;

    @Test
    void servesWithTheRightsThatGrantsPrints() throws Exception {
        try (LettersTestApplication shop = new LettersTestApplication(directory)) {
            Map<String, String> more = new LinkedHashMap<>();
            more.put("exeunt.archive.directory", directory.resolve("exports").toString());
            Path map = directory.resolve("scans.yaml");
            String letters = Files.readString(Path.of(shop.settings().get("exeunt.map")));
            Files.writeString(map, letters.substring(0, letters.indexOf("tables:")) + TABLES);
            more.put("exeunt.map", map.toString());
            shop.database().execute(SCANS);
            Path scans = Files.createDirectory(directory.resolve("scans"));
            for (String name : List.of("two.png", "shared.png")) {
                Files.write(scans.resolve(name), TestPicture.png(30, 20));
            }
            more.put("exeunt.stores.scans", scans.toString());
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
                filesComeWithTheExportAndGoWithTheAccount(
                        AccountClient.of("2", person.port(), Instant.now()), shop.database(), scans);
            }
        }
    }

    private static void filesComeWithTheExportAndGoWithTheAccount(
            AccountClient person, TestDatabase database, Path scans) throws IOException, InterruptedException {
        Map<String, byte[]> bundle = person.downloadedZip();
        assertThat(bundle.get("files/letter/0002.png")).isEqualTo(Files.readAllBytes(scans.resolve("two.png")));
        assertThat(bundle).containsKey("files/letter/0001.png");

        HttpResponse<String> deleted = person.send("DELETE", "/account", "{\"confirm\": \"delete-account\"}");
        assertThat(deleted.statusCode()).as(deleted.body()).isEqualTo(200);
        String receipt = AccountClient.json(deleted).get("receipt").asString();
        database.execute("UPDATE exeunt.job SET execution_time = now() WHERE task_name LIKE 'reap-%' AND NOT picked");
        JsonNode files = person.followed(
                        receipt, answer -> answer.at("/receipt/files/waiting").asInt(1) == 0)
                .at("/receipt/files");
        assertThat(files).hasToString("{\"inUse\":1,\"deleted\":1,\"missing\":0,\"refused\":0,\"waiting\":0}");
        assertThat(scans.resolve("two.png")).doesNotExist();
        assertThat(scans.resolve("shared.png")).exists();
    }
}
