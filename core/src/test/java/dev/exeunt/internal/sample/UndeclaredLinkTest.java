package dev.exeunt.internal.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.map.read.MapReader;
import dev.exeunt.map.CheckResult;
import dev.exeunt.map.DataSampling;
import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import dev.exeunt.testkit.FixApplier;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests where sampled values are taken for references to people, and where not. */
class UndeclaredLinkTest {

    static Stream<Arguments> places() {
        return Stream.of(
                Arguments.of(SampledWorld.UUIDS, "x uuid", "id", "keys of users ("),
                Arguments.of(SampledWorld.UUIDS, "x text", "id::text", "keys of users ("),
                Arguments.of(
                        SampledWorld.UUIDS,
                        "x uuid[]",
                        "ARRAY[gen_random_uuid(), id]",
                        "keys of users in its elements ("),
                Arguments.of(
                        SampledWorld.UUIDS, "x varchar(40)[]", "ARRAY[id::varchar]", "keys of users in its elements ("),
                Arguments.of(
                        SampledWorld.UUIDS,
                        "x jsonb",
                        "jsonb_build_object('actor', jsonb_build_object('id', id))",
                        "keys of users at $.actor.id ("),
                Arguments.of(
                        SampledWorld.UUIDS,
                        "x json",
                        "json_build_object('a', ARRAY[json_build_object('b', json_build_object('c', id))])",
                        "keys of users at $.a.[*].b.c ("),
                Arguments.of(
                        SampledWorld.UUIDS,
                        "x jsonb",
                        "jsonb_build_object('seen', jsonb_build_object(id, 1))",
                        "keys of users in the names at $.seen.* ("),
                Arguments.of(
                        SampledWorld.UUIDS,
                        "x jsonb",
                        "jsonb_build_object(username, jsonb_build_object('by', id))",
                        "keys of users at $.*.by ("),
                Arguments.of(SampledWorld.NUMBERED, "owner_id int", "id", "keys of users ("),
                Arguments.of(SampledWorld.NUMBERED, "created_by text", "id::text", "keys of users ("),
                Arguments.of(SampledWorld.NUMBERED, "x int", "id", "keys of users ("),
                Arguments.of(SampledWorld.NUMBERED, "member_ids int[]", "ARRAY[id]", "keys of users in its elements ("),
                Arguments.of(
                        SampledWorld.NUMBERED,
                        "x jsonb",
                        "jsonb_build_object('userId', id)",
                        "keys of users at $.userId ("),
                Arguments.of(SampledWorld.NUMBERED, "x text", "upper(email)", "values of users.email ("),
                Arguments.of(SampledWorld.NUMBERED, "x varchar(40)", "username", "values of users.username ("),
                Arguments.of(
                        SampledWorld.NUMBERED,
                        "x jsonb",
                        "jsonb_build_object('to', ARRAY[email])",
                        "values of users.email at $.to.[*] ("));
    }

