package dev.exeunt.internal.plan.check.leftover;

import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.about;
import static dev.exeunt.internal.plan.check.leftover.LeftoverFindings.of;
import static dev.exeunt.map.FindingCode.UNNAMED_CONTENT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Tests which tables outside the map are said to hold IP addresses or sessions, by names and types alone. */
class UnreachedTraceCheckTest {

    private static final String SESSION = "CREATE TABLE session (id text PRIMARY KEY, vars text, ip varchar(40));";

    @Test
    void aTableOfSessionsThatTheMapDoesNotName() {
        assertThat(of(UNNAMED_CONTENT, SESSION, "")).singleElement().satisfies(f -> {
            assertThat(f.isError()).isFalse();
            assertThat(f.what()).isEqualTo("session");
            assertThat(f.message()).contains("vars, ip read like IP addresses or sessions of people");
            assertThat(f.fix().words()).contains("not-personal", "accept: { unnamed-content: { session:");
        });
    }

    @Test
    void addressesByTheirTypeOrByTheNameOfTheirTable() {
        assertThat(about(
                        UNNAMED_CONTENT,
                        "CREATE TABLE visits (id int PRIMARY KEY, came_from inet);"
                                + "CREATE TABLE ip_edits (ie_id int PRIMARY KEY, ie_hex text);"
                                + "CREATE TABLE shop_sessions (id int PRIMARY KEY, session_data bytea);",
                        ""))
                .containsExactlyInAnyOrder("visits", "ip_edits", "shop_sessions");
    }

    @Test
    void countsFlagsAndNetworksAreNone() {
        assertThat(about(
                        UNNAMED_CONTENT,
                        "CREATE TABLE quotas (id int PRIMARY KEY, session_count int, ip smallint, block_email smallint);"
                                + "CREATE TABLE offices (id int PRIMARY KEY, network cidr, tip text, zip_code text);"
                                + "CREATE TABLE training_sessions (id int PRIMARY KEY, title text);",
                        ""))
                .isEmpty();
    }

    @Test
    void whatTheMapMentionsIsNone() {
        assertThat(about(UNNAMED_CONTENT, SESSION, "not-personal: { session: emptied each night }\n"))
                .isEmpty();
        assertThat(about(
                        UNNAMED_CONTENT,
                        SESSION,
                        "  session: { matches: email, on: vars, shared: leave, erase: delete }\n"))
                .isEmpty();
        assertThat(about(
                        UNNAMED_CONTENT,
                        "CREATE TABLE visits (id int PRIMARY KEY, p bigint REFERENCES people, ip inet);",
                        ""))
                .as("unmapped-table says so")
                .isEmpty();
    }
}
