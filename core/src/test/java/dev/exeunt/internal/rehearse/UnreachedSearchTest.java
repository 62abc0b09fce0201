package dev.exeunt.internal.rehearse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.RehearsalResult.UnreachedPlace;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests what a rehearsal finds of people in places that the map does not reach. */
class UnreachedSearchTest {

    private static final String PEOPLE = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, name text, city text, role text);
            INSERT INTO people VALUES
                (17, 'anna@x.example', 'Anna Karenina', 'Moscow', 'editor-in-chief'),
                (18, 'ben@x.example', 'Ben Hur', 'Moscow', 'reader'),
                (19, 'cleo@x.example', 'Cleo Patra', 'Moscow', 'reader');
            CREATE TABLE posts (id int PRIMARY KEY, author bigint REFERENCES people ON DELETE CASCADE, body text);
            CREATE INDEX ON posts (author);
            INSERT INTO posts VALUES (1, 17, 'by anna@x.example and user 17'), (2, 18, 'hello');
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { erase: { anonymize: { email: "gone-{key}@erased.invalid", name: null, city: null, role: null } } }
              posts: { subject: author, erase: delete }
            """;

    private static List<UnreachedPlace> search(String things, String notPersonal, String... keys) {
        return searchBy(MAP + notPersonal, things, keys);
    }

    private static List<UnreachedPlace> searchBy(String map, String things, String... keys) {
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + things, map)) {
            Map<String, List<String>> before = world.database().snapshot();
            RehearsalResult result = world.exeunt().rehearse(world.map(), List.of(keys), 0);
            assertThat(world.database().snapshot()).isEqualTo(before);
            assertThat(result.failed()).as(result.toString()).isZero();
            assertThat(result.toString()).doesNotContain("anna", "Karenina", "17 ");
            return result.search().places();
        }
    }

    private static List<String> found(String things, String... keys) {
        return search(things, "not-personal: { things: for the test }", keys).stream()
                .map(p -> p.table() + "." + p.column() + " " + p.kind() + " " + p.rows() + " of which left " + p.left())
                .toList();
    }

    @Test
    void findsNothingWhereTheMapReachesEverything() {
        assertThat(found(
                        "CREATE TABLE things (x text); INSERT INTO things VALUES ('117 x17 hannah@x.example')",
                        "17",
                        "18"))
                .isEmpty();
    }

    @Test
    void findsKeysIdentifiersAndValuesInTablesThatTheMapCallsNotPersonal() {
        String things = """
                CREATE TABLE things (member_id bigint, note text, payload jsonb);
                INSERT INTO things VALUES (17, 'for Anna Karenina', '{"to": "ANNA@x.example", "user": {"id": 17}}'),
                    (18, '17', '{"count": 17}');""";
        assertThat(found(things, "17"))
                .containsExactly(
                        "things.member_id key 1 of which left 1",
                        "things.note value 1 of which left 1",
                        "things.payload key 1 of which left 1",
                        "things.payload identifier 1 of which left 1");
    }

    @Test
    void findsWhatRowsOfOthersSayAndNotWhatTheySayOfThemselves() {
        String more = "INSERT INTO posts VALUES (3, 18, 'ask anna@x.example'); CREATE TABLE things (x int);"
                + "UPDATE people SET name = 'Anna Karenina' WHERE id = 18;";
        assertThat(found(more, "17", "18")).containsExactly("posts.body identifier 1 of which left 1");
        String alone = "INSERT INTO posts VALUES (3, 18, 'ANNA KARENINA'); CREATE TABLE things (x int);";
        assertThat(found(alone, "17")).containsExactly("posts.body value 1 of which left 1");
    }

    @Test
    void takesNoLongerAddressAndNoAddressOfAnotherPersonForTheirs() {
        String more = """
                CREATE TABLE invitations (id int PRIMARY KEY, by bigint REFERENCES people ON DELETE CASCADE, email text);
                CREATE INDEX ON invitations (by);
                INSERT INTO invitations VALUES (1, 17, 'ben@x.example');
                CREATE TABLE things (line text);
                INSERT INTO things VALUES ('anna@x.example.org, joanna@x.example, not.anna@x.example'), ('to ben@x.example');
                """;
        String map = MAP + "  invitations: { subject: by, erase: delete }\nnot-personal: { things: for the test }";
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + more, map)) {
            assertThat(world.exeunt()
                            .rehearse(world.map(), List.of("17"), 0)
                            .search()
                            .places())
                    .isEmpty();
        }
        assertThat(found(
                        "CREATE TABLE things (line text); INSERT INTO things VALUES ('- anna@x.example.'), ('<Anna@x.example>')",
                        "17"))
                .containsExactly("things.line identifier 2 of which left 2");
    }

    @Test
    void takesNoKeyOfAnotherTablesRowForTheSameKeyOfThePerson() {
        String more = """
                CREATE TABLE recipients (id int PRIMARY KEY, email text);
                INSERT INTO recipients VALUES (17, 'to@x.example');
                CREATE TABLE things (recipient_id int REFERENCES recipients, template_recipient_id int, member_id int);
                INSERT INTO things VALUES (17, 17, null), (null, null, 17);
                """;
        assertThat(found(more, "17")).containsExactly("things.member_id key 1 of which left 1");
    }

    /** Almost all of them are keys of people as well, and spread as far. */
    @Test
    void takesNoNumbersForKeysWhereTheNameSaysAnotherTable() {
        String more = """
                INSERT INTO people SELECT n FROM generate_series(1000001, 1000040) AS n;
                CREATE TABLE invoices (id int PRIMARY KEY);
                CREATE TABLE things (invoice_id int, x int);
                INSERT INTO things SELECT n, n FROM generate_series(1000001, 1000040) AS n;
                """;
        assertThat(found(more, "1000003")).containsExactly("things.x key 1 of which left 1");
    }

    @Test
    void takesNoValueThatAnotherPersonsOwnRowHoldsForOneOfThisPerson() {
        String more = """
                ALTER TABLE people ADD signup_ip inet;
                ALTER TABLE posts ADD author_ip inet, ADD author_phone text;
                CREATE TABLE profiles (person bigint PRIMARY KEY REFERENCES people ON DELETE CASCADE, phone text, note text);
                UPDATE people SET signup_ip = '198.51.100.30' WHERE id = 18;
                INSERT INTO posts VALUES (3, 17, 'x', '198.51.100.30', '+49 30 1234567');
                INSERT INTO profiles VALUES (18, '+49 30 1234567', null);
                CREATE TABLE things (line text);
                """;
        assertThat(foundBesideProfiles(more)).isEmpty();
        assertThat(foundBesideProfiles(more
                        + "UPDATE people SET city = 'at Anna Karenina' WHERE id = 19; UPDATE profiles SET note = '+49 30 1234567';"
                        + "INSERT INTO things VALUES ('+49 30 1234567')"))
                .containsExactlyInAnyOrder("people.city value", "profiles.note value", "things.line value");
    }

    private static List<String> foundBesideProfiles(String more) {
        String map = "  profiles: { subject: person, erase: delete }\nnot-personal: { things: for the test }";
        return searchBy(MAP.replace("role: null", "role: null, signup_ip: null") + map, more, "17").stream()
                .map(p -> p.table() + "." + p.column() + " " + p.kind())
                .toList();
    }

    @Test
    void looksAgainAtWhatATriggerTakesAlong() {
        String more = """
                CREATE TABLE things (owner bigint, label text);
                INSERT INTO things VALUES (17, 'a'), (17, 'anna@x.example'), (18, 'anna@x.example');
                CREATE FUNCTION tidy() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN DELETE FROM things WHERE owner = OLD.id; RETURN NULL; END';
                CREATE TRIGGER tidy AFTER UPDATE ON people FOR EACH ROW EXECUTE FUNCTION tidy();
                """;
        assertThat(found(more, "17"))
                .containsExactly("things.owner key 2 of which left 0", "things.label identifier 2 of which left 1");
    }

    @Test
    void findsARowThatTheErasureMoves() {
        String more = """
                CREATE TABLE things (x int);
                ALTER TABLE posts ADD touched int;
                INSERT INTO posts VALUES (3, 18, 'ask anna@x.example', 0);
                CREATE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS
                    'BEGIN UPDATE posts SET touched = 1 WHERE author <> OLD.id; RETURN NULL; END';
                CREATE TRIGGER touch AFTER UPDATE ON people FOR EACH ROW EXECUTE FUNCTION touch();
                """;
        assertThat(found(more, "17")).containsExactly("posts.body identifier 1 of which left 1");
        assertThat(found(
                        more.replace("things (x int)", "things (x int); ALTER TABLE posts DROP CONSTRAINT posts_pkey"),
                        "17"))
                .containsExactly("posts.body identifier 1 of which left 1");
    }

    @Test
    void looksThroughForeignTablesForEachPerson() {
        String more = """
                CREATE EXTENSION file_fdw; CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
                CREATE FOREIGN TABLE things (member_id int, line text) SERVER files
                    OPTIONS (program 'printf "17,to anna@x.example\\\\n18,hello\\\\n"', format 'csv');
                """;
        assertThat(found(more, "17", "18"))
                .containsExactlyInAnyOrder(
                        "things.member_id key 2 of which left 2", "things.line identifier 1 of which left 1");
    }

    @Test
    void printsALinkToPasteAndHeedsWhatTheMapAccepts() {
        String things = "CREATE TABLE things (member_id bigint); INSERT INTO things VALUES (17);";
        assertThat(search(things, "not-personal: { things: for the test }", "17"))
                .singleElement()
                .satisfies(
                        p -> assertThat(p.fix().toString()).contains("things: { subject: member_id, erase: delete }"));
        String accepted = "not-personal: { things: for the test }\n"
                + "accept: { unreached-data: { things.member_id: kept for the test } }";
        assertThat(search(things, accepted, "17"))
                .extracting(UnreachedPlace::accepted)
                .containsExactly("kept for the test");
    }

    @Test
    void acceptsAReferenceThatTheMapAcceptsWhereCheckFindsIt() {
        String things = "CREATE TABLE things (member_id bigint, owner text, note text);"
                + "INSERT INTO things VALUES (17, 'anna@x.example', 'Anna Karenina');";
        String accepted = """
                not-personal: { things: for the test }
                accept:
                  undeclared-link: { things.member_id: a key elsewhere, things.note: of keys only }
                  hidden-reference: { things.owner: a mailbox }
                """;
        assertThat(search(things, accepted, "17"))
                .extracting(p -> p.column() + " " + p.kind() + ": " + p.accepted())
                .containsExactly("member_id key: a key elsewhere", "owner identifier: a mailbox", "note value: null");
    }

    @Test
    void saysThatTheRowsOfANumberMayNotGo() {
        String things = "CREATE TABLE things (member_id bigint); INSERT INTO things VALUES (17);";
        assertThat(search(things, "not-personal: { things: for the test }", "17"))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.fix().paste()).isNull();
                    assertThat(p.fix().words())
                            .contains(
                                    "take the table out of not-personal",
                                    "things: { subject: member_id, erase: delete }",
                                    "once you know that its rows may go");
                });
    }
}
