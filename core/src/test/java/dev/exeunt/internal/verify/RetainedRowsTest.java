package dev.exeunt.internal.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.erase.Residue;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests which rows {@code verify} takes for rows that the map keeps. */
class RetainedRowsTest {

    private static Residue verify(String sql, String map, boolean erased) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            if (erased) {
                world.erase("1");
            }
            return world.exeunt().verify(world.map(), List.of("1"), List.of());
        }
    }

    private static List<String> places(Residue residue, String table) {
        return residue.places().stream()
                .filter(p -> p.table().equals(table))
                .map(p -> p.column() + " " + p.what() + " " + p.rows() + " " + p.kept())
                .toList();
    }

    @Test
    void aTextKeyInAColumnNamedForAPersonIsCountedOnce() {
        String sql = """
                CREATE TABLE users (id text PRIMARY KEY);
                CREATE TABLE things (owner text, note text);
                INSERT INTO things VALUES ('anna', 'a'), ('anna2', 'b');
                """;
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables: { users: { erase: delete } }
                not-personal: { things: for the test }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            Residue residue = world.exeunt().verify(world.map(), List.of("anna"), List.of());
            assertThat(places(residue, "things")).containsExactly("owner key 1 null");
        }
    }

    @Test
    void aRowOfAnInheritingTableIsKeptByTheRoleOfTheTableAbove() {
        String sql = """
                CREATE TABLE users (id bigint PRIMARY KEY);
                CREATE TABLE orders (id int, buyer bigint);
                CREATE TABLE gifts (receiver bigint) INHERITS (orders);
                INSERT INTO users VALUES (1), (2);
                INSERT INTO gifts VALUES (1, 1, 2), (2, 2, 1);
                """;
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables:
                  users: { erase: delete }
                  orders: { subject: buyer, erase: { keep: books, retain: [id] } }
                  gifts: { subject: receiver, erase: { detach: true, retain: [id] } }
                """;
        Residue residue = verify(sql, map, true);
        assertThat(places(residue, "orders")).containsExactly("buyer link 1 kept: books");
        assertThat(places(residue, "gifts")).isEmpty();
        assertThat(residue.verdict()).isEqualTo(Residue.ResidueVerdict.NOTHING_LEFT);
    }

    @Test
    void aRowThatTheRoleOfTheInheritingTableKeepsIsNotLeftInTheTableAbove() {
        String sql = """
                CREATE TABLE users (id bigint PRIMARY KEY);
                CREATE TABLE orders (id int, buyer bigint, owner bigint);
                CREATE TABLE gifts (receiver bigint) INHERITS (orders);
                INSERT INTO users VALUES (1), (2);
                INSERT INTO gifts VALUES (1, 2, 1, 1);
                """;
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables:
                  users: { erase: delete }
                  orders: { subject: buyer, erase: delete }
                  gifts: { subject: receiver, erase: { keep: books, retain: [id, buyer, owner] } }
                """;
        Residue residue = verify(sql, map, true);
        assertThat(places(residue, "orders")).isEmpty();
        assertThat(places(residue, "gifts"))
                .containsExactlyInAnyOrder("receiver link 1 kept: books", "owner key 1 kept: books");
    }

    /** The rules of the first role apply; the second one cuts the link by which the rows would be found again. */
    @Test
    void aKeyThatARuleWroteIsKeptWhereAnotherRoleCutTheLink() {
        String sql = """
                CREATE TABLE users (id text PRIMARY KEY);
                CREATE TABLE notes (id int, owner text, tag text);
                INSERT INTO users VALUES ('anna-7'), ('bert-8');
                INSERT INTO notes VALUES (1, 'anna-7', 'x'), (2, 'bert-8', 'anna-7');
                """;
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables:
                  users: { erase: delete }
                  notes:
                    links:
                      own: { subject: owner, erase: { anonymize: { tag: "gone-{key}" }, retain: [id] } }
                      cut: { through: users, on: owner, erase: { detach: true, anonymize: { owner: gone, tag: gone }, retain: [id] } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("anna-7");
            Residue residue = world.exeunt().verify(world.map(), List.of("anna-7"), List.of());
            assertThat(places(residue, "notes"))
                    .containsExactly("tag key 1 the map's own rule writes the key", "tag key 1 null");
        }
    }

    /** The rule writes the key into the link and into another column; the key of another person in the link is not the rule's. */
    @Test
    void aRowWhoseLinkATemplateOverwroteKeepsTheKeyThatARuleWrote() {
        String sql = """
                CREATE TABLE users (id text PRIMARY KEY);
                CREATE TABLE notes (id int, owner text, tag text);
                INSERT INTO users VALUES ('anna-7'), ('bert-8');
                INSERT INTO notes VALUES (1, 'anna-7', 'x'), (2, 'bert-8', 'anna-7'), (3, 'gone-bert-8', 'anna-7');
                """;
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables:
                  users: { erase: delete }
                  notes: { subject: owner, erase: { anonymize: { owner: "gone-{key}", tag: "{key}" }, retain: [id] } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("anna-7");
            Residue residue = world.exeunt().verify(world.map(), List.of("anna-7"), List.of());
            assertThat(places(residue, "notes"))
                    .containsExactly("tag key 1 the map's own rule writes the key", "tag key 2 null");
        }
    }

    /** A template with chance in it is told by its shape, in a link that leads through another table as well. */
    @Test
    void aRowWhoseLinkATemplateOverwroteByChanceKeepsWhatTheMapRetains() {
        String sql = """
                CREATE TABLE users (id text PRIMARY KEY);
                CREATE TABLE folders (name text PRIMARY KEY, owner text);
                CREATE TABLE papers (id int, folder text, author text);
                INSERT INTO users VALUES ('anna-7'), ('bert-8');
                INSERT INTO folders VALUES ('a', 'anna-7'), ('b', 'bert-8');
                INSERT INTO papers VALUES (1, 'a', 'anna-7'), (2, 'b', 'anna-7');
                """;
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables:
                  users: { erase: delete }
                  folders: { subject: owner, erase: { keep: a reason, retain: [name] } }
                  papers: { through: folders, on: folder, erase: { anonymize: { folder: "x{random}" }, retain: [id, author] } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("anna-7");
            Residue residue = world.exeunt().verify(world.map(), List.of("anna-7"), List.of());
            assertThat(places(residue, "papers"))
                    .containsExactly("author key 1 retained by the map", "author key 1 null");
        }
    }

    /** After the erasure the condition holds for no row of the person; one for which it never held bears no rule. */
    @Test
    void aRowWhoseRuleOverwroteWhatTheConditionReadsKeepsWhatTheMapKeeps() {
        String sql = """
                CREATE TABLE users (id text PRIMARY KEY);
                CREATE TABLE notes (id int PRIMARY KEY, owner text, kind text, tag text);
                CREATE TABLE remarks (note int, author text);
                INSERT INTO users VALUES ('anna-7'), ('bert-8');
                INSERT INTO notes VALUES (1, 'anna-7', 'x', 'anna-7'), (2, 'anna-7', 'y', 'anna-7'), (3, 'bert-8', 'x', 'anna-7');
                INSERT INTO remarks VALUES (1, 'anna-7'), (2, 'anna-7'), (3, 'anna-7');
                """;
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables:
                  users: { erase: delete }
                  notes: { subject: owner, where: "kind = 'x'", erase: { anonymize: { kind: "gone-{key}" }, retain: [id, owner, tag] } }
                  remarks: { through: notes, on: note, erase: { keep: a reason, retain: [author] } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("anna-7");
            Residue residue = world.exeunt().verify(world.map(), List.of("anna-7"), List.of());
            assertThat(places(residue, "notes"))
                    .contains(
                            "kind key 1 the map's own rule writes the key",
                            "tag key 1 retained by the map",
                            "tag key 2 null")
                    .doesNotContain("kind key 1 null");
            assertThat(places(residue, "remarks")).containsExactly("author key 1 kept: a reason", "author key 2 null");
        }
    }

    @Test
    void aDetachedRowWhoseRuleOverwroteWhatTheConditionReadsKeepsWhatTheMapRetains() {
        String sql = """
                CREATE TABLE users (id text PRIMARY KEY);
                CREATE TABLE notes (id int, owner text, kind text, tag text);
                INSERT INTO users VALUES ('anna-7'), ('bert-8');
                INSERT INTO notes VALUES (1, 'anna-7', 'x', 'anna-7'), (2, NULL, 'y', 'anna-7');
                """;
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables:
                  users: { erase: delete }
                  notes: { subject: owner, where: "kind = 'x'", erase: { detach: true, anonymize: { kind: gone }, retain: [id, tag] } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            world.erase("anna-7");
            Residue residue = world.exeunt().verify(world.map(), List.of("anna-7"), List.of());
            assertThat(places(residue, "notes")).containsExactly("tag key 1 retained by the map", "tag key 1 null");
        }
    }

    /** A paper in a folder without an owner may be one that the law keeps, or not. */
    @Test
    void aRowThatTheLawMayHaveKeptIsNotJudged() {
        String sql = """
                CREATE TABLE users (id bigint PRIMARY KEY);
                CREATE TABLE folders (id int PRIMARY KEY, owner bigint);
                CREATE TABLE papers (id int, author bigint, folder int, title text);
                INSERT INTO users VALUES (1);
                INSERT INTO folders VALUES (5, NULL);
                INSERT INTO papers VALUES (1, 1, 5, 'Secret');
                """;
        String map = """
                version: 1
                subject: { table: users, key: id }
                tables:
                  users: { erase: { keep: a reason } }
                  folders: { subject: owner, erase: { detach: true, retain: [id] } }
                  papers:
                    links:
                      written: { subject: author, erase: { anonymize: { title: gone }, retain: [id, folder] } }
                      filed: { through: folders, on: folder, erase: { keep: { reason: r, basis: law, for: 6y }, retain: [id, title] } }
                """;
        Residue residue = verify(sql, map, false);
        assertThat(residue.unjudged())
                .filteredOn(p -> p.table().equals("papers") && p.rows() > 0)
                .extracting(p -> p.column() + " " + p.rows())
                .containsExactly("title 1");
    }
}
