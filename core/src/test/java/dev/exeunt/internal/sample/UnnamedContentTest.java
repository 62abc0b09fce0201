package dev.exeunt.internal.sample;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests which sampled texts are taken for addresses and telephone numbers. */
class UnnamedContentTest {

    private static String guests(String column, String value) {
        return SampledWorld.DENSE + "CREATE TABLE guests (" + column + ");" + "INSERT INTO guests SELECT " + value
                + " FROM generate_series(1, 30) i;";
    }

    static Stream<Arguments> contents() {
        return Stream.of(
                Arguments.of("x text", "'guest' || i || '@example.net'", "30 e-mail addresses in x (of 30"),
                Arguments.of("x text", "'write to guest' || i || '@example.net.'", "30 e-mail addresses in x (of 30"),
                Arguments.of("x text[]", "ARRAY['guest' || i || '@example.net']", "30 e-mail addresses in x (of 30"),
                Arguments.of(
                        "x jsonb",
                        "jsonb_build_object('to', 'g' || i || '@example.net', 'n', i)",
                        "30 e-mail addresses in x at $.to (of 30"),
                Arguments.of(
                        "x text",
                        "CASE WHEN i < 4 THEN 'guest' || i || '@example.net' ELSE i::text END",
                        "3 e-mail addresses in x (of 30"),
                Arguments.of("x text", "'+49 151 1234' || (1000 + i)", "30 telephone numbers in x (of 30"),
                Arguments.of("x text", "'+1 (555) 010-' || (1000 + i)", "30 telephone numbers in x (of 30"),
                Arguments.of(
                        "mobile_phone text",
                        "'0151 1234' || (1000 + i)",
                        "30 telephone numbers in mobile_phone (of 30"),
                Arguments.of(
                        "x jsonb",
                        "jsonb_build_object('phone', '01511234' || (1000 + i))",
                        "30 telephone numbers in x at $.phone (of 30"),
                Arguments.of("x inet", "'203.0.113.1'::inet + i", "30 IP addresses in x (of 30"),
                Arguments.of("x inet[]", "ARRAY['203.0.113.1'::inet + i]", "30 IP addresses in x (of 30"),
                Arguments.of("x text", "'8.8.4.' || i", "30 IP addresses in x (of 30"),
                Arguments.of("x text", "'2001:db8::' || i", "30 IP addresses in x (of 30"),
                Arguments.of("x inet", "('2001:db8:1:2:3:4:5:' || i)::inet", "30 IP addresses in x (of 30"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("contents")
    void contactDataIsCountedInAColumnThatTheMapDoesNotName(String column, String value, String said) {
        for (String more : new String[] {"", "not-personal: { guests: for the test }\n"}) {
            assertThat(SampledWorld.found(guests(column, value), SampledWorld.MAP + more))
                    .singleElement()
                    .satisfies(f -> {
                        assertThat(f.code()).isEqualTo(FindingCode.UNNAMED_CONTENT);
                        assertThat(f.what()).isEqualTo("guests");
                        assertThat(f.message()).contains(said);
                    });
        }
    }

    static Stream<Arguments> decoys() {
        return Stream.of(
                Arguments.of("x text", "'guest@example.net'"),
                Arguments.of("x text", "CASE WHEN i < 3 THEN 'guest' || i || '@example.net' END"),
                Arguments.of("x text", "'git@github.com:team/repo' || i"),
                Arguments.of("x text", "'postgres://app' || i || ':secret@db.example.net/shop'"),
                Arguments.of("x text", "'logo' || i || '@2x.png'"),
                Arguments.of("x text", "'@types/node' || i"),
                Arguments.of("x text", "'root@host' || i"),
                Arguments.of("x bigint", "4915112340000 + i"),
                Arguments.of("phone bigint", "4915112340000 + i"),
                Arguments.of("x text", "'978-3-16-148410-' || i"),
                Arguments.of("x text", "(1700000000 + i)::text"),
                Arguments.of("x text", "(timestamp '2026-01-01 10:00' + i * interval '1 day')::text"),
                Arguments.of("x uuid", "gen_random_uuid()"),
                Arguments.of("x text", "gen_random_uuid()::text"),
                Arguments.of("x text", "'+' || i"),
                Arguments.of("x text", "'+49'"),
                Arguments.of("x text", "'AA:BB:CC:00:11:' || (10 + i)"),
                Arguments.of("x text", "'10:20:' || (10 + i)"),
                Arguments.of("x inet", "'10.0.0.1'::inet + i"),
                Arguments.of("x text", "'192.168.1.' || i"),
                Arguments.of("version text", "'4.1.2.' || i"),
                Arguments.of("x text", "'1.2.' || i"),
                Arguments.of("x text", "'std::vector::' || i"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("decoys")
    void whatOnlyLooksLikeContactDataIsNone(String column, String value) {
        assertThat(SampledWorld.named(guests(column, value), SampledWorld.MAP)).isEmpty();
    }

    @Test
    void aTableHasOneFindingForAllItsColumns() {
        String sql = guests(
                "a text, b text, c text, d inet",
                "'g' || i || '@example.net', '+49 151 1234' || (1000 + i), 'x', '203.0.113.1'::inet + i");

        assertThat(SampledWorld.found(sql, SampledWorld.MAP))
                .extracting(Finding::message)
                .singleElement()
                .satisfies(m -> assertThat(m)
                        .isEqualTo(
                                "guests holds what tells of people: 30 e-mail addresses in a (of 30 different values in the sample);"
                                        + " 30 telephone numbers in b (of 30 different values in the sample); 30 IP addresses in d (of 30"
                                        + " different values in the sample). The map does not name the table."));
    }

    @Test
    void whatTheMapDeletesOverwritesKeepsOrReportsOtherwiseIsNotSaidAgain() {
        String columns = "(user_id bigint, mail text, kept text, withheld text)";
        String values = "1, 'g' || i || '@example.net', 'h' || i || '@example.net', 'k' || i || '@example.net'";
        String sql = SampledWorld.DENSE + "CREATE TABLE deleted " + columns + "; CREATE TABLE changed " + columns
                + "; INSERT INTO deleted SELECT " + values
                + " FROM generate_series(1, 9) i; INSERT INTO changed SELECT "
                + values + " FROM generate_series(1, 9) i; CREATE TABLE mentions AS SELECT email FROM users;";
        String map = SampledWorld.MAP + """
                  deleted: { subject: user_id, erase: delete }
                  changed: { subject: user_id, erase: { anonymize: { mail: x }, retain: [kept, withheld] }, export: { except: [withheld] } }
                """;

        assertThat(SampledWorld.named(sql, map)).containsExactly("undeclared-link mentions.email");
    }
}
