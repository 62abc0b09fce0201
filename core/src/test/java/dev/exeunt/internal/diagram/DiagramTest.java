package dev.exeunt.internal.diagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.map.MapDiagram;
import dev.exeunt.map.MapInvalidException;
import dev.exeunt.testkit.MappedDatabase;
import org.junit.jupiter.api.Test;

/** What of a map and a schema is in the picture. */
class DiagramTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text UNIQUE, name text);
            CREATE TABLE posts (id int PRIMARY KEY, author_id bigint REFERENCES people, editor_id bigint REFERENCES people);
            CREATE TABLE pictures (post_id int REFERENCES posts, parent int, id int PRIMARY KEY);
            CREATE TABLE waitlist (mail text, kind text);
            CREATE TABLE forgotten (id int PRIMARY KEY, who bigint REFERENCES people, post int REFERENCES posts);
            CREATE TABLE seen (people_id bigint);
            CREATE TABLE countries (code text);
            CREATE TABLE jobs (id int);
            """;
    private static final String MAP = """
            version: 1
            subject: { table: people, key: id, identifiers: [email] }
            tables:
              people: { erase: { anonymize: { email: null, name: null } } }
              posts:
                links:
                  author: { subject: author_id, erase: { keep: { reason: a tax, basis: law, for: 6y } } }
              pictures:
                links:
                  shown: { through: posts, on: post_id, erase: undecided }
                  below: { through: pictures, role: shown, on: parent, erase: { reassign: "1" } }
              waitlist: { matches: email, on: mail, shared: leave, where: "kind = 'x'", erase: delete }
            not-personal: { countries: reference data }
            """;

    private static MapDiagram drawn(String sql, String map) {
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            return world.exeunt().diagram(world.map());
        }
    }

    @Test
    void everyTableAndRoleIsThereWithItsLinkAndItsFate() {
        MapDiagram diagram = drawn(SCHEMA, MAP);

        assertThat(diagram.svg())
                .contains("people.self: anonymize", "2 columns overwritten")
                .contains("posts.author: keep\nlink: author_id (people)\na tax\nlaw\nfor 6y")
                .contains("pictures.shown: undecided\nlink: post_id → posts (posts.author)")
                .contains("pictures.below: reassign\nlink: parent → pictures (pictures.shown)")
                .contains("waitlist.link: delete\nlink: mail ≈ email", "where kind = &#39;x&#39;")
                .contains(">countries<", ">reference data<", ">jobs<");
        assertThat(diagram.dot())
                .contains("<B>people</B>", "<B>posts</B>", "<B>pictures</B>", "<B>waitlist</B>")
                .contains("label=\"author_id\"]", "label=\"post_id\"]", "label=\"mail\", style=dashed]")
                .contains("countries: reference data\\l", "jobs\\l");
    }

    @Test
    void whatTheMapLeavesOutStandsOut() {
        MapDiagram diagram = drawn(SCHEMA, MAP);

        assertThat(diagram.summary()).isEqualTo(new MapDiagram.DiagramSummary(4, 1, 4));
        assertThat(diagram.dot())
                .contains("<B>forgotten</B>", "<B>seen</B>")
                .contains(">editor_id</FONT>", ">who</FONT>", ">post → posts</FONT>", ">by a column&#39;s name</FONT>");
        assertThat(diagram.svg().split("class=\"card stray\"", -1)).hasSize(3);
    }

    @Test
    void aLinkWithoutAForeignKeyIsDashed() {
        MapDiagram diagram = drawn(
                "CREATE TABLE people (id bigint PRIMARY KEY); CREATE TABLE a (p bigint); CREATE TABLE b (p bigint REFERENCES people);",
                """
                version: 1
                subject: { table: people, key: id }
                tables:
                  people: { erase: delete }
                  a: { subject: p, erase: delete }
                  b: { subject: p, erase: delete }
                """);

        assertThat(diagram.dot()).contains("-> t1:r0 [label=\"p\", style=dashed]", "-> t2:r0 [label=\"p\"]");
        assertThat(diagram.svg()).contains("<path id=\"exeunt-0\" class=\"by-value\"", "<path id=\"exeunt-1\" d=");
    }

    @Test
    void aLinkFromRowsOfTheirsToWhatTheyReferToIsDrawnThatWay() {
        MapDiagram diagram = drawn(
                "CREATE TABLE people (id bigint PRIMARY KEY, face int); CREATE TABLE files (id int PRIMARY KEY);"
                        + "CREATE TABLE a (p bigint REFERENCES people, file int UNIQUE REFERENCES files);",
                """
                version: 1
                subject: { table: people, key: id }
                tables:
                  people: { erase: delete }
                  a: { subject: p, erase: delete }
                  files:
                    erase: delete
                    links:
                      of: { through: a, by: file }
                      face: { through: people, by: face }
                """);

        assertThat(diagram.dot())
                .contains(">← a.file<BR", ">← face</FONT>")
                .contains("t1:w0 -> t2:r0 [label=\"file\"]", "t0:head -> t2:r1 [label=\"face\", style=dashed]");
        assertThat(diagram.svg()).contains("files.of: delete\nlink: ← a.file (a.link)");
    }

    @Test
    void theSubjectsOwnTableIsThereWhereTheMapForgotIt() {
        MapDiagram diagram =
                drawn("CREATE TABLE people (id bigint PRIMARY KEY); CREATE TABLE a (p bigint REFERENCES people);", """
                version: 1
                subject: { table: people, key: id }
                tables:
                  a: { subject: p, erase: delete }
                """);

        assertThat(diagram.summary()).isEqualTo(new MapDiagram.DiagramSummary(1, 0, 1));
        assertThat(diagram.svg()).contains("card person stray");
    }

    @Test
    void theSameMapAndSchemaGiveTheSamePicture() {
        assertThat(drawn(SCHEMA, MAP).svg()).isEqualTo(drawn(SCHEMA, MAP).svg());
        assertThat(drawn(SCHEMA, MAP).dot()).isEqualTo(drawn(SCHEMA, MAP).dot());
    }

    @Test
    void aMapThatNamesWhatIsNotThereIsNotDrawn() {
        String wrong = MAP.replace("on: post_id", "on: pots_id");

        assertThatThrownBy(() -> drawn(SCHEMA, wrong))
                .isInstanceOf(MapInvalidException.class)
                .hasMessageContaining("pots_id");
    }
}
