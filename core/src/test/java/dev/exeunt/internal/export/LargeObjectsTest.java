package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.export.ExportSummary;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.testkit.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tests that large objects are files of the bundle where a column has their number, and that other numbers stay as they are. */
class LargeObjectsTest {

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
              documents: { subject: user_id, erase: delete }
            """;

    /** An image, an empty object, a large one, a number of no object, no number; and two objects of another person. */
    private static final String TABLES = """
            CREATE TABLE users (id int PRIMARY KEY);
            INSERT INTO users VALUES (1), (2);
            CREATE DOMAIN lo AS oid;
            CREATE TABLE documents (id int PRIMARY KEY, user_id int NOT NULL REFERENCES users, content oid, scan lo);
            CREATE INDEX ON documents (user_id);
            INSERT INTO documents VALUES
                (1, 1, lo_from_bytea(5001, '\\x89504e470d0a1a0a0000000d'), lo_from_bytea(5002, '')),
                (2, 1, lo_from_bytea(5003, (SELECT string_agg(sha256(n::text::bytea), '' ORDER BY n) FROM generate_series(1, 300000) n)), 5001),
                (3, 1, 1259, NULL),
                (4, 2, lo_from_bytea(5004, 'not mine'), lo_from_bytea(5005, 'not mine'));
            """;

    private TestDatabase database;

    @BeforeEach
    void create() {
        database = TestDatabase.createFrom(TABLES);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void objectsAreFilesAndOtherNumbersStay() throws SQLException {
        ExportedBundle bundle = ExportedBundle.zip(database, MAP, "1");
        JsonNode rows = bundle.json("documents.json");
        assertThat(rows.get(0).get("content").toString())
                .isEqualTo(
                        "{\"exeunt:file\":\"files/documents/content-5001.png\",\"type\":\"image/png\",\"bytes\":12}");
        assertThat(rows.get(0).get("scan").get("bytes").asInt()).isZero();
        assertThat(rows.get(1).get("scan").get("exeunt:file").asString()).isEqualTo("files/documents/scan-5001.png");
        assertThat(rows.get(2).get("content").asString()).isEqualTo("1259");
        assertThat(rows.get(2).get("scan").isNull()).isTrue();
        assertThat(bundle.csv("documents"))
                .containsExactly(
                        "1,1,files/documents/content-5001.png,files/documents/scan-5002.bin",
                        "2,1,files/documents/content-5003.bin,files/documents/scan-5001.png",
                        "3,1,1259,");
        assertThat(bundle.entries())
                .containsKey("files/documents/scan-5002.bin")
                .doesNotContainKey("files/documents/content-5004.bin");
        try (Connection connection = database.connection();
                var row = connection.createStatement().executeQuery("SELECT lo_get(5003)")) {
            row.next();
            assertThat(bundle.entries().get("files/documents/content-5003.bin"))
                    .hasSize(300000 * 32)
                    .isEqualTo(row.getBytes(1));
        }
        assertThat(bundle.json("manifest.json").has("filesLeftOut")).isFalse();
    }

    @Test
    void anObjectThatTheRoleMayNotReadIsListedAsLeftOut() throws SQLException {
        String role = "reader_" + database.databaseName();
        database.execute("CREATE ROLE " + role + "; GRANT SELECT, UPDATE, DELETE ON users, documents TO " + role
                + "; GRANT SELECT ON LARGE OBJECT 5001 TO PUBLIC; GRANT SELECT ON LARGE OBJECT 5002 TO " + role);
        try (Connection connection = database.connection()) {
            connection.createStatement().execute("SET ROLE " + role);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ExportSummary summary = ExportedBundle.exporter(connection, MAP)
                    .export(new SubjectKey(List.of("1")), BundleFormat.ZIP, out);
            ExportedBundle bundle = new ExportedBundle(summary, ExportedBundle.unzip(out.toByteArray()));
            assertThat(bundle.json("documents.json").get(1).get("content").asString())
                    .isEqualTo("5003");
            assertThat(bundle.entries().keySet())
                    .filteredOn(name -> name.startsWith("files/"))
                    .containsExactlyInAnyOrder(
                            "files/documents/content-5001.png",
                            "files/documents/scan-5001.png",
                            "files/documents/scan-5002.bin");
            assertThat(bundle.json("manifest.json").get("files").toString())
                    .isEqualTo(
                            "[{\"section\":\"documents\",\"column\":\"content\",\"value\":\"5003\",\"leftOut\":\"forbidden\"}]");
            assertThat(bundle.text("README.txt"))
                    .contains(
                            "documents: 1 file named by content: not read, since the service's role may not read the large object");
        } finally {
            database.execute("DROP OWNED BY " + role + "; DROP ROLE " + role);
        }
    }
}
