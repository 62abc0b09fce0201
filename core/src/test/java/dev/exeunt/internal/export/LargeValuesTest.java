package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.support.security.Sha256;
import dev.exeunt.testkit.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Tests that values that are too large for a row are files of the bundle, with what the row has, in little memory. */
class LargeValuesTest {

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
              notes:
                links:
                  owner:  { subject: user_id, erase: delete }
                  sender: { subject: sender_id, erase: delete, export: { except: [body] } }
            """;

    private static final String TABLES = """
            CREATE TABLE users (id int PRIMARY KEY);
            INSERT INTO users VALUES (1), (2);
            CREATE DOMAIN story AS text;
            CREATE TABLE notes (
                id int PRIMARY KEY, user_id int REFERENCES users, sender_id int REFERENCES users,
                body story, doc jsonb, raw json, tree xml, list text[]);
            CREATE INDEX ON notes (user_id);
            CREATE INDEX ON notes (sender_id);
            """;

    @TempDir
    private Path directory;

    private static String file(ExportedBundle bundle, int row, String column) {
        return bundle.json("notes.json").get(row).get(column).get("exeunt:file").asString();
    }

    private static String text(ExportedBundle bundle, String path) {
        return new String(bundle.entries().get(path), StandardCharsets.UTF_8);
    }

    @Test
    void largeValuesOfEachTypeAreFilesAndOthersStayInTheRow() {
        try (TestDatabase database = TestDatabase.createFrom(TABLES)) {
            database.execute("""
                    INSERT INTO notes VALUES
                        (1, 1, 2, '=small', '{"a": 1.50}', '{ "a":1.50 }', '<a/>', ARRAY['x', NULL]),
                        (2, 1, 2, repeat('é"', 3000000), jsonb_build_object('a', repeat('x', 9000000)),
                            ('{ "a":"' || repeat('y', 9000000) || '" }')::json, ('<a>' || repeat('z', 9000000) || '</a>')::xml,
                            ARRAY[repeat('v', 9000000), 'w']),
                        (3, 2, 1, repeat('not the sender''s', 1000000), NULL, NULL, NULL, NULL),
                        (4, 1, 2, repeat('é"', 3000000), NULL, NULL, NULL, NULL);
                    """);
            ExportedBundle bundle = ExportedBundle.zip(database, MAP, "1");
            assertThat(bundle.text("notes.json"))
                    .contains(
                            "\"body\":\"=small\",\"doc\":{\"a\": 1.50},\"raw\":{ \"a\":1.50 },\"tree\":\"<a/>\",\"list\":[\"x\",null]");
            assertThat(bundle.csv("notes").get(0))
                    .contains("\"'=small\",\"{\"\"a\"\": 1.50}\",\"{ \"\"a\"\":1.50 }\",\"<a/>\",\"{x,NULL}\"");
            String body = file(bundle, 1, "body");
            assertThat(body).matches("files/notes/body-[0-9a-f]{32}\\.txt");
            assertThat(text(bundle, body)).isEqualTo("é\"".repeat(3000000));
            JsonNode value = bundle.json("notes.json").get(1).get("body");
            assertThat(value.get("type").asString()).isEqualTo("text/plain");
            assertThat(value.get("bytes").asInt()).isEqualTo(bundle.entries().get(body).length);
            assertThat(bundle.csv("notes").get(1)).contains("\"" + body + "\"");
            assertThat(text(bundle, file(bundle, 1, "doc"))).isEqualTo("{\"a\": \"" + "x".repeat(9000000) + "\"}");
            assertThat(text(bundle, file(bundle, 1, "raw"))).isEqualTo("{ \"a\":\"" + "y".repeat(9000000) + "\" }");
            assertThat(file(bundle, 1, "tree")).endsWith(".xml");
            assertThat(text(bundle, file(bundle, 1, "tree"))).isEqualTo("<a>" + "z".repeat(9000000) + "</a>");
            assertThat(text(bundle, file(bundle, 1, "list"))).isEqualTo("[\"" + "v".repeat(9000000) + "\",\"w\"]");
            assertThat(bundle.json("notes.json").get(2).get("body").isNull()).isTrue();
            assertThat(file(bundle, 3, "body"))
                    .as("the same content is one file")
                    .isEqualTo(body);
            assertThat(bundle.entries().keySet())
                    .filteredOn(name -> name.startsWith("files/"))
                    .hasSize(5);
        }
    }

    @Test
    void partitionsAndJoinedRowsAreSearched() {
        try (TestDatabase database = TestDatabase.createFrom("""
                CREATE TABLE users (id int PRIMARY KEY);
                INSERT INTO users VALUES (1);
                CREATE TABLE pages (id int PRIMARY KEY, content text);
                CREATE TABLE visits (id int, user_id int REFERENCES users, page int REFERENCES pages, seen text, PRIMARY KEY (id))
                    PARTITION BY RANGE (id);
                CREATE TABLE visits_1 PARTITION OF visits FOR VALUES FROM (0) TO (10);
                CREATE INDEX ON visits (user_id);
                CREATE INDEX ON visits (page);
                INSERT INTO pages VALUES (1, repeat('p', 9000000));
                INSERT INTO visits VALUES (1, 1, 1, repeat('s', 9000000));
                """)) {
            ExportedBundle bundle = ExportedBundle.zip(database, """
                    version: 1
                    subject: { table: users, key: id }
                    tables:
                      users: { erase: delete }
                      visits: { subject: user_id, erase: delete, export: { with: { pages: { on: page, columns: [content] } } } }
                    """, "1");
            assertThat(bundle.entries().keySet())
                    .filteredOn(name -> name.startsWith("files/visits/"))
                    .hasSize(2);
        }
    }

    /** A hundred megabytes, of characters that PostgreSQL can and cannot compress, pass through a heap of 64 MB. */
    @Test
    void memoryDoesNotGrowWithAValue() throws Exception {
        try (TestDatabase database = TestDatabase.createFrom(TABLES)) {
            database.execute("""
                    INSERT INTO notes (id, user_id, body, doc)
                    SELECT 1, 1, string_agg(md5(n::text), E'"\\n'), jsonb_build_object('a', repeat('x', 100000000))
                    FROM generate_series(1, 3000000) n;
                    """);
            assertThat(LargeExportTest.run("-Xmx64m", database, MAP, directory)).isEqualTo("2");
            Map<String, String> files = new TreeMap<>();
            try (ZipFile zip = new ZipFile(directory.resolve("x.zip").toFile())) {
                for (ZipEntry entry : Collections.list(zip.entries())) {
                    if (entry.getName().startsWith("files/")) {
                        files.put(entry.getName().replaceAll("-.*", ""), sha256(zip.getInputStream(entry)));
                    }
                }
            }
            try (Connection connection = DriverManager.getConnection(database.jdbcUrl(), database.user(), "");
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("""
                            SELECT encode(sha256(convert_to(body, 'UTF8')), 'hex'), encode(sha256(convert_to(doc::text, 'UTF8')), 'hex')
                            FROM notes""")) {
                row.next();
                assertThat(files)
                        .isEqualTo(Map.of("files/notes/body", row.getString(1), "files/notes/doc", row.getString(2)));
            }
        }
    }

    private static String sha256(InputStream content) throws IOException {
        MessageDigest digest = Sha256.start();
        byte[] buffer = new byte[1 << 16];
        try (content) {
            for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