    @ParameterizedTest(name = "{1}: {2}")
    @MethodSource("places")
    void aReferenceIsFoundWhereverItStands(String people, String column, String value, String said) {
        String name = column.split(" ")[0];
        String rows = "CREATE TABLE notes (n int GENERATED ALWAYS AS IDENTITY, " + column + ");" + "INSERT INTO notes ("
                + name + ") SELECT " + value + " FROM users;";
        String notPersonal = SampledWorld.MAP + "not-personal: { notes: for the test }\n";

        assertThat(SampledWorld.found(people + rows, SampledWorld.MAP))
                .filteredOn(f -> f.what().equals("notes." + name))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.code()).isEqualTo(FindingCode.UNDECLARED_LINK);
                    assertThat(f.isError()).isFalse();
                    assertThat(f.at().toString()).isEqualTo("exeunt.yaml:2:19");
                    assertThat(f.message()).contains(said).endsWith("and the map does not name the table.");
                });
        assertThat(SampledWorld.found(people + rows, notPersonal))
                .filteredOn(f -> f.what().equals("notes." + name))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.at().toString()).isEqualTo("exeunt.yaml:5:17");
                    assertThat(f.message())
                            .contains(said)
                            .endsWith("although the map says that the table is not personal.");
                });
    }

    static Stream<Arguments> decoys() {
        return Stream.of(
                Arguments.of("other UUIDs", SampledWorld.UUIDS, "x uuid", "gen_random_uuid()"),
                Arguments.of("a quantity", SampledWorld.DENSE, "quantity int", "1 + id % 20"),
                Arguments.of("an amount beyond the keys", SampledWorld.DENSE, "cents int", "id * 13"),
                Arguments.of("a position", SampledWorld.DENSE, "x int UNIQUE", "id"),
                Arguments.of("a counter of members", SampledWorld.DENSE, "member_count int", "1 + id % 9"),
                Arguments.of("a year", SampledWorld.DENSE, "x int", "1990 + id % 30"),
                Arguments.of("the owner of another kind", SampledWorld.NUMBERED, "owner_id int", "id + 1"),
                Arguments.of(
                        "a few numbers in a document",
                        SampledWorld.DENSE,
                        "x jsonb",
                        "jsonb_build_object('width', id % 50)"),
                Arguments.of(
                        "a role that two people are called like",
                        SampledWorld.DENSE
                                + "UPDATE users SET username = CASE id WHEN 1 THEN 'admin' ELSE 'user' END WHERE id < 3;",
                        "role text",
                        "CASE WHEN id % 2 = 0 THEN 'admin' ELSE 'user' END"),
                Arguments.of(
                        "words of which some are names",
                        SampledWorld.DENSE + "UPDATE users SET username = 'word' || id WHERE id < 13;",
                        "x text",
                        "'word' || (id % 390)"),
                Arguments.of(
                        "a number of another table",
                        SampledWorld.NUMBERED + "CREATE TABLE recipients (n int);",
                        "first_recipient_id int",
                        "37 + id % 74"),
                Arguments.of(
                        "a number of another kind", SampledWorld.NUMBERED, "member_id int, member_type text", "id"),
                Arguments.of("a key inside a longer one", SampledWorld.UUIDS, "x text", "id::text || '0'"),
                Arguments.of("no value", SampledWorld.UUIDS, "x uuid", "NULL"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("decoys")
    void whatOnlyLooksLikeAReferenceIsNone(String what, String people, String column, String value) {
        String name = column.split(" ")[0];
        String rows = "CREATE TABLE notes (n uuid DEFAULT gen_random_uuid(), " + column + ");" + "INSERT INTO notes ("
                + name + ") SELECT " + value + " FROM users;";

        assertThat(SampledWorld.named(people + rows, SampledWorld.MAP)).isEmpty();
    }

    @Test
    void theOwnAddressBesideALinkNeedsNoLinkAndAnotherPersonsDoes() {
        String sql = SampledWorld.UUIDS + """
                CREATE TABLE posts (id int PRIMARY KEY, author uuid REFERENCES users, author_email text, editor uuid, details jsonb);
                CREATE TABLE lines (id int PRIMARY KEY, post int REFERENCES posts, author_email text, seen_by uuid);
                INSERT INTO posts SELECT row_number() OVER (), id, upper(email), md5((row_number() OVER () % 40 + 1)::text)::uuid,
                    jsonb_build_object('mail', email) FROM users;
                INSERT INTO lines SELECT p.id, p.id, u.email, u.id FROM posts p JOIN users u ON u.id = p.author;
                """;
        String map = SampledWorld.MAP + """
                  posts: { subject: author, erase: delete }
                  lines: { through: posts, on: post, erase: delete }
                """;

        assertThat(SampledWorld.found(sql, map)).singleElement().satisfies(f -> {
            assertThat(f.what()).isEqualTo("posts.editor");
            assertThat(f.at().toString()).isEqualTo("exeunt.yaml:5:3");
            assertThat(f.message())
                    .isEqualTo(
                            "posts.editor holds keys of users (40 of 40 different values in the sample), in rows that"
                                    + " no link of the map gives to these people.");
        });
    }

    @Test
    void anotherRowOfTheSubjectsTableIsNotTheirs() {
        String sql = SampledWorld.UUIDS + """
                ALTER TABLE users ADD invited_by uuid, ADD login text;
                UPDATE users SET login = email, invited_by = md5('3')::uuid WHERE id <> md5('3')::uuid;
                """;

        assertThat(SampledWorld.named(sql, SampledWorld.MAP)).containsExactly("undeclared-link users.invited_by");
    }

    @Test
    void aForeignKeyOfATableThatIsNotPersonalIsToldAndOthersAreNot() {
        String sql = SampledWorld.NUMBERED + """
                CREATE TABLE profiles (id bigint PRIMARY KEY REFERENCES users);
                CREATE TABLE settings (id int, changed_by bigint REFERENCES users, profile bigint REFERENCES profiles);
                INSERT INTO profiles SELECT id FROM users;
                INSERT INTO settings SELECT 1, id, id FROM users LIMIT 1;
                """;
        String map = SampledWorld.MAP + """
                  profiles: { subject: id, erase: delete }
                not-personal: { settings: the application's own }
                """;

        assertThat(SampledWorld.named(sql, map)).containsExactly("undeclared-link settings.changed_by");
    }

    @Test
    void aTableThatCheckMissesInTheMapIsLeftToThatFinding() {
        String sql = SampledWorld.UUIDS + """
                CREATE TABLE posts (id int PRIMARY KEY, user_id uuid, editor uuid, mail text);
                INSERT INTO posts SELECT 1, id, id, email FROM users LIMIT 1;
                """;

        assertThat(SampledWorld.named(sql, SampledWorld.MAP)).isEmpty();
    }

    @Test
    void keysOfSeveralColumnsAreSaidNotToBeSampledAndIdentifiersAre() {
        String sql = """
                CREATE TABLE users (t int, id uuid, email text, PRIMARY KEY (t, id));
                INSERT INTO users SELECT 1, md5(i::text)::uuid, 'Person' || i || '@example.org' FROM generate_series(1, 40) i;
                CREATE TABLE notes (person uuid, mail text);
                INSERT INTO notes SELECT id, email FROM users;
                """;
        CheckResult checked = SampledWorld.checked(sql, """
                version: 1
                subject: { table: users, key: [t, id], identifiers: [email] }
                tables:
                  users: { erase: delete }
                """);

        assertThat(SampledWorld.ofRows(checked)).extracting(Finding::what).containsExactly("notes.mail");
        assertThat(checked.notes())
                .containsExactly("Keys of several columns are not looked for in the sample, only identifiers.");
    }

    @Test
    void aWarningThatTheMapAcceptsIsAccepted() {
        String sql = SampledWorld.UUIDS + "CREATE TABLE notes AS SELECT id AS x FROM users;";
        CheckResult checked = SampledWorld.checked(
                sql, SampledWorld.MAP + "accept: { undeclared-link: { notes.x: for the test } }\n");

        assertThat(checked.findings()).isEmpty();
        assertThat(checked.accepted()).extracting(Finding::what).containsExactly("notes.x");
    }

    static Stream<Arguments> pasted() {
        String members = """
                CREATE TABLE posts (id int PRIMARY KEY, author uuid REFERENCES users, x %s);
                INSERT INTO posts SELECT row_number() OVER (), id, (SELECT %s FROM users o WHERE o.id <> u.id LIMIT 1) FROM users u;
                """;
        String linked = SampledWorld.MAP + "  posts: { subject: author, erase: delete }\n";
        String named = SampledWorld.MAP + "  posts: { links: { author: { subject: author, erase: delete } } }\n";
        return Stream.of(
                Arguments.of("CREATE TABLE posts AS SELECT id AS x FROM users;", SampledWorld.MAP),
                Arguments.of(
                        "CREATE TABLE posts (x uuid NOT NULL); INSERT INTO posts SELECT id FROM users;",
                        SampledWorld.MAP),
                Arguments.of("CREATE TABLE posts AS SELECT id::text AS x FROM users;", SampledWorld.MAP),
                Arguments.of("CREATE TABLE posts AS SELECT email AS x FROM users;", SampledWorld.MAP),
                Arguments.of(String.format(members, "uuid", "id"), linked),
                Arguments.of(String.format(members, "text", "email"), linked),
                Arguments.of(String.format(members, "text", "id::text"), named));
    }

    @ParameterizedTest
    @MethodSource("pasted")
    void itsFixCanBePastedAndRemovesIt(String rows, String map) {
        // one reference for all would be no evidence
        String more = rows.replace("LIMIT 1)", "ORDER BY md5(o.id::text || u.id::text) LIMIT 1)");
        try (MappedDatabase world = MappedDatabase.of(SampledWorld.UUIDS + more, map)) {
            Finding finding = SampledWorld.ofRows(world.exeunt().check(world.map(), DataSampling.DEFAULT))
                    .get(0);
            assertThat(finding.fix().paste()).as(finding.toString()).isNotNull();
            String fixed = FixApplier.into(map, finding);
            CheckResult after = world.exeunt().check(MapReader.read(fixed, "exeunt.yaml"), DataSampling.DEFAULT);

            assertThat(after.errors()).as(fixed).isEmpty();
            assertThat(SampledWorld.ofRows(after)).as(fixed).isEmpty();
        }
    }

    @Test
    void rowsOfOthersAreNotPastedAway() {
        String sql = SampledWorld.UUIDS + """
                CREATE TABLE posts (id int PRIMARY KEY, author uuid REFERENCES users, editor uuid NOT NULL);
                INSERT INTO posts SELECT row_number() OVER (), id, md5((row_number() OVER () % 40 + 1)::text)::uuid FROM users;
                CREATE TABLE notes (id int PRIMARY KEY, x uuid);
                CREATE TABLE lines (note int REFERENCES notes);
                INSERT INTO notes SELECT row_number() OVER (), id FROM users;
                """;

        assertThat(SampledWorld.found(sql, SampledWorld.MAP + "  posts: { subject: author, erase: delete }\n"))
                .hasSize(2)
                .allMatch(f -> f.fix().paste() == null)
                .allMatch(f -> f.fix().words().contains("once you know that"));
    }

    @Test
    void aFewNumbersWithANameAreNotPastedAndManyAre() {
        String rows = "CREATE TABLE notes AS SELECT id AS owner_id FROM users ORDER BY id LIMIT ";

        assertThat(SampledWorld.found(SampledWorld.NUMBERED + rows + "3", SampledWorld.MAP))
                .singleElement()
                .matches(f -> f.fix().paste() == null);
        assertThat(SampledWorld.found(SampledWorld.NUMBERED + rows + "10", SampledWorld.MAP))
                .singleElement()
                .matches(f -> f.fix().paste() != null);
    }

    @Test
    void aGuessAndWhatIsInsideAColumnAreSaidInWords() {
        List<Finding> found = SampledWorld.found(SampledWorld.NUMBERED + """
                        CREATE TABLE notes AS SELECT id AS x, ARRAY[email] AS mails, jsonb_build_object('user', id) AS data FROM users;
                        """, SampledWorld.MAP);

        assertThat(found).hasSize(3).allMatch(f -> f.fix().paste() == null);
        assertThat(found.toString())
                .contains("under tables, notes: { subject: x, erase: delete }, or another fate, once you know")
                .contains("put these references into a table of their own")
                .contains("ADD COLUMN \"data_user\" text GENERATED ALWAYS AS (\"data\" #>> '{user}') STORED;\n"
                        + "           subject: data_user");
    }
}
