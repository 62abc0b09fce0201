package dev.exeunt.test;

import static dev.exeunt.test.ExeuntAssertions.assertThatErasing;
import static dev.exeunt.test.ExeuntAssertions.assertThatMapCovers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.Exeunt;
import dev.exeunt.UnknownSubjectException;
import dev.exeunt.testkit.TestDatabase;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExeuntAssertionsTest {

    private static final String SCHEMA = """
            CREATE TABLE member (id bigint PRIMARY KEY, email text NOT NULL UNIQUE, name text);
            CREATE TABLE borrowed_tool (id bigint PRIMARY KEY, member_id bigint NOT NULL REFERENCES member);
            CREATE TABLE membership_fee (id bigint PRIMARY KEY, member_id bigint NOT NULL REFERENCES member);
            CREATE TABLE visitor_log (id bigint PRIMARY KEY, line text);
            CREATE INDEX ON borrowed_tool (member_id);
            INSERT INTO member VALUES (1, 'anna@example.org', 'Anna Alder'), (2, 'ben@example.org', 'Ben Birch');
            INSERT INTO borrowed_tool VALUES (10, 1), (11, 1), (12, 2);
            INSERT INTO membership_fee VALUES (20, 1);
            """;

    private final TestDatabase database = TestDatabase.createFrom(SCHEMA);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void aMapOfTheClassPathCoversTheSchema() {
        assertThatMapCovers(database.dataSource()).names(List.of("member", "borrowed_tool"));
    }

    @Test
    void aTableWithoutAFateFails() {
        database.execute("CREATE TABLE parking_permit (id bigint PRIMARY KEY, member_id bigint REFERENCES member)");
        assertThatThrownBy(() -> assertThatMapCovers(database.dataSource()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("The map has 1 error:", "unmapped-table", "parking_permit", "fix:");
    }

    @Test
    void aWarningFailsWhereATestWantsNone() {
        database.execute("CREATE INDEX ON membership_fee (member_id)");
        assertThatMapCovers(database.dataSource()).withoutWarnings();
        database.execute("DROP INDEX membership_fee_member_id_idx");
        MapCoverageAssert coverage = assertThatMapCovers(database.dataSource());
        assertThatThrownBy(coverage::withoutWarnings)
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("unindexed");
    }

    @Test
    void aTableThatTheMapDoesNotNameFails() {
        MapCoverageAssert coverage = assertThatMapCovers(database.dataSource());
        assertThatThrownBy(() -> coverage.names(List.of("visitor_log", "member")))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("The map names no table visitor_log.");
    }

    @Test
    void anErasureDoesWhatTheTestSays() {
        assertThatErasing("1")
                .in(database.dataSource())
                .deletes("borrowed_tool", 2)
                .changes("member", 1)
                .leavesUntouched("membership_fee")
                .leavesNothingOf("anna@example.org", "Anna Alder");
        assertThat(database.column("SELECT id FROM borrowed_tool")).containsExactly("12");
    }

    @Test
    void anErasureThatDoesSomethingElseFails() {
        ErasureAssert erased = assertThatErasing("email:anna@example.org").in(database.dataSource());
        assertThatThrownBy(() -> erased.deletes("borrowed_tool", 3))
                .isInstanceOf(AssertionError.class)
                .hasMessage("Expected the erasure to have deleted 3 rows of borrowed_tool, but it was 2.");
        assertThatThrownBy(() -> erased.leavesUntouched("member")).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> erased.changes("members", 1)).hasMessageContaining("The map has no table members.");
    }

    @Test
    void dataThatIsLeftFails() {
        database.execute("INSERT INTO visitor_log VALUES (1, 'anna@example.org came by')");
        ErasureAssert erased = assertThatErasing("1").in(database.dataSource());
        assertThatThrownBy(() -> erased.leavesNothingOf("anna@example.org"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("visitor_log.line: value, rows: 1");
    }

    @Test
    void anUnknownPersonIsAnError() {
        PlannedErasure planned = assertThatErasing("4711");
        assertThatThrownBy(() -> planned.in(database.dataSource())).isInstanceOf(UnknownSubjectException.class);
    }

    @Test
    void aTestMayPassItsOwnMap() {
        var map = Exeunt.readMap(
                "version: 1\nsubject: { table: member, key: id }\ntables: { member: { erase: delete } }", "m");
        assertThatThrownBy(() -> assertThatMapCovers(database.dataSource(), map))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll("borrowed_tool", "membership_fee");
    }
}
