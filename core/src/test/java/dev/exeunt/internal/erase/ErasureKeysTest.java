package dev.exeunt.internal.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.UnknownSubjectException;
import dev.exeunt.erase.Receipt;
import dev.exeunt.testkit.MappedDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That a key means one person, whatever its type and wherever it stands. */
class ErasureKeysTest {

    private static MappedDatabase of(String type, String values) {
        String sql = "CREATE TABLE people (id " + type
                + " PRIMARY KEY, n int); INSERT INTO people SELECT * FROM unnest("
                + values + ") WITH ORDINALITY;"
                + "CREATE TABLE a (p " + type + " REFERENCES people, n int); INSERT INTO a SELECT * FROM people;";
        return MappedDatabase.of(
                sql,
                "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\n"
                        + "  a: { subject: p, erase: delete }\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"NULL", "", "a,b", "{x}", "\"q\"", "b\\s", " pad ", "'", "?", "ä%s"})
    void takesAnyTextForAKey(String key) {
        List<String> all = List.of("NULL", "", "a,b", "{x}", "\"q\"", "b\\s", " pad ", "'", "?", "ä%s", "other");
        String values = all.stream().map(k -> "'" + k.replace("'", "''") + "'").collect(Collectors.joining(", "));
        try (MappedDatabase world = of("text", "ARRAY[" + values + "]")) {
            world.erase(key);
            List<String> rest = new ArrayList<>(all);
            rest.remove(key);
            assertThat(world.database().column("SELECT p FROM a ORDER BY n")).isEqualTo(rest);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "char(5) | a | b",
                "date | 2020-01-01 | 2020-01-02",
                "numeric | 10.50 | 10.5001",
                "uuid | 00000000-0000-0000-0000-00000000000a | 00000000-0000-0000-0000-00000000000b",
                "timestamptz | 2020-01-01 00:00:00.000001+00 | 2020-01-01 00:00:00.000002+00",
                "d | 1 | 2",
                "s.mood | up | down"
            })
    void takesAKeyOfAnyType(String type, String key, String other) {
        String types =
                "CREATE DOMAIN d AS int CHECK (value < 9); CREATE SCHEMA s; CREATE TYPE s.mood AS ENUM ('up', 'down');";
        String sql = types + "CREATE TABLE people (id " + type + " PRIMARY KEY); CREATE TABLE a (p " + type
                + " REFERENCES people); INSERT INTO people VALUES ('" + key + "'), ('" + other
                + "'); INSERT INTO a SELECT * FROM people;";
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\n"
                + "  a: { subject: p, erase: delete }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase(key);
            assertThat(world.database().scalar("SELECT p = '" + other + "' FROM a"))
                    .isEqualTo("t");
        }
    }

    @Test
    void followsAForeignKeyThatNamesTheKeysColumnsInAnotherOrder() {
        String sql = """
                CREATE TABLE users (tenant int, id int, name text, PRIMARY KEY (tenant, id));
                INSERT INTO users VALUES (1, 2, 'a'), (2, 1, 'b');
                CREATE TABLE posts (n int, author int, tenant int, FOREIGN KEY (author, tenant) REFERENCES users (id, tenant));
                INSERT INTO posts VALUES (10, 2, 1), (20, 1, 2);
                """;
        String map = "version: 1\nsubject: { table: users, key: [tenant, id] }\ntables:\n"
                + "  users: { erase: { anonymize: { name: null } } }\n"
                + "  posts: { subject: [author, tenant], erase: delete }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("1,2");
            assertThat(world.database().column("SELECT n::text FROM posts")).containsExactly("20");
        }
    }

    @Test
    void neverCutsAKeyToTheLengthOfADomain() {
        String sql = """
                CREATE DOMAIN code AS varchar(3);
                CREATE TABLE people (id text PRIMARY KEY); INSERT INTO people VALUES ('abcdef'), ('abc');
                CREATE TABLE a (p code); INSERT INTO a VALUES ('abc');
                CREATE TABLE shorts (id code PRIMARY KEY); INSERT INTO shorts VALUES ('abc');
                """;
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\n"
                + "  a: { subject: p, erase: delete }\n";
        String shorts = "version: 1\nsubject: { table: shorts, key: id }\ntables:\n  shorts: { erase: delete }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map);
                MappedDatabase other = MappedDatabase.of(sql, shorts)) {
            world.erase("abcdef");
            assertThat(world.database().scalar("SELECT count(*) FROM a")).isEqualTo("1");
            assertThatThrownBy(() -> other.erase("abcdef")).isInstanceOf(UnknownSubjectException.class);
        }
    }

    @Test
    void findsNobodyByAnEmptyIdentifier() {
        String sql = """
                CREATE TABLE people (id int PRIMARY KEY, phone text); INSERT INTO people VALUES (1, ''), (2, ''), (3, '77');
                CREATE TABLE calls (phone text); INSERT INTO calls VALUES (''), ('77');
                """;
        String map = "version: 1\nsubject: { table: people, key: id, identifiers: [phone] }\ntables:\n"
                + "  people: { erase: delete }\n  calls: { matches: phone, on: phone, shared: leave, erase: delete }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("1", "3");
            assertThat(world.database().column("SELECT phone FROM calls")).containsExactly("");
        }
    }

    @ParameterizedTest
    @CsvSource({"99, 1", "3, 1 3"})
    void handsRowsOverOnlyToARowThatIsThereAndStays(String ghost, String keys) {
        String sql = "CREATE TABLE people (id int PRIMARY KEY); INSERT INTO people VALUES (1), (2), (3);"
                + "CREATE TABLE a (p int REFERENCES people); INSERT INTO a VALUES (1), (2);";
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\n"
                + "  a: { subject: p, erase: { reassign: " + ghost + " } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThatThrownBy(() -> world.erase(keys.split(" ")))
                    .isInstanceOf(ReassignTargetCheck.ReassignTargetMissingException.class)
                    .hasMessageContaining("a.link");
            assertThat(world.database().scalar("SELECT count(*) FROM people")).isEqualTo("3");
        }
    }

    @Test
    void handsRowsOverToNoRowThatIsLinkedToThePersonAsWell() {
        String sql = """
                CREATE TABLE people (id int PRIMARY KEY); INSERT INTO people VALUES (1), (2);
                CREATE TABLE boards (id int PRIMARY KEY, owner int REFERENCES people); INSERT INTO boards VALUES (8, 1), (9, 1);
                CREATE INDEX ON boards (owner);
                CREATE TABLE cards (board int REFERENCES boards, title text); INSERT INTO cards VALUES (8, 'x');
                CREATE INDEX ON cards (board);
                """;
        String map = """
                version: 1
                subject: { table: people, key: id }
                tables:
                  people: { erase: delete }
                  boards: { subject: owner, erase: detach }
                  cards: { through: boards, on: board, erase: { reassign: 9, retain: [title] } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThatThrownBy(() -> world.erase("1"))
                    .isInstanceOf(ReassignTargetCheck.ReassignTargetMissingException.class)
                    .hasMessageContaining("cards.link")
                    .hasMessageContaining("linked to the person as well");
            world.database().execute("UPDATE boards SET owner = 2 WHERE id = 9");
            world.erase("1");
            assertThat(world.database().scalar("SELECT board FROM cards")).isEqualTo("9");
        }
    }

    @Test
    void handsRowsOverToNoKeyThatTheSubjectsColumnCannotHold() {
        String sql = "CREATE TABLE people (id int PRIMARY KEY); INSERT INTO people VALUES (1);"
                + "CREATE TABLE a (p bigint REFERENCES people); INSERT INTO a VALUES (1);";
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\n"
                + "  a: { subject: p, erase: { reassign: 3000000000 } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThatThrownBy(() -> world.erase("1"))
                    .isInstanceOf(ReassignTargetCheck.ReassignTargetMissingException.class);
        }
    }

    /** A row of a table that inherits is not one that a foreign key would find. */
    @Test
    void handsRowsOverToNoRowOfATableThatInherits() {
        String sql = """
                CREATE TABLE people (id int PRIMARY KEY); INSERT INTO people VALUES (1);
                CREATE TABLE staff () INHERITS (people); INSERT INTO staff VALUES (9);
                CREATE TABLE a (p int REFERENCES people); INSERT INTO a VALUES (1);
                """;
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\n"
                + "  a: { subject: p, erase: { reassign: 9 } }\nnot-personal: { staff: x }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThatThrownBy(() -> world.erase("1"))
                    .isInstanceOf(ReassignTargetCheck.ReassignTargetMissingException.class);
        }
    }

    /** The two lock each other's rows in turn; PostgreSQL ends one, which is tried again. */
    @Test
    void erasesPeopleWhoFollowEachOtherAtTheSameTime() throws Exception {
        String sql = """
                CREATE TABLE people (id int PRIMARY KEY); INSERT INTO people SELECT generate_series(1, 8);
                CREATE TABLE follows (a int REFERENCES people, b int REFERENCES people, PRIMARY KEY (a, b));
                INSERT INTO follows SELECT a.id, b.id FROM people a, people b WHERE a.id <> b.id;
                """;
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\n"
                + "  follows: { erase: delete, links: { a: { subject: a }, b: { subject: b } } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            List<CompletableFuture<Receipt>> all = IntStream.rangeClosed(1, 6)
                    .mapToObj(i -> CompletableFuture.supplyAsync(
                            () -> world.exeuntWaiting(30).erase(world.map(), List.of("" + i), receipt -> {})))
                    .toList();
            for (CompletableFuture<Receipt> one : all) {
                one.get(60, TimeUnit.SECONDS);
            }
            assertThat(world.database().column("SELECT a || '/' || b FROM follows"))
                    .containsExactlyInAnyOrder("7/8", "8/7");
        }
    }

    @Test
    void fillsInEachKeyOfManyPeople() {
        String sql = "CREATE TABLE people (id int PRIMARY KEY); INSERT INTO people SELECT generate_series(1, 40);"
                + "CREATE TABLE posts (id int PRIMARY KEY, p int REFERENCES people, t text);"
                + "INSERT INTO posts SELECT i, i % 40 + 1, '' FROM generate_series(1, 200) i;"
                + "CREATE TABLE parts (post int REFERENCES posts, s text, t text);"
                + "INSERT INTO parts SELECT i % 200 + 1, '', '' FROM generate_series(1, 400) i;";
        String map = "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: { keep: why } }\n"
                + "  posts: { subject: p, erase: { anonymize: { t: \"of {key}\" } } }\n"
                + "  parts: { through: posts, on: post, erase: { anonymize: { t: \"of {key}\" }, retain: [s] } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase(IntStream.rangeClosed(1, 30).mapToObj(String::valueOf).toArray(String[]::new));
            assertThat(world.database()
                            .scalar("SELECT count(*) FROM posts JOIN parts x ON x.post = posts.id WHERE posts.t"
                                    + " IS DISTINCT FROM x.t OR x.t <> CASE WHEN p <= 30 THEN 'of ' || p ELSE '' END"))
                    .isEqualTo("0");
        }
    }
}
