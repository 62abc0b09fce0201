package dev.exeunt.internal.reach;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests that a person takes no rows by a value which another present person holds as well. */
class SharedValuesTest {

    /** Five left and kept the name, six took it, seven has a name of their own. */
    private static final String TABLES = """
            CREATE TABLE members (id int PRIMARY KEY, nick text, mail text, left_on date);
            CREATE UNIQUE INDEX ON members (lower(nick)) WHERE left_on IS NULL;
            CREATE TABLE songs (id int PRIMARY KEY, by_nick text, title text);
            CREATE INDEX ON songs (lower(by_nick));
            CREATE TABLE takes (id int PRIMARY KEY, song int REFERENCES songs);
            CREATE INDEX ON takes (song);
            CREATE TABLE letters (id int PRIMARY KEY, mail text, member int REFERENCES members);
            CREATE INDEX ON letters (lower(mail)); CREATE INDEX ON letters (member);
            INSERT INTO members VALUES (5, 'Raven', 'e@x.test', '2021-02-03'), (6, 'raven', 'f@x.test', NULL),
                (7, 'Owl', 'F@x.test', NULL);
            INSERT INTO songs VALUES (1, 'RAVEN', 'a'), (2, 'owl', 'b'), (3, 'raven', 'c');
            INSERT INTO takes VALUES (1, 1), (2, 2);
            INSERT INTO letters VALUES (1, 'E@x.test', NULL), (2, 'f@x.test', NULL), (3, 'f@x.test', 6), (4, 'F@x.test', 5);
            """;

    private static String map(String shared) {
        return map(shared, ", present: \"left_on is null\"", "delete");
    }

    private static String map(String shared, String present, String self) {
        return """
                version: 1
                subject: { table: members, key: id, identifiers: [nick, mail]%s }
                tables:
                  members: { erase: %s }
                  songs: { matches: nick, on: by_nick, shared: %s, erase: delete }
                  takes: { through: songs, on: song, erase: delete }
                  letters:
                    links:
                      own: { subject: member, erase: delete }
                      sent: { matches: mail, on: mail, shared: %3$s, erase: delete }
                """.formatted(present, self, shared);
    }

