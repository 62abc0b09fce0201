package dev.exeunt.internal.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.erase.Receipt;
import dev.exeunt.map.ExportSettings.BundleFormat;
import dev.exeunt.testkit.MappedDatabase;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests rows that belong to a person because one of the person's rows references them. */
class ReferencedRowsTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, picture int);
            CREATE TABLE data (id int PRIMARY KEY, body text);
            CREATE TABLE documents (
                id int PRIMARY KEY, owner bigint REFERENCES people, data int NOT NULL UNIQUE REFERENCES data, spare int REFERENCES data);
            CREATE INDEX ON documents (owner);
            CREATE INDEX ON documents (spare);
            INSERT INTO people VALUES (1, 5), (2, 6);
            INSERT INTO data VALUES (5, 'one'), (6, 'two'), (7, 'three'), (8, 'nobody''s');
            INSERT INTO documents VALUES (11, 1, 5), (12, 2, 6), (13, 1, 7);
            """;

    private static MappedDatabase world(String more, String tables) {
        return MappedDatabase.of(SCHEMA + more, "version: 1\nsubject: { table: people, key: id }\ntables:\n" + tables);
    }

    private static final String GONE = """
              people: { erase: delete }
              documents: { subject: owner, erase: delete }
            """;
    private static final String DATA = "  data: { through: documents, by: data, section: files, erase: delete }\n";
    private static final String ALONE = "ALTER TABLE documents DROP COLUMN spare;";

    @Test
    void goAfterWhatRefersToThemAndOthersStay() {
        try (MappedDatabase world = world(ALONE, GONE + DATA)) {
            assertThat(world.findings()).isEmpty();
            assertThat(world.check().planOrThrow().steps())
                    .extracting(s -> ((dev.exeunt.internal.plan.PlanStep.DeleteStep) s)
                            .tables()
                            .get(0)
                            .name()
                            .toString())
                    .containsSubsequence("documents", "data");
            Receipt receipt = world.erase("1");
            assertThat(world.database().column("SELECT id FROM data ORDER BY id"))
                    .containsExactly("6", "8");
            assertThat(world.database().column("SELECT id FROM documents")).containsExactly("12");
            assertThat(receipt.tables())
                    .filteredOn(t -> t.table().equals("data"))
                    .extracting(Receipt.TableReceipt::deleted)
                    .containsExactly(2L);
        }
    }

    @Test
    void areExportedAndCountedBeforehand() {
        try (MappedDatabase world = world(ALONE, GONE + DATA)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            world.exeunt().export(world.map(), "1", out, BundleFormat.JSON);
            assertThat(out.toString(StandardCharsets.UTF_8))
                    .contains("\"files\"", "\"one\"", "\"three\"")
                    .doesNotContain("two", "nobody");
            assertThat(world.exeunt().preview(world.map(), List.of("1")).roles())
                    .anySatisfy(role -> {
                        assertThat(role.table() + "." + role.role()).isEqualTo("data.link");
                        assertThat(role.rows()).isEqualTo(2);
                    });
        }
    }

    @Test
    void aTriggerThatKeepsThemIsSeenAlthoughNothingRefersToThemAnyMore() {
        String keeps = "CREATE FUNCTION keep() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';"
                + "CREATE TRIGGER keep BEFORE DELETE ON data FOR EACH ROW EXECUTE FUNCTION keep();";
        try (MappedDatabase world = world(ALONE + keeps, GONE + DATA)) {
            var before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("1"))
                    .isInstanceOf(RemainingLinkCheck.RemainingLinkException.class)
                    .hasMessageContaining("data.link");
            assertThat(world.database().snapshot()).isEqualTo(before);
        }
    }

    @Test
    void aRowThatLetsGoLeavesWhatItReferredToFreeToGo() {
        String kept =
                "  people: { erase: { anonymize: { picture: null } } }\n  documents: { subject: owner, erase: delete }\n";
        String pictures =
                "  data: { links: { of: { through: documents, by: data, erase: delete }, picture: { through: people, role: self, by: picture, erase: delete } } }\n";
        String schema = ALONE + "ALTER TABLE people ADD UNIQUE (picture), ADD FOREIGN KEY (picture) REFERENCES data;"
                + "UPDATE people SET picture = 8 WHERE id = 1;";
        try (MappedDatabase world = world(schema, kept + pictures)) {
            assertThat(world.findings()).containsExactlyInAnyOrder("blocks documents.data", "blocks people.picture");
        }
        try (MappedDatabase world =
                world(schema, kept + pictures.replace("of: { through: documents, by: data, erase: delete }, ", ""))) {
            assertThat(world.findings()).containsExactlyInAnyOrder("blocks documents.data", "left-behind data");
        }
    }

    @Test
    void withoutAForeignKeyTheOtherTablesPrimaryKeyIsMeant() {
        String pictures =
                "  data: { through: people, role: self, by: picture, erase: { anonymize: { body: null } } }\n";
        try (MappedDatabase world = world(
                "ALTER TABLE documents DROP COLUMN spare;",
                "  people: { erase: { anonymize: { picture: null } } }\n  documents: { subject: owner, erase: { keep: why } }\n"
                        + pictures)) {
            assertThat(world.findings()).isEmpty();
            world.erase("1");
            assertThat(world.database().column("SELECT id FROM data WHERE body IS NULL"))
                    .containsExactly("5");
        }
    }

    @Test
    void whatOthersMayReferToAsWellIsNotDeleted() {
        try (MappedDatabase world = world("", GONE + DATA)) {
            assertThat(world.findings()).containsExactly("blocks documents.spare");
            assertThat(world.check().errors().get(0).fix().words()).contains("make documents.spare UNIQUE");
        }
        try (MappedDatabase world = world("", GONE + DATA.replace("by: data,", "by: spare,"))) {
            assertThat(world.findings()).contains("blocks documents.spare", "blocks documents.data");
        }
    }

    @Test
    void whatRefersToThemMayGoOrLetGoByALinkOfItsOwn() {
        String documents = """
                  people: { erase: delete }
                  documents:
                    links:
                      owner: { subject: owner, erase: delete }
                      spare: { through: data, on: spare, erase: detach, export: none }
                """;
        String data = "  data: { through: documents, role: owner, by: data, erase: delete }\n";
        try (MappedDatabase world = world("UPDATE documents SET spare = 5 WHERE id = 12;", documents + data)) {
            assertThat(world.check().errors()).isEmpty();
            world.erase("1");
            assertThat(world.database().column("SELECT id || coalesce('-' || spare, '') FROM documents"))
                    .containsExactly("12");
            assertThat(world.database().column("SELECT id FROM data ORDER BY id"))
                    .containsExactly("6", "8");
        }
    }

    @Test
    void aRowThatStaysAndStillRefersToThemBlocks() {
        String kept = GONE.replace("subject: owner, erase: delete", "subject: owner, erase: detach");
        try (MappedDatabase world = world(ALONE, kept + DATA)) {
            assertThat(world.findings()).containsExactly("blocks documents.data");
        }
    }

    @Test
    void whatARowThatStaysRefersToStaysWithItByLaw() {
        String schema = ALONE + "ALTER TABLE data ADD author bigint REFERENCES people; CREATE INDEX ON data (author);"
                + "UPDATE data SET author = 1 WHERE id IN (5, 6, 8);";
        String map = """
                  people: { erase: { anonymize: { picture: null } } }
                  documents:
                    erase: { keep: { reason: evidence, basis: law } }
                    links:
                      owner: { subject: owner }
                      cites: { through: data, role: author, on: data, export: none }
                  data:
                    links:
                      author: { subject: author, erase: delete }
                      cited:
                        through: documents
                        role: [owner, cites]
                        by: data
                        export: none
                        erase: { keep: { reason: evidence, basis: law }, retain: [body] }
                """;
        try (MappedDatabase world = world(schema, map)) {
            assertThat(world.findings()).isEmpty();
            world.erase("1");
            assertThat(world.database().column("SELECT id FROM data ORDER BY id"))
                    .containsExactly("5", "6", "7");
        }
        for (String weaker : List.of(
                map.replace("keep: { reason: evidence, basis: law }, retain", "keep: evidence, retain"),
                map.replace("role: [owner, cites]", "role: owner"),
                map.replace("by: data\n", "by: data\n        where: body = 'one'\n"))) {
            try (MappedDatabase world = world(schema, weaker)) {
                assertThat(world.findings()).as(weaker).contains("blocks documents.data");
            }
        }
    }

    @Test
    void areReachedUpATreeHoweverHigh() {
        String schema = ALONE
                + "CREATE TABLE steps (id int PRIMARY KEY, p bigint REFERENCES people, next int UNIQUE REFERENCES steps);"
                + "CREATE INDEX ON steps (p);"
                + "INSERT INTO steps VALUES (4, NULL, NULL), (3, NULL, 4), (2, NULL, 3), (1, 1, 2), (0, NULL, 1), (9, NULL, NULL), (8, 2, 9);";
        String steps = """
                  steps:
                    erase: delete
                    links:
                      own: { subject: p }
                      after: { through: steps, role: [own, after, before], by: next }
                      before: { through: steps, role: [own, after, before], on: next }
                """;
        try (MappedDatabase world = world(schema, GONE + DATA + steps)) {
            assertThat(world.check().errors()).isEmpty();
            world.erase("1");
            assertThat(world.database().column("SELECT id FROM steps ORDER BY id"))
                    .containsExactly("8", "9");
        }
    }

    @Test
    void severalColumnsReferTogether() {
        String schema = ALONE + "CREATE TABLE homes (town int, nr int, note text, PRIMARY KEY (town, nr));"
                + "CREATE TABLE stays (p bigint PRIMARY KEY REFERENCES people, nr int, town int, UNIQUE (town, nr),"
                + " FOREIGN KEY (nr, town) REFERENCES homes (nr, town));"
                + "INSERT INTO homes VALUES (1, 2, 'x'), (2, 1, 'y'); INSERT INTO stays VALUES (1, 2, 1), (2, 1, 2);";
        String homes =
                "  stays: { subject: p, erase: delete }\n  homes: { through: stays, by: [nr, town], erase: delete }\n";
        try (MappedDatabase world = world(schema, GONE + DATA + homes)) {
            assertThat(world.findings()).isEmpty();
            world.erase("1");
            assertThat(world.database().column("SELECT note FROM homes")).containsExactly("y");
        }
    }

    @Test
    void theirLinkCannotBeEmptiedHere() {
        try (MappedDatabase world = world(ALONE, GONE + DATA.replace("delete", "detach"))) {
            assertThat(world.check().errors()).singleElement().satisfies(f -> {
                assertThat(f.code().word()).isEqualTo("cannot-hold");
                assertThat(f.message())
                        .isEqualTo(
                                "detach has nothing to empty in data: it is documents.data that refers to its rows.");
            });
        }
    }

    @Test
    void theFixForWhatIsLeftBehindIsSuchALink() {
        try (MappedDatabase world = world(ALONE, GONE)) {
            assertThat(world.findings()).containsExactly("left-behind data");
            String fix = world.check().findings().get(0).fix().toString();
            String entry = fix.lines().skip(1).findFirst().orElseThrow();
            try (MappedDatabase fixed = world(ALONE, GONE + entry + "\n")) {
                assertThat(fixed.findings()).isEmpty();
            }
        }
    }
}
