package dev.exeunt.internal.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.FindingCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests the warning that an erasure deletes or overwrites rows of other people, counted in sampled rows. */
class OtherOwnersTest {

    private static final String SCHEMA = SampledWorld.UUIDS + """
            CREATE TABLE threads (id int PRIMARY KEY, user_id uuid REFERENCES users);
            CREATE TABLE comments (id int PRIMARY KEY, thread_id int REFERENCES threads, user_id uuid REFERENCES users,
                moderator_id uuid REFERENCES users, body text);
            INSERT INTO threads SELECT i, md5(i::text)::uuid FROM generate_series(1, 40) i;
            INSERT INTO comments SELECT i, i, CASE WHEN i <= 30 THEN md5((i + 1)::text)::uuid ELSE md5(i::text)::uuid END,
                md5('7')::uuid, 'said' FROM generate_series(1, 40) i;
            INSERT INTO comments SELECT i, 1, NULL, NULL, 'said' FROM generate_series(41, 50) i;
            """;

    private static final String MAP = """
            version: 1
            subject: { table: users, key: id, identifiers: [email, username] }
            tables:
              users: { erase: delete }
              threads: { subject: user_id, erase: delete }
              comments:
                links:
                  author: { subject: user_id, erase: %s }
                  moderator: { subject: moderator_id, erase: { detach: true, retain: [body] } }
                  thread: { through: threads, on: thread_id, erase: %s }
            """;

    private static List<String> others(String map) {
        return SampledWorld.checked(SCHEMA, map).findings().stream()
                .filter(f -> f.code() == FindingCode.OTHERS_ROWS)
                .map(f -> f.what() + ": " + f.message())
                .toList();
    }

    @Test
    void aThreadTakesTheCommentsOfOthersAlong() {
        assertThat(others(MAP.formatted("{ detach: true, retain: [body] }", "delete")))
                .containsExactly("comments.thread: comments.thread deletes rows that have another owner:"
                        + " in 30 of 50 sampled rows user_id names another person.");
    }

    @Test
    void aRowIsOverwrittenAlthoughItIsAnothersByItsOwnLink() {
        assertThat(others(MAP.formatted("delete", "{ anonymize: { body: null } }")))
                .containsExactly("comments.thread: comments.thread overwrites rows that have another owner:"
                        + " in 30 of 50 sampled rows user_id names another person.");
    }

    @Test
    void lettingGoHarmsNoOne() {
        assertThat(others(MAP.formatted("delete", "{ detach: true, retain: [body] }")))
                .isEmpty();
    }

    @Test
    void itMayBeAccepted() {
        String accepted = "accept: { others-rows: { comments.thread: a thread goes as a whole } }\n";
        assertThat(others(MAP.formatted("delete", "delete") + accepted)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "', note text', 2"})
    void aRowThatOnlyRelatesTwoPeopleEndsWithEither(String content, int warnings) {
        String schema = SampledWorld.UUIDS
                + "CREATE TABLE follows (follower uuid REFERENCES users, followed uuid REFERENCES users, since date"
                + content + ", PRIMARY KEY (follower, followed));"
                + "INSERT INTO follows SELECT md5(i::text)::uuid, md5((i + 1)::text)::uuid, now() FROM generate_series(1, 30) i;";
        String map = """
                version: 1
                subject: { table: users, key: id, identifiers: [email, username] }
                tables:
                  users: { erase: delete }
                  follows:
                    erase: delete
                    links: { follower: { subject: follower }, followed: { subject: followed } }
                """;
        assertThat(SampledWorld.checked(schema, map).findings().stream()
                        .filter(f -> f.code() == FindingCode.OTHERS_ROWS))
                .hasSize(warnings);
    }
}
