package dev.exeunt.internal.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.support.security.Sha256;
import dev.exeunt.testkit.TestDatabase;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Tests that binary values are files of the bundle, with their types, and the same bytes as the rows. */
class BinaryFilesTest {

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables:
              users: { erase: delete }
              photos:
                links:
                  owner:  { subject: owner_id, erase: delete }
                  sender: { subject: sender_id, erase: delete, export: { except: [scan] } }
            """;

    private static final String TABLES = """
            CREATE TABLE users (id int PRIMARY KEY);
            INSERT INTO users VALUES (1), (2);
            CREATE DOMAIN picture AS bytea;
            CREATE TABLE photos (
                id int PRIMARY KEY,
                owner_id int REFERENCES users,
                sender_id int REFERENCES users,
                scan bytea,
                "the Thumb/../x" picture,
                more bytea[]);
            CREATE INDEX ON photos (owner_id);
            CREATE INDEX ON photos (sender_id);
            """;

    private static ExportedBundle photos(String rows) {
        try (TestDatabase database = TestDatabase.create()) {
            database.execute(TABLES + rows);
            return ExportedBundle.zip(database, MAP, "1");
        }
    }

    private static Set<String> files(ExportedBundle bundle) {
        return bundle.entries().keySet().stream()
                .filter(name -> name.startsWith("files/"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @CsvSource({
        "ffd8ffe000104a464946, jpg, image/jpeg",
        "89504e470d0a1a0a0000000d, png, image/png",
        "474946383961, gif, image/gif",
        "524946461234567857454250, webp, image/webp",
        "524946461234567857415645, wav, audio/wav",
        "00000020667479706176696600000000, avif, image/avif",
        "00000020667479706d70343200000000, mp4, video/mp4",
        "255044462d312e37, pdf, application/pdf",
        "504b030414, zip, application/zip",
        "3c737667206f6e6c6f61643d616c6572742831293e, bin, application/octet-stream",
        "00ff5c27, bin, application/octet-stream"
    })
    void theTypeIsToldByTheContent(String content, String ending, String type) {
        ExportedBundle bundle =
                photos("INSERT INTO photos VALUES (1, 1, NULL, decode('" + content + "', 'hex'), NULL, NULL);");
        JsonNode scan = bundle.json("photos.json").get(0).get("scan");
        String path = scan.get("exeunt:file").asString();
        assertThat(path).matches("files/photos/scan-[0-9a-f]{32}\\." + ending);
        assertThat(scan.get("type").asString()).isEqualTo(type);
        assertThat(scan.get("bytes").asInt()).isEqualTo(content.length() / 2);
        assertThat(bundle.csv("photos").get(0)).contains("," + path + ",");
        assertThat(HexFormat.of().formatHex(bundle.entries().get(path))).isEqualTo(content);
        assertThat(bundle.json("manifest.json").toString())
                .contains("\"" + path + "\"")
                .contains(HexFormat.of()
                        .formatHex(Sha256.start().digest(bundle.entries().get(path))));
    }

    @Test
    void sameContentIsOneFileAndOtherPeoplesAreNone() {
        ExportedBundle bundle = photos("""
                INSERT INTO photos VALUES
                    (1, 1, NULL, 'same', 'same', ARRAY['in a list'::bytea]),
                    (2, 1, 2, 'same', '', NULL),
                    (3, 2, 1, 'only the owner''s', NULL, NULL),
                    (4, 2, NULL, 'not mine', 'not mine', NULL);
                """);
        JsonNode rows = bundle.json("photos.json");
        assertThat(rows).hasSize(3);
        assertThat(files(bundle)).hasSize(3).allMatch(name -> name.matches("files/photos/[A-Za-z0-9_-]+\\.bin"));
        assertThat(rows.get(0).get("scan")).isEqualTo(rows.get(1).get("scan"));
        assertThat(bundle.entries()
                        .get(rows.get(1)
                                .get("the Thumb/../x")
                                .get("exeunt:file")
                                .asString()))
                .as("an empty value is an empty file")
                .isEmpty();
        assertThat(rows.get(2).get("scan").isNull()).isTrue();
        assertThat(rows.get(0).get("more").get(0).asString()).isEqualTo("\\x696e2061206c697374");
    }

    @Test
    void columnsOfWhoseNamesTheSameIsLeftHaveFilesOfTheirOwn() {
        ExportedBundle bundle = photos("""
                ALTER TABLE photos ADD "a b" bytea DEFAULT 'same', ADD "a/b" bytea DEFAULT 'same', ADD a_b bytea DEFAULT 'same';
                INSERT INTO photos (id, owner_id) VALUES (1, 1);
                """);
        assertThat(files(bundle)).hasSize(3).allMatch(name -> name.matches("files/photos/a_b-[0-9a-f-]+\\.bin"));
    }

    @Test
    void aRowSaysByWhichRolesItIsThere() {
        ExportedBundle bundle = photos("""
                INSERT INTO photos VALUES (1, 1, 1), (2, 1, 2), (3, 2, 1);
                """);
        assertThat(bundle.json("photos.json")
                        .valueStream()
                        .map(row -> row.get("yours_as").toString()))
                .containsExactly("[\"owner\",\"sender\"]", "[\"owner\"]", "[\"sender\"]");
        assertThat(bundle.csv("photos"))
                .extracting(line -> line.substring(line.indexOf("\"{")))
                .containsExactly("\"{owner,sender}\"", "\"{owner}\"", "\"{sender}\"");
        assertThat(bundle.text("README.txt")).contains("more, yours_as");
    }

    @Test
    void largeFilesComeInPieces() {
        ExportedBundle bundle = photos("""
                ALTER TABLE photos ALTER scan SET STORAGE EXTERNAL;
                INSERT INTO photos (id, owner_id, scan)
                SELECT n, 1, string_agg(sha256((n * 1000000 + m)::text::bytea), '' ORDER BY m)
                FROM generate_series(1, 2) n, generate_series(1, CASE n WHEN 1 THEN 131072 ELSE 140000 END) m GROUP BY n;
                """);
        List<byte[]> contents =
                files(bundle).stream().map(bundle.entries()::get).toList();
        assertThat(contents).extracting(c -> c.length).containsExactlyInAnyOrder(131072 * 32, 140000 * 32);
        bundle.json("photos.json").forEach(row -> {
            String path = row.get("scan").get("exeunt:file").asString();
            assertThat(path)
                    .contains(HexFormat.of()
                            .formatHex(Sha256.start().digest(bundle.entries().get(path)))
                            .substring(0, 32));
        });
    }
}