    private static List<String> ids(MappedDatabase world, String table) {
        return world.database().column("SELECT id::text FROM " + table + " ORDER BY id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"leave", "mine-if-present"})
    void aFormerHolderTakesNoRowOfThePersonWhoHasTheNameNow(String shared) {
        try (MappedDatabase world = MappedDatabase.of(TABLES, map(shared))) {
            world.erase("5");
            assertThat(ids(world, "members")).containsExactly("6", "7");
            assertThat(ids(world, "songs")).containsExactly("1", "2", "3");
            assertThat(ids(world, "takes")).containsExactly("1", "2");
        }
    }

    @Test
    void thePersonWhoHasTheNameNowTakesTheRowsALeaverWhoIsGoneHeldToo() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, map("leave"))) {
            world.erase("6");
            assertThat(ids(world, "songs")).containsExactly("2");
            assertThat(ids(world, "takes")).containsExactly("2");
            assertThat(ids(world, "letters")).as("7 holds the address as well").containsExactly("1", "2", "4");
        }
    }

    @Test
    void withoutAWordOfTheMapASoftDeletedPersonIsPresent() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, map("leave", "", "delete"))) {
            world.erase("6");
            assertThat(ids(world, "songs")).containsExactly("1", "2", "3");
            world.erase("5");
            assertThat(ids(world, "songs")).as("the last holder takes them").containsExactly("2");
        }
    }

    @Test
    void peopleWhoLeaveTogetherTakeWhatNoOtherPersonHolds() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, map("leave"))) {
            world.erase("6", "7");
            assertThat(ids(world, "songs")).isEmpty();
            assertThat(ids(world, "letters")).containsExactly("1");
        }
    }

    @ParameterizedTest
    @CsvSource({"leave, 2", "mine-if-present, 1 2"})
    void anAbsentPersonTakesRowsOfAValueOfTheirOwnUnlessTheMapForbidsIt(String shared, String left) {
        try (MappedDatabase world = MappedDatabase.of(TABLES, map(shared))) {
            world.erase("5");
            assertThat(String.join(" ", ids(world, "letters").subList(0, left.split(" ").length)))
                    .isEqualTo(left);
        }
    }

    @Test
    void anErasedPersonWhoseRowKeptTheValueHoldsNothing() {
        String self = "{ anonymize: { mail: \"gone-{key}\" }, retain: [nick] }";
        try (MappedDatabase world = MappedDatabase.of(TABLES, map("leave", "", self))) {
            world.database().execute("UPDATE members SET mail = 'gone-5' WHERE id = 5");
            world.erase("6");
            assertThat(ids(world, "songs")).containsExactly("2");
        }
    }

    @Test
    void aGhostHoldsNothing() {
        String ghost =
                TABLES + "INSERT INTO members VALUES (0, 'RAVEN', NULL, NULL); CREATE TABLE polls (id int PRIMARY KEY,"
                        + " member int REFERENCES members); CREATE INDEX ON polls (member);";
        String map = map("leave") + "  polls: { subject: member, erase: { reassign: 0 } }\n";
        String indexed = ghost.replace("CREATE UNIQUE INDEX ON members (lower(nick)) WHERE left_on IS NULL;", "");
        try (MappedDatabase world = MappedDatabase.of(indexed, map)) {
            world.erase("6");
            assertThat(ids(world, "songs")).containsExactly("2");
        }
    }

    @Test
    void askingStopsTheErasureAndSaysWhereAndHowMany() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, map("ask"))) {
            assertThatThrownBy(() -> world.erase("5"))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("2 rows by songs.by_nick")
                    .hasMessageNotContainingAny("letters", "aven");
            assertThat(ids(world, "members")).hasSize(3);
            world.erase("5", "6", "7");
            assertThat(ids(world, "songs")).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE UNIQUE INDEX ON members (lower(nick)) | ''",
                "ALTER TABLE members ALTER nick TYPE varchar(40); CREATE UNIQUE INDEX ON members (lower(nick)) | ''",
                "CREATE EXTENSION citext; ALTER TABLE members ALTER nick TYPE citext; CREATE UNIQUE INDEX ON members (nick) | ''",
                "ALTER TABLE members RENAME nick TO \"Nick\"; ALTER TABLE members ADD nick text; CREATE UNIQUE INDEX ON members (lower(\"Nick\")) | ambiguous-value songs.link",
                "CREATE UNIQUE INDEX ON members (nick) | ambiguous-value songs.link",
                "CREATE UNIQUE INDEX ON members (lower(nick)) WHERE id > 0 | ambiguous-value songs.link",
                "CREATE UNIQUE INDEX ON members (lower(nick), id) | ambiguous-value songs.link",
                "CREATE UNIQUE INDEX ON members (upper(nick)) | ambiguous-value songs.link",
                "CREATE INDEX ON members (lower(nick)) | ambiguous-value songs.link",
                "CREATE UNIQUE INDEX ON members (lower(nick)); CREATE TABLE guests () INHERITS (members) | ambiguous-value songs.link",
            })
    void onlyAWholeUniqueIndexOnTheFoldedValueProvesThatItIsOnePersons(String index, String finding) {
        String map = """
                version: 1
                subject: { table: members, key: id, identifiers: [nick] }
                tables:
                  members: { erase: delete }
                  songs: { matches: nick, on: by_nick, erase: delete }
                """;
        String members = "CREATE TABLE members (id int PRIMARY KEY, nick text);"
                + "CREATE TABLE songs (id int PRIMARY KEY, by_nick text); CREATE INDEX ON songs (lower(by_nick));";
        try (MappedDatabase world = MappedDatabase.of(members + index, map)) {
            assertThat(world.findings().stream().filter(f -> f.startsWith("ambiguous")))
                    .containsExactlyElementsOf(finding.isEmpty() ? List.of() : List.of(finding));
        }
    }
}
