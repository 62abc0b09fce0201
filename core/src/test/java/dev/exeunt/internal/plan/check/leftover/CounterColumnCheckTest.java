package dev.exeunt.internal.plan.check.leftover;

import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.about;
import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.of;
import static dev.exeunt.map.FindingCode.COUNTER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests which columns are said to count rows that an erasure deletes. */
class CounterColumnCheckTest {

    private static final String REPLIES = """
            CREATE TABLE posts (id int PRIMARY KEY, n int);
            CREATE TABLE post_replies (p bigint REFERENCES people, post int REFERENCES posts);
            """;

    private static final String DELETED = "  post_replies: { subject: p, erase: delete }\n";

    private static String counted(String column) {
        return REPLIES.replace("n int", column);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"replies_count int", "reply_total bigint", "\"replyCount\" int", "count_of_replies numeric"})
    void aNumberOfRowsThatAreDeleted(String column) {
        assertThat(of(COUNTER, counted(column), DELETED)).singleElement().satisfies(f -> {
            assertThat(f.isError()).isFalse();
            assertThat(f.what()).isEqualTo("posts." + column.split(" ")[0].replace("\"", ""));
            assertThat(f.message()).contains("a number of rows of post_replies", "stays as it is.");
            assertThat(f.fix().paste()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"views_count int", "replies int", "replies_count text", "count int", "retry_count int"})
    void anotherColumnIsNone(String column) {
        assertThat(about(COUNTER, counted(column), DELETED)).isEmpty();
    }

    @Test
    void rowsThatStayAreStillCounted() {
        assertThat(about(COUNTER, counted("replies_count int"), DELETED.replace("delete", "detach")))
                .isEmpty();
    }

    @Test
    void aRowThatGoesItselfNeedsNoNumber() {
        String sql = "CREATE TABLE replies (id int PRIMARY KEY, p bigint REFERENCES people);"
                + "ALTER TABLE people ADD replies_count int;";
        assertThat(about(COUNTER, sql, "  replies: { subject: p, erase: delete }\n"))
                .isEmpty();
    }

    @Test
    void theOtherEndOfALinkIsCountedInAnotherPersonsRow() {
        String sql = "CREATE TABLE follows (follower bigint REFERENCES people, followed bigint REFERENCES people);"
                + "ALTER TABLE people ADD followers_count int;";
        String map =
                "  follows: { erase: delete, links: { follower: { subject: follower }, followed: { subject: followed } } }\n";
        assertThat(about(COUNTER, sql, map)).containsExactly("people.followers_count");
    }

    @Test
    void aTriggerOnTheDeletionMayCountAgain() {
        String trigger = """
                CREATE FUNCTION recount() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
                CREATE TRIGGER recounts AFTER DELETE ON post_replies FOR EACH ROW EXECUTE FUNCTION recount();
                """;
        assertThat(about(COUNTER, counted("replies_count int") + trigger, DELETED))
                .isEmpty();
        assertThat(about(COUNTER, counted("replies_count int") + trigger.replace("DELETE", "INSERT"), DELETED))
                .containsExactly("posts.replies_count");
    }
}
