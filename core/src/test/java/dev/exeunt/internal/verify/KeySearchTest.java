package dev.exeunt.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.erase.Residue;
import dev.exeunt.erase.Residue.ResidueVerdict;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests where {@code verify} finds keys and values beside the links of the map, and what it says it could not judge. */
class KeySearchTest {

    private static final String UUID = "5f2c1b7e-93a1-4a7e-8d52-0c2f6b8e9a11";
    private static final String MAP = """
            version: 1
            subject: { table: users, key: id }
            tables: { users: { erase: delete } }
            not-personal: { things: for the test }
            """;

    private static Residue verify(String keyType, String things, String key, String... values) {
        String sql = "CREATE TABLE users (id " + keyType + " PRIMARY KEY);" + things;
        try (MappedDatabase world = MappedDatabase.of(sql, MAP)) {
            return world.exeunt().verify(world.map(), List.of(key), List.of(values));
        }
    }

    @Test
    void whatTheMapAcceptsWhereRehearseFindsItIsKeptWithItsReason() {
        String sql = """
                CREATE TABLE users (id uuid PRIMARY KEY);
                CREATE TABLE things (path text, note text);
                INSERT INTO things VALUES ('users/%1$s', 'anna@x.example'), (null, '%1$s');
                """.formatted(UUID);
        String accepted = MAP + "accept: { unreached-data: { things.path: kept for 90 days } }";
        try (MappedDatabase world = MappedDatabase.of(sql, accepted)) {
            Residue residue = world.exeunt().verify(world.map(), List.of(UUID), List.of("anna@x.example"));
            assertThat(residue.places())
                    .extracting(p -> p.column() + " " + p.what() + " " + p.kept())
                    .containsExactlyInAnyOrder("path key kept for 90 days", "note key null", "note value null");
            assertThat(residue.verdict()).isEqualTo(ResidueVerdict.LEFT);
        }
        try (MappedDatabase world = MappedDatabase.of(sql, accepted.replace("things.path", "things"))) {
            assertThat(world.exeunt()
                            .verify(world.map(), List.of(UUID), List.of("anna@x.example"))
                            .verdict())
                    .isEqualTo(ResidueVerdict.NOTHING_LEFT);
        }
    }

    @Test
    void aKeyThatTheMapAcceptsWhereCheckFindsItIsKeptWithItsReason() {
        String sql = """
                CREATE TABLE users (id uuid PRIMARY KEY);
                CREATE TABLE things (path text, owner text);
                INSERT INTO things VALUES ('users/%1$s', 'anna@x.example'), (null, '%1$s');
                """.formatted(UUID);
        String accepted = MAP
                + "accept: { undeclared-link: { things.path: a file }, hidden-reference: { things.owner: a mailbox } }";
        try (MappedDatabase world = MappedDatabase.of(sql, accepted)) {
            Residue residue = world.exeunt().verify(world.map(), List.of(UUID), List.of("anna@x.example"));
            assertThat(residue.places())
                    .extracting(p -> p.column() + " " + p.what() + " " + p.kept())
                    .containsExactlyInAnyOrder("path key a file", "owner key a mailbox", "owner value null");
        }
    }

