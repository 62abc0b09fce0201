package dev.exeunt.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.erase.Residue;
import dev.exeunt.testkit.MappedDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests what {@code verify} finds of a person, and what it takes for another person's. */
class ResidueScanTest {

    private static final String TABLES = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text, note text);
            INSERT INTO people VALUES (1, 'anna@x.org', NULL), (2, 'ben@x.org', NULL);
            CREATE TABLE posts (id int, author bigint, body text);
            CREATE TABLE audit (at date, data jsonb, raw json, words text[], actors bigint[], user_id bigint, bin bytea);
            """;
    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { erase: { anonymize: { email: "gone-{key}" }, retain: [note] } }
              posts: { subject: author, erase: { detach: true, retain: [body] } }
            not-personal: { audit: looked at by nobody }
            """;

    private static List<String> left(MappedDatabase world, List<String> keys, String... values) {
        return world.exeunt().verify(world.map(), keys, List.of(values)).places().stream()
                .map(p -> p.table() + "." + p.column() + " " + p.what() + " " + p.rows()
                        + (p.kept() == null ? "" : " kept"))
                .toList();
    }

    @Test
    void findsValuesAsWholeTokensInEveryTextJsonAndArrayColumn() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            world.database().execute("""
                            INSERT INTO posts VALUES (1, 2, 'ask ANNA@x.org!'), (2, 2, 'joanna@x.org'), (3, 2, 'anna@x.orgs');
                            INSERT INTO audit (data) VALUES ('{"mail": "anna@x.org"}'), ('{"anna@x.org": 1}');
                            INSERT INTO audit (raw) VALUES ('"say \\"anna@x.org\\""');
                            INSERT INTO audit (words) VALUES ('{a,anna@x.org}');
                            INSERT INTO audit (bin) VALUES ('anna@x.org');
                            """);
            assertThat(left(world, List.of(), "anna@x.org"))
                    .containsExactly(
                            "audit.data value 2",
                            "audit.raw value 1",
                            "audit.words value 1",
                            "audit.bin value 1",
                            "people.email value 1",
                            "posts.body value 1");
        }
    }

    @Test
    void takesAwkwardValuesLiterally() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            world.database()
                    .execute("INSERT INTO posts VALUES (1, 2, E'a (b) [c] \"d\" \\\\e.*'), (2, 2, 'a b c d e')");
            assertThat(left(world, List.of(), "a (b) [c] \"d\" \\e.*")).containsExactly("posts.body value 1");
            assertThat(left(world, List.of(), "b) [c")).containsExactly("posts.body value 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"detach: true", "anonymize: { author: null }", "anonymize: { author: 2 }"})
    void keepsWhatTheMapRetainsOfRowsWhoseLinkIsOverwritten(String erase) {
        String map = MAP.replace("detach: true", erase);
        try (MappedDatabase world = MappedDatabase.of(TABLES, map)) {
            world.database().execute("INSERT INTO posts VALUES (1, 1, 'by anna@x.org')");
            world.exeunt().erase(world.map(), List.of("1"), receipt -> {});
            assertThat(left(world, List.of("1"), "anna@x.org"))
                    .as(erase)
                    .contains("posts.body value 1 kept")
                    .doesNotContain("posts.body value 1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"anonymize: { author: null }", "anonymize: { author: 2 }"})
    void findsWhatRowsOfOthersSayAlsoWhereARuleOverwritesTheLink(String erase) {
        String map = MAP.replace("detach: true", erase);
        try (MappedDatabase world = MappedDatabase.of(TABLES, map)) {
            world.database()
                    .execute(
                            "INSERT INTO people (id) VALUES (3); INSERT INTO posts VALUES (1, 1, 'x'), (2, 3, 'to anna@x.org')");
            world.exeunt().erase(world.map(), List.of("1"), receipt -> {});
            assertThat(left(world, List.of("1"), "anna@x.org"))
                    .as(erase)
                    .contains("posts.body value 1")
                    .doesNotContain("posts.body value 1 kept");
        }
    }

    /** The tenant's zero stands in the rows of everyone in that tenant. */
    @Test
    void findsWhatRowsOfOthersSayWhereARuleOverwritesOnePartOfTheLink() {
        String sql = "CREATE TABLE people (tenant int, id int, email text, PRIMARY KEY (tenant, id));"
                + "INSERT INTO people VALUES (7, 1, 'anna@x.org'), (0, 2, 'ben@x.org');"
                + "CREATE TABLE posts (id int, tenant int, author int, body text);"
                + "INSERT INTO posts VALUES (1, 7, 1, 'x'), (2, 0, 2, 'to anna@x.org')";
        String map = "version: 1\nsubject: { table: people, key: [tenant, id], identifiers: [email] }\ntables:\n"
                + "  people: { erase: delete }\n"
                + "  posts: { subject: [tenant, author], erase: { anonymize: { tenant: 0 }, retain: [body] } }\n";
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.exeunt().erase(world.map(), List.of("7,1"), receipt -> {});
            assertThat(left(world, List.of("7,1"), "anna@x.org"))
                    .contains("posts.body value 1")
                    .doesNotContain("posts.body value 1 kept");
        }
    }

    @Test
    void findsLinksAndKeysAndSaysWhatTheMapKeeps() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            world.database().execute("""
                            INSERT INTO posts VALUES (1, 1, 'x');
                            INSERT INTO audit (user_id) VALUES (1), (12);
                            INSERT INTO audit (data) VALUES ('{"userId": 1}'), ('{"userId": 12}'), ('{"count": 1}');
                            INSERT INTO audit (actors) VALUES ('{5,1}');
                            """);
            world.database().execute("UPDATE people SET note = 'anna@x.org' WHERE id = 1");
            assertThat(left(world, List.of("1"), "anna@x.org"))
                    .containsExactlyInAnyOrder(
                            "people.id link 1 kept",
                            "posts.author link 1",
                            "people.email rule 1",
                            "audit.data key 1",
                            "audit.actors key 1",
                            "audit.user_id key 1",
                            "people.email value 1",
                            "people.note value 1 kept");
        }
    }

    @Test
    void takesWhatADetachedRowRetainsForKeptButNotInRowsThatAreStillSomebodys() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            world.database().execute("INSERT INTO posts VALUES (1, 1, 'by anna@x.org'), (2, 2, 'to anna@x.org')");
            world.erase("1");
            assertThat(left(world, List.of("1"), "anna@x.org"))
                    .contains("posts.body value 1 kept", "posts.body value 1");
        }
    }

    @Test
    void takesWhatIsKeptBelowADetachedRowForKept() {
        String answers = "ALTER TABLE posts ADD PRIMARY KEY (id);"
                + "CREATE TABLE answers (post int REFERENCES posts, body text);";
        String map = MAP.replace(
                "not-personal:",
                "  answers: { through: posts, on: post, erase: { keep: of use to others, retain: [body] } }\nnot-personal:");
        try (MappedDatabase world = MappedDatabase.of(TABLES + answers, map)) {
            world.database()
                    .execute("INSERT INTO posts VALUES (1, 1, 'x'), (2, 2, 'y');"
                            + "INSERT INTO answers VALUES (1, 'ask anna@x.org'), (2, 'ask anna@x.org')");
            assertThat(left(world, List.of("1"), "anna@x.org")).contains("answers.body value 1 kept");
            world.erase("1");
            assertThat(left(world, List.of("1"), "anna@x.org"))
                    .contains("answers.body value 1 kept", "answers.body value 1");
        }
    }

    private static final String BY_LAW = "erase: { keep: { reason: books, basis: law }, retain: [body] }";

    /** After the erasure nothing leads from the person to the post any more, and nothing to the person from the post's answer. */
    @Test
    void takesWhatTheLawKeptBelowADetachedRowForKeptByLaw() {
        String sql = TABLES + "ALTER TABLE posts ADD PRIMARY KEY (id);"
                + "CREATE TABLE answers (post int REFERENCES posts, by bigint, body text);"
                + "INSERT INTO posts VALUES (1, 1, 'x'), (2, 2, 'y'); INSERT INTO answers VALUES (1, 1, 'a'), (2, 2, 'b');";
        String map = MAP.replace(
                "not-personal:",
                "  answers: { links: { by: { subject: by, erase: delete }, post: { through: posts, on: post, " + BY_LAW
                        + " } } }\nnot-personal:");
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("1");
            world.database().execute("INSERT INTO answers VALUES (2, 1, 'c'), (NULL, 1, 'd')");
            assertThat(left(world, List.of("1"))).contains("answers.by link 1 kept", "answers.by link 2");
        }
    }

    @Test
    void takesWhatTheLawKeptByAValueThatIsNobodysAnyMoreForKeptByLaw() {
        String sql = TABLES + "ALTER TABLE posts ADD mail text;"
                + "INSERT INTO posts VALUES (1, 1, 'x', 'ANNA@x.org'), (2, 1, 'y', NULL), (3, 2, 'z', 'ben@x.org');";
        String map = MAP.replaceFirst(
                "posts: .*",
                "posts: { links: { author: { subject: author, erase: delete }, mail: { matches: email, on: mail, shared: leave, "
                        + BY_LAW + " } } }");
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("1");
            assertThat(world.database().column("SELECT id FROM posts ORDER BY id"))
                    .containsExactly("1", "3");
            world.database().execute("INSERT INTO posts VALUES (4, 1, 'v', 'ben@x.org'), (5, 1, 'w', '')");
            assertThat(left(world, List.of("1"))).contains("posts.author link 1 kept", "posts.author link 2");
        }
    }

    @Test
    void takesAllOfAKeptRowForKeptButWhatTheMapOverwrites() {
        String keep = "posts: { subject: author, erase: { keep: evidence, anonymize: { body: null } } }";
        String map = MAP.replaceFirst("posts: .*", keep);
        String titles = "ALTER TABLE posts ADD title text; ALTER TABLE posts ADD PRIMARY KEY (id, title);";
        try (MappedDatabase world = MappedDatabase.of(TABLES + titles, map)) {
            world.database().execute("INSERT INTO posts VALUES (1, 1, 'anna@x.org', 'anna@x.org')");
            assertThat(left(world, List.of("1"), "anna@x.org"))
                    .contains("posts.title value 1 kept", "posts.body value 1");
        }
    }

    @Test
    void looksForPeopleWhoAreGone() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            world.database()
                    .execute("INSERT INTO posts VALUES (1, 2, 'x'); INSERT INTO audit (user_id) VALUES (1234567)");
            assertThat(left(world, List.of("1234567"))).containsExactly("audit.user_id key 1");
        }
    }

    @Test
    void neverCallsCleanWhatItCouldNotLookThrough() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            String role = world.database().createRole("half_blind");
            var clerk = world.exeunt(role, role);
            clerk.grants(world.map(), role).forEach(world.database()::execute);
            Residue residue = clerk.verify(world.map(), List.of(), List.of("somebody"));
            assertThat(residue.unreadable()).singleElement().asString().startsWith("audit ");
            assertThat(residue.clean()).isFalse();
            Residue shorts = world.exeunt().verify(world.map(), List.of(), List.of("Al", "somebody"));
            assertThat(shorts.unreadable()).singleElement().asString().contains("fewer than 4");
            assertThat(shorts.clean()).isFalse();
        }
    }

    @Test
    void looksForManyKeysAndLongValuesAtOnce() {
        try (MappedDatabase world = MappedDatabase.of(TABLES, MAP)) {
            List<String> keys = IntStream.range(1_000_000, 1_000_300)
                    .mapToObj(String::valueOf)
                    .toList();
            world.database()
                    .execute("INSERT INTO audit (raw) VALUES ('\"of 1000299\"'), ('\"of 2000299\"');"
                            + "INSERT INTO posts VALUES (1, 2, repeat('long ', 30000)), (2, 2, 'no. 499 "
                            + "y".repeat(150) + "')");
            List<String> values = new ArrayList<>(IntStream.range(0, 500)
                    .mapToObj(i -> "no. " + i + " " + "y".repeat(150))
                    .toList());
            values.add("long ".repeat(30_000));
            values.add("never in a\0text");
            assertThat(left(world, keys, values.toArray(String[]::new)))
                    .containsExactlyInAnyOrder("audit.raw key 1", "posts.body value 2");
        }
    }

    @Test
    void saysThatALawKeepsARowWhichAnotherRoleWouldDelete() {
        String sql = "CREATE TABLE people (id bigint PRIMARY KEY, email text);"
                + "INSERT INTO people VALUES (1, 'anna@x.org'), (2, 'ben@x.org');"
                + "CREATE TABLE sales (id int, buyer bigint, seller bigint);"
                + "INSERT INTO sales VALUES (1, 1, 1), (2, 2, 1), (3, 1, 2);";
        String map = """
                version: 1
                subject: { table: people, key: id, identifiers: [email] }
                tables:
                  people: { erase: { anonymize: { email: null } } }
                  sales:
                    links:
                      buyer: { subject: buyer, erase: { keep: { reason: books, basis: tax } } }
                      seller: { subject: seller, erase: delete }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(left(world, List.of("1")))
                    .containsExactly(
                            "people.id link 1 kept",
                            "sales.buyer link 2 kept",
                            "sales.seller link 1 kept",
                            "sales.seller link 1",
                            "people.email rule 1");
            world.erase("1");
            assertThat(left(world, List.of("1")))
                    .containsExactly("people.id link 1 kept", "sales.buyer link 2 kept", "sales.seller link 1 kept");
        }
    }
}
