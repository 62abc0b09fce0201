package dev.exeunt.internal.erase;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.erase.RehearsalResult;
import dev.exeunt.erase.RehearsalResult.QueryPlanNode;
import dev.exeunt.erase.RehearsalResult.SlowestStatement;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The slowest statement of a rehearsal, its plan, and the index that is missing. */
class RehearsalPlanTest {

    private static final String PEOPLE = """
            CREATE TABLE people (id bigint PRIMARY KEY, email text);
            INSERT INTO people SELECT n, n || '@x.org' FROM generate_series(7010007001, 7010007100) n;
            CREATE TABLE posts (id int PRIMARY KEY, author bigint NOT NULL REFERENCES people, tags jsonb, body text);
            """;

    private static final String ROWS = """
            INSERT INTO posts SELECT n, 7010007001 + n % 100, '{"a": 1}', 'text ' || n FROM generate_series(1, 200000) n;
            ANALYZE;
            """;

    private static final String SUBJECT = """
            version: 1
            subject: { table: people, key: id }
            """;

    private static SlowestStatement slowest(MappedDatabase world, String... keys) {
        Map<String, List<String>> before = world.database().snapshot();
        RehearsalResult report = world.exeunt().rehearse(world.map(), List.of(keys), 0);
        assertThat(world.database().snapshot()).isEqualTo(before);
        assertThat(report.failed()).as(report.toString()).isZero();
        assertThat(report.toString()).doesNotContain("7010007001", "x.org");
        return Objects.requireNonNull(report.slowest());
    }

    @Test
    void showsTheTableThatIsReadWholeAndTheIndexForIt() {
        String map = SUBJECT + """
                tables:
                  people: { erase: { anonymize: { email: null } } }
                  posts: { subject: author, where: "tags ? 'a'", erase: delete }
                """;
        try (MappedDatabase world = MappedDatabase.of(PEOPLE + ROWS, map)) {
            SlowestStatement slowest = slowest(world, "7010007001");

            assertThat(slowest.plan()).anySatisfy(n -> {
                assertThat(n.type()).isEqualTo("Seq Scan");
                assertThat(n.table()).isEqualTo("posts");
            });
            assertThat(slowest.indexes())
                    .containsExactly("CREATE INDEX CONCURRENTLY ON \"public\".\"posts\" (\"author\");");
            slowest.indexes().forEach(world.database()::execute);
            assertThat(slowest(world, "7010007001").indexes()).isEmpty();
        }
    }

    @Test
    void tellsOfTheForeignKeyWhoseCheckReadsAWholeTable() {
        String sql = PEOPLE + "CREATE INDEX ON posts (author);" + """
                INSERT INTO posts SELECT n, 7010007001 + n % 100, NULL, 'x' FROM generate_series(1, 10000) n;
                CREATE TABLE marks (n int, post int REFERENCES posts ON DELETE SET NULL);
                INSERT INTO marks SELECT n, NULL FROM generate_series(1, 100000) n;
                ANALYZE;
                """;
        String map = SUBJECT + """
                tables:
                  people: { erase: delete }
                  posts: { subject: author, erase: delete }
                  marks: { through: posts, on: post, erase: { detach: true, retain: [n] } }
                """;
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            SlowestStatement slowest = slowest(world, "7010007001");

            assertThat(slowest.part().what()).isEqualTo("deleting from posts");
            assertThat(slowest.plan())
                    .extracting(QueryPlanNode::type)
                    .contains("Delete")
                    .doesNotContain("Seq Scan");
            assertThat(slowest.unindexed()).containsExactly("marks_post_fkey on marks");
            assertThat(slowest.indexes())
                    .containsExactly("CREATE INDEX CONCURRENTLY ON \"public\".\"marks\" (\"post\");");
        }
    }

    @Test
    void aSmallTableThatIsReadWholeIsNoMatter() {
        String map = SUBJECT + """
                tables:
                  people: { erase: delete }
                  posts: { subject: author, erase: delete }
                """;
        try (MappedDatabase world =
                MappedDatabase.of(PEOPLE + "INSERT INTO posts VALUES (1, 7010007001, NULL, 'x'); ANALYZE;", map)) {
            assertThat(slowest(world, "7010007001").indexes()).isEmpty();
        }
    }
}
