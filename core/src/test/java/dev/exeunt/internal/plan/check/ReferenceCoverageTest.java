package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests which references to a deleted row the map's links cover, and which they only seem to cover. */
class ReferenceCoverageTest {

    private static final String PEOPLE = "CREATE TABLE people (id bigint PRIMARY KEY);"
            + "CREATE TABLE posts (id bigint PRIMARY KEY, p bigint REFERENCES people, UNIQUE (p, id)); CREATE INDEX ON posts (p);";
    private static final String MAP =
            "version: 1\nsubject: { table: people, key: id }\ntables:\n  people: { erase: delete }\n";
    private static final String POSTS = "  posts: { subject: p, erase: delete }\n";
    private static final String DOCS = "CREATE TABLE docs (id bigint PRIMARY KEY);";

    private static Arguments of(String name, String sql, String tables, String... findings) {
        return Arguments.of(name, PEOPLE + sql, MAP + tables, List.of(findings));
    }

    static Stream<Arguments> references() {
        String two = "CREATE TABLE a (id int PRIMARY KEY, post bigint REFERENCES posts, other bigint REFERENCES posts);"
                + "CREATE INDEX ON a (post); CREATE INDEX ON a (other);";
        String held = DOCS
                + "CREATE TABLE a (id int PRIMARY KEY, p bigint UNIQUE REFERENCES people, doc bigint %s REFERENCES docs,"
                + " other bigint UNIQUE %s); CREATE INDEX ON a (doc);";
        String mine = POSTS + "  a: { subject: p, erase: delete }\n";
        String docs = "  docs: { through: a, by: doc, erase: delete }\n";
        String reports =
                DOCS + "CREATE TABLE owned (doc bigint UNIQUE REFERENCES docs, p bigint UNIQUE REFERENCES people);"
                        + "CREATE TABLE reports (id int PRIMARY KEY, p bigint UNIQUE, doc bigint UNIQUE REFERENCES docs);";
        return Stream.of(
                of(
                        "by one of two columns: the other still refers",
                        two,
                        POSTS + "  a: { through: posts, on: post, erase: delete }\n",
                        "blocks a.other"),
                of(
                        "by both",
                        two,
                        POSTS
                                + "  a: { erase: delete, links: { x: { through: posts, on: post }, y: { through: posts, on: other } } }\n"),
                of(
                        "of the same person by another column: it may be anybody's post",
                        "CREATE TABLE a (id int PRIMARY KEY, q bigint UNIQUE REFERENCES people, post bigint UNIQUE REFERENCES posts);",
                        POSTS + "  a: { subject: q, erase: delete }\n",
                        "blocks a.post"),
                of(
                        "of the same person by the column that the key pairs with the post's own",
                        "CREATE TABLE a (id int PRIMARY KEY, q bigint UNIQUE, post bigint,"
                                + " FOREIGN KEY (q, post) REFERENCES posts (p, id));",
                        POSTS + "  a: { subject: q, erase: delete }\n"),
                of(
                        "narrowed by a condition: the rest still refers",
                        two.replace("other bigint REFERENCES posts", "other bigint"),
                        POSTS + "  a: { through: posts, on: post, where: \"id > 0\", erase: delete }\n",
                        "blocks a.post"),
                of("what a row refers to goes with it, if no other can", held.formatted("UNIQUE", ""), mine + docs),
                of("what a row refers to, and others may as well", held.formatted("", ""), mine + docs, "blocks a.doc"),
                of(
                        "what a row refers to goes, and a rule beside reassign empties the reference",
                        lawful("REFERENCES docs"),
                        POSTS + "  a: { subject: p, erase: { reassign: 0, anonymize: { doc: null } } }\n" + docs),
                of(
                        "what a row refers to goes, and a rule beside detach empties the reference",
                        lawful("REFERENCES docs"),
                        POSTS + "  a: { subject: p, erase: { detach: true, anonymize: { doc: null } } }\n" + docs),
                of(
                        "a rule beside detach leaves the reference of rows that are kept by law",
                        lawful("REFERENCES docs"),
                        law("detach: true, anonymize: { doc: null }"),
                        "blocks a.doc"),
                of(
                        "a rule beside detach leaves it, and the database would delete rows that are kept by law",
                        lawful("REFERENCES docs ON DELETE CASCADE"),
                        law("detach: true, anonymize: { doc: null }"),
                        "cascades a.doc"),
                of(
                        "what a row refers to, by another column as well",
                        held.formatted("UNIQUE", "REFERENCES docs"),
                        mine + docs,
                        "blocks a.other",
                        "left-behind docs"));
    }

    private static String lawful(String reference) {
        return DOCS + "CREATE TABLE a (id int PRIMARY KEY, p bigint REFERENCES people, q bigint,"
                + " doc bigint UNIQUE " + reference + "); CREATE INDEX ON a (p); CREATE INDEX ON a (q);";
    }

    private static String law(String erase) {
        return POSTS + "  a: { export: none, links: { mine: { subject: p, erase: { " + erase + " } },"
                + " law: { subject: q, erase: { keep: { reason: a suit, basis: legal-claims } } } } }\n"
                + "  docs: { through: a, role: mine, by: doc, erase: delete }\n";
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("references")
    void isCoveredOrSaidNotToBe(String name, String sql, String map, List<String> expected) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.findings().stream().filter(f -> !f.startsWith("no-index")))
                    .containsExactlyInAnyOrderElementsOf(expected);
        }
    }
}