    private static List<String> left(Residue residue) {
        return residue.places().stream()
                .filter(p -> p.kept() == null)
                .map(p -> p.table() + "." + p.column() + " " + p.what() + " " + p.rows())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "uuid; '" + UUID + "'",
                "text; 'to " + UUID + "!'",
                "varchar(80); '" + UUID + "'",
                "text; '5f2c1b7e93a14a7e8d520c2f6b8e9a11'",
                "uuid[]; '{" + UUID + "}'",
                "text[]; '{a:" + UUID + "}'",
                "jsonb; '{\"a\": [{\"b\": \"" + UUID + "\"}]}'",
                "json; '\"x/" + UUID + "\"'",
                "xml; '<a>" + UUID + "</a>'",
                "bytea; 'of " + UUID + "'"
            })
    void aUuidIsFoundInEveryTypeOfColumn(String typeAndValue) {
        String type = typeAndValue.split("; ")[0];
        String value = typeAndValue.split("; ")[1];
        String things = "CREATE TABLE things (x " + type + "); INSERT INTO things VALUES (" + value + ");";
        assertThat(left(verify("uuid", things, UUID))).as(typeAndValue).containsExactly("things.x key 1");
        assertThat(left(verify("uuid", things, UUID.replace('5', '6'))))
                .as("another's")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "member_ids; bigint[]; '{7,501,9}'",
                "owner; int; 501",
                "user_ref; text; '501'",
                "created_by; numeric; 501",
                "payload; jsonb; '{\"member_ids\": [7, 501]}'",
                "payload; jsonb; '{\"actor\": 501}'",
                "payload; json; '{\"createdBy\":\"501\"}'"
            })
    void aShortNumberIsFoundWhereTheNameSaysThatItIsAKey(String column) {
        String[] parts = column.split("; ");
        String things = "CREATE TABLE things (" + parts[0] + " " + parts[1] + "); INSERT INTO things VALUES ("
                + parts[2] + "), (" + parts[2].replace("501", "5010") + ");";
        assertThat(left(verify("bigint", things, "501"))).containsExactly("things." + parts[0] + " key 1");
    }

    /** {@code 7.5} is {@code 7.50}, citext has no case, and a foreign key tells of a text that is shorter than a token. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "numeric; 7.50; owner numeric; 7.5",
                "numeric; 7.50; ref numeric REFERENCES users; 7.5",
                "numeric; 7.50; member_ids numeric[]; '{7.5}'",
                "bigint; 501; created_by numeric; 501.00",
                "citext; Al; owner citext; 'AL'",
                "text; v1; ref text REFERENCES users; 'v1'"
            })
    void aKeyIsFoundHoweverItIsSpelled(String example) {
        String[] parts = example.split("; ");
        String column = parts[2].split(" ")[0];
        String things = "INSERT INTO users VALUES ('" + parts[1] + "'); CREATE TABLE things (" + parts[2]
                + "); INSERT INTO things VALUES (" + parts[3] + ");";
        String citext = parts[0].equals("citext") ? "CREATE EXTENSION citext; " : "";
        try (MappedDatabase world = MappedDatabase.of(
                citext + "CREATE TABLE users (id " + parts[0] + " PRIMARY KEY);" + things,
                MAP.replace("erase: delete", "erase: { keep: a reason }"))) {
            Residue residue = world.exeunt().verify(world.map(), List.of(parts[1]), List.of());
            assertThat(left(residue)).as(example).containsExactly("things." + column + " key 1");
        }
    }

    @Test
    void numbersThatNothingSaysToBeKeysAreListedOnceAndNotCounted() {
        String things = "CREATE TABLE things (id int PRIMARY KEY, amount int, size bigint, payload jsonb);"
                + "INSERT INTO things VALUES (1, 501, 501, '{\"count\": 501}');";
        Residue residue = verify("bigint", things, "501");
        assertThat(left(residue)).isEmpty();
        assertThat(residue.unjudged()).singleElement().satisfies(u -> {
            assertThat(u.table()).isEqualTo("things");
            assertThat(u.column()).isEqualTo("amount, size");
            assertThat(u.rows()).isZero();
        });
        assertThat(residue.verdict()).isEqualTo(ResidueVerdict.NOTHING_LEFT);
    }

    @Test
    void numbersThatAreAlmostAllKeysAreSearchedAndCountsAreNot() {
        String things = "INSERT INTO users SELECT n FROM generate_series(1, 900) AS n WHERE n <> 501;"
                + "CREATE TABLE things (x int, stars int);"
                + "INSERT INTO things SELECT n * 7 % 900, n % 5 + 1 FROM generate_series(1, 600) AS n WHERE n * 7 % 900 > 0;"
                + "INSERT INTO things VALUES (501, 3);";
        Residue residue = verify("bigint", things, "501");
        assertThat(residue.unjudged())
                .extracting(u -> u.column() + " " + (u.rows() > 0))
                .containsExactlyInAnyOrder("x true", "stars false");
        assertThat(residue.verdict()).isEqualTo(ResidueVerdict.NOT_JUDGED);
        assertThat(verify("bigint", things, "3").unjudged())
                .filteredOn(u -> u.column().equals("stars"))
                .allMatch(u -> u.rows() == 0);
    }

    @Test
    void aNumberBesideAColumnThatSaysWhichTableIsMeantIsNotCalledLeft() {
        String things = "CREATE TABLE things (owner_id bigint, owner_type text, author_id bigint);"
                + "INSERT INTO things VALUES (1234567, 'Post', 1), (1234567, 'User', 1);";
        Residue residue = verify("bigint", things, "1234567");
        assertThat(left(residue)).isEmpty();
        assertThat(residue.unjudged())
                .filteredOn(u -> u.rows() > 0)
                .singleElement()
                .satisfies(u -> assertThat(u.column() + " " + u.rows()).isEqualTo("owner_id 2"));
    }

    /** The same small number is the key of another table's row. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "recipient_id int REFERENCES recipients; 17",
                "member_id int REFERENCES users (badge); 17",
                "first_recipient_id bigint; 17",
                "\"groupMemberId\" int; 17",
                "recipient_ids int[]; '{17}'",
                "recipient int; 17",
                "payload jsonb; '{\"recipientId\": 17, \"recipient\": {\"id\": 17}}'"
            })
    void aKeyOfAnotherTablesRowIsNotCalledLeft(String columnAndValue) {
        String others = "ALTER TABLE users ADD badge int UNIQUE; INSERT INTO users VALUES (1, 17);"
                + "CREATE TABLE recipients (id int PRIMARY KEY); INSERT INTO recipients VALUES (17);"
                + "CREATE TABLE group_members (id int PRIMARY KEY, note text); CREATE TABLE members (id int PRIMARY KEY);";
        String[] parts = columnAndValue.split("; ");
        String things = "CREATE TABLE things (" + parts[0] + "); INSERT INTO things VALUES (" + parts[1] + ");";
        assertThat(left(verifyKept(others + things))).isEmpty();
    }

    /** These tables hold people as well: rows with the same keys, a copy in another schema, a part of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "member_id int REFERENCES members (user_id)",
                "recipient_id int REFERENCES members (user_id)",
                "member_id int",
                "user_id int",
                "author_id int REFERENCES accounts",
                "editor_id int"
            })
    void aKeyOfARowWithThePersonsKeyIsLeft(String column) {
        String neighbours = "CREATE TABLE accounts (id bigint PRIMARY KEY); INSERT INTO accounts VALUES (17);"
                + "INSERT INTO users VALUES (17); ALTER TABLE users ADD FOREIGN KEY (id) REFERENCES accounts;"
                + "CREATE TABLE members (user_id bigint PRIMARY KEY REFERENCES users); INSERT INTO members VALUES (17);"
                + "CREATE TABLE recipients (id int PRIMARY KEY); CREATE TABLE editors () INHERITS (users);"
                + "CREATE SCHEMA audit; CREATE TABLE audit.users (id bigint);";
        String things = "CREATE TABLE things (" + column + "); INSERT INTO things VALUES (17);";
        assertThat(left(verifyKept(neighbours + things))).contains("things." + column.split(" ")[0] + " key 1");
    }

    private static Residue verifyKept(String things) {
        String map = MAP.replace("erase: delete", "erase: { keep: a reason }")
                .replace("things: for the test", "things: for the test, members: for the test");
        try (MappedDatabase world = MappedDatabase.of("CREATE TABLE users (id bigint PRIMARY KEY);" + things, map)) {
            return world.exeunt().verify(world.map(), List.of("17"), List.of());
        }
    }

    @Test
    void largeObjectsMaterializedViewsAndOtherSchemasAreLookedThrough() {
        String things =
                "CREATE TABLE things (x oid); CREATE SCHEMA history; CREATE TABLE history.users_log (line text);"
                        + "INSERT INTO history.users_log VALUES ('yara@example.org');"
                        + "CREATE MATERIALIZED VIEW summary AS SELECT 501 AS user_id, 'ask Yara@example.org' AS note;"
                        + "INSERT INTO things VALUES (lo_from_bytea(0, convert_to('CV of Zoë, yara@example.org', 'UTF8')))";
        Residue byValue = verify("bigint", things, "1", "yara@example.org");
        assertThat(left(byValue))
                .containsExactlyInAnyOrder(
                        "history.users_log.line value 1",
                        "pg_largeobject.data large object 1",
                        "summary.until it is refreshed materialized view 1");
        assertThat(left(verify("bigint", things, "501")))
                .containsExactly("summary.until it is refreshed materialized view 1");
        assertThat(left(verify("bigint", things, "1", "of Zoë"))).containsExactly("pg_largeobject.data large object 1");
    }

    @Test
    void largeObjectsThatAnErasureLeavesBehindAreNotPassedOver() {
        String sql = "CREATE TABLE users (id bigint PRIMARY KEY, picture oid);"
                + "INSERT INTO users VALUES (1, lo_from_bytea(0, 'one')), (2, lo_from_bytea(0, 'two'));";
        try (MappedDatabase world = MappedDatabase.of(sql, MAP.replaceFirst("not-personal.*", ""))) {
            assertThat(world.exeunt()
                            .verify(world.map(), List.of("9"), List.of())
                            .verdict())
                    .isEqualTo(ResidueVerdict.NOTHING_LEFT);
            world.erase("1");
            Residue residue = world.exeunt().verify(world.map(), List.of("1"), List.of());
            assertThat(residue.unjudged())
                    .filteredOn(u -> u.rows() > 0)
                    .singleElement()
                    .satisfies(u -> assertThat(u.table() + " " + u.rows()).isEqualTo("pg_largeobject 1"));
            assertThat(residue.verdict()).isEqualTo(ResidueVerdict.NOT_JUDGED);
        }
    }

    @Test
    void statisticsAreNamedWithWhatEndsThem() {
        String things =
                "CREATE TABLE things (x text); INSERT INTO things SELECT 'yara@example.org' FROM generate_series(1, 50);"
                        + "ANALYZE things; DELETE FROM things;";
        Residue residue = verify("bigint", things, "1", "yara@example.org");
        assertThat(left(residue)).isEmpty();
        assertThat(residue.outside()).anyMatch(o -> o.endsWith("ANALYZE public.things."));
        assertThat(residue.verdict()).isEqualTo(ResidueVerdict.NOTHING_LEFT);
        assertThat(verify("bigint", things.replace("DELETE FROM things;", ""), "1", "yara@example.org")
                        .outside())
                .as("what rows still hold")
                .noneMatch(o -> o.contains("ANALYZE"));
    }

    @Test
    void aRoleThatMayNotReadALargeObjectSaysSo() {
        String sql = "CREATE TABLE users (id bigint PRIMARY KEY); CREATE TABLE things (x oid);"
                + "INSERT INTO things VALUES (lo_from_bytea(0, 'yara'))";
        try (MappedDatabase world = MappedDatabase.of(sql, MAP)) {
            String role = world.database().createRole("lo_blind");
            var clerk = world.exeunt(role, role);
            clerk.grants(world.map(), role).forEach(world.database()::execute);
            world.database().execute("GRANT SELECT ON things TO " + role);
            Residue residue = clerk.verify(world.map(), List.of("1"), List.of("yara"));
            assertThat(residue.unreadable()).singleElement().asString().contains("large objects");
            assertThat(residue.verdict()).isEqualTo(ResidueVerdict.NOT_JUDGED);
        }
    }

    @Test
    void ofAVeryLongValueTheBeginningIsReadAndSaidSo() {
        String things = "CREATE TABLE things (x text); ALTER TABLE things ALTER x SET STORAGE EXTERNAL;"
                + "INSERT INTO things VALUES ('to yara@example.org ' || repeat('x ', 17000000)),"
                + " (repeat('x ', 17000000) || 'bo@example.org')";
        Residue residue = verify("bigint", things, "1", "yara@example.org", "bo@example.org");
        assertThat(left(residue)).containsExactly("things.x value 1");
        assertThat(residue.unreadable())
                .containsExactly("of 2 long values in things only the beginnings were looked through");
    }
}
