package dev.exeunt.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Tests that a template binds its values, puts fragments in their places and leaves the rest of the SQL alone. */
class SqlTemplateTest {

    @Test
    void bindsValuesInTheOrderOfTheirPlaces() {
        SqlFragment made = SqlTemplate.of("SELECT * FROM t WHERE b = :second AND a = :first OR c = :second")
                .bind("first", "1")
                .bind("second", "'; DROP TABLE t; --")
                .toFragment();
        assertThat(made)
                .isEqualTo(SqlFragment.of(
                        "SELECT * FROM t WHERE b = ? AND a = ? OR c = ?",
                        "'; DROP TABLE t; --",
                        "1",
                        "'; DROP TABLE t; --"));
    }

    @Test
    void putsFragmentsWithTheirValuesInTheirPlaces() {
        SqlFragment made = SqlTemplate.of("""
                        SELECT {columns} FROM {table}
                        WHERE id = :id AND ({conditions}){more}""")
                .identifiers("columns", List.of("id", "a\"b"))
                .fragment("table", "\"public\".\"t\"")
                .bind("id", "7")
                .fragments("conditions", " OR ", List.of(SqlFragment.of("a = ?", "x"), SqlFragment.of("b = ?", "y")))
                .fragment("more", SqlFragment.EMPTY)
                .toFragment();
        assertThat(made).isEqualTo(SqlFragment.of("""
                        SELECT "id", "a""b" FROM "public"."t"
                        WHERE id = ? AND (a = ? OR b = ?)""", "7", "x", "y"));
    }

    @Test
    void leavesCastsQuotesDollarQuotesAndCommentsAlone() {
        String sql = """
                SELECT '{a} :b ? it''s {' || E'\\' :c' || ":d {e}" || $$ :f {g $$ || $x$ ? $x$, x::text, '{"a":1}'::jsonb ?? 'a'
                -- :h {i ?
                /* :j { /* ? */ ' */, a[1:2]""";
        assertThat(SqlTemplate.of(sql).toFragment()).isEqualTo(SqlFragment.of(sql));
        assertThat(SqlTemplate.of("SELECT :a::text::int").bind("a", "1").toFragment())
                .isEqualTo(SqlFragment.of("SELECT ?::text::int", "1"));
    }

    @Test
    void aNullIsTheKeyword() {
        SqlFragment made = SqlTemplate.of("SELECT :a, :b, :c")
                .bind("a", (String) null)
                .bind("b", (Instant) null)
                .bind("c", (UUID) null)
                .toFragment();
        assertThat(made).isEqualTo(SqlFragment.of("SELECT NULL, NULL, NULL"));
    }

    @Test
    void refusesNamesThatAreMissingUnknownOrFilledTwice() {
        SqlTemplate template = SqlTemplate.of("SELECT {a} FROM t WHERE b = :b").bind("b", "secret");
        assertThatIllegalArgumentException().isThrownBy(template::toFragment).withMessage("Nothing was given for {a}.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.bind("a", "x"))
                .withMessage("The SQL has no place :a. Its places are: {a}, :b.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.fragment("b", "x"))
                .withMessageContaining("no place {b}");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> template.bind("b", "x"))
                .withMessage("The place :b is filled twice.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlTemplate.of("SELECT ':a'").bind("a", "x"))
                .withMessageContaining("no place :a");
    }

    @Test
    void refusesBareQuestionMarksAndBraces() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SqlTemplate.of("SELECT ?"))
                .withMessageContaining("bare ?");
        for (String sql : List.of("SELECT {", "SELECT {}", "SELECT { a }", "SELECT {a", "SELECT {1}", "SELECT {a:b}")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> SqlTemplate.of(sql))
                    .withMessageContaining("{name}");
        }
    }

    @Test
    void trustedSqlKeepsItsQuestionMarksColonsAndBraces() throws SQLException {
        SqlFragment trusted = SqlFragment.trusted("'{\"a\":1}'::jsonb ? 'a' AND '{:x}' = '{:x}' -- {y} :z ?");
        SqlFragment made = SqlTemplate.of("""
                        SELECT :before::text, ({condition}
                        )::text, :after::text""")
                .bind("before", "b")
                .fragment("condition", trusted)
                .bind("after", "a")
                .toFragment();
        assertThat(made.values()).containsExactly("b", "a");
        assertThat(made.numbered()).startsWith("SELECT $1::text").endsWith("$2::text");
        assertThat(inlinedAndPrepared(made, 3)).containsExactly("b", "true", "a");
    }

    @Test
    void typedValuesBringTheirTypes() throws SQLException {
        UUID id = UUID.fromString("6f1b9c0e-2f43-4d9c-9a55-0d0f4f6c2a11");
        SqlFragment made = SqlTemplate.of("""
                        SELECT pg_typeof(:number), pg_typeof(:moment), pg_typeof(:id), pg_typeof(:ids), pg_typeof(:yes),
                            (:moment = '2020-02-29T12:00:00.123456Z'::timestamptz)::text, (:id = ANY (:ids))::text,
                            (:number + 1)::text, (:yes)::text, cardinality(:texts::text[])::text""")
                .bind("number", Long.MAX_VALUE - 1)
                .bind("moment", Instant.parse("2020-02-29T12:00:00.123456Z"))
                .bind("id", id)
                .bind("ids", List.of(id, UUID.randomUUID()))
                .bind("yes", true)
                .bind("texts", new String[] {"a", "b"})
                .toFragment();
        assertThat(inlinedAndPrepared(made, 10))
                .containsExactly(
                        "bigint",
                        "timestamp with time zone",
                        "uuid",
                        "uuid[]",
                        "boolean",
                        "true",
                        "true",
                        "9223372036854775807",
                        "true",
                        "2");
    }

    private static List<String> inlinedAndPrepared(SqlFragment sql, int columns) throws SQLException {
        try (TestDatabase database = TestDatabase.create();
                Connection connection = database.connection()) {
            List<String> prepared = SqlRunner.one(connection, sql, row -> texts(row, columns));
            try (Statement statement = connection.createStatement()) {
                statement.setEscapeProcessing(false);
                try (ResultSet row = statement.executeQuery(sql.inlined())) {
                    row.next();
                    List<String> inlined = texts(row, columns);
                    assertThat(inlined).isEqualTo(prepared);
                }
            }
            return prepared;
        }
    }

    private static List<String> texts(ResultSet row, int columns) throws SQLException {
        List<String> texts = new ArrayList<>();
        for (int i = 1; i <= columns; i++) {
            texts.add(row.getString(i));
        }
        return texts;
    }
}
