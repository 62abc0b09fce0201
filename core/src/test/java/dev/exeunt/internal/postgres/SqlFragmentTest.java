package dev.exeunt.internal.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.testkit.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Tests that inlined values mean the same as bound values. */
class SqlFragmentTest {

    private static final List<String> PIECES = List.of(
            "'", "''", "\"", "\\", "\\'", "\\\\", "?", "??", "$$", "$1", "$a$", "{", "}", ",", "NULL", "null", "--",
            "/*", "*/", ";", "E'", "\n", "\r", "\t", " ", "", "a", "ü", "漢", "😀", "\u0001", "\u2028", ":x", "U&'",
            "%s");

    private static TestDatabase database;
    private static Connection connection;

    @BeforeAll
    static void connect() {
        database = TestDatabase.create();
        connection = database.connection();
    }

    @AfterAll
    static void close() throws SQLException {
        connection.close();
        database.close();
    }

    @Test
    void inlinedValuesComeBackAsTheyWere() throws SQLException {
        Random random = new Random(42);
        for (int round = 0; round < 300; round++) {
            String text = text(random);
            String[] texts = {text(random), text(random), text(random)};
            SqlFragment select = SqlFragment.of(
                            "SELECT ?::text, t, '?', \"?\" FROM unnest(?::text[]) WITH ORDINALITY", text, texts)
                    .plus(" AS x(t, \"?\") ORDER BY 4");
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                expected.addAll(List.of(text, texts[i], "?", String.valueOf(i + 1)));
            }
            assertThat(values(select.inlined())).isEqualTo(expected);
        }
    }

    @Test
    void inlinedMeansWhatPreparedMeans() throws SQLException {
        List<SqlFragment> fragments = List.of(
                SqlFragment.of("SELECT ?, '{\"a\":1}'::jsonb ?? ?", "x", "a"),
                SqlFragment.of("SELECT $$ ? $$ || ? || $x$ $$ ? $x$", "y"),
                SqlFragment.of("SELECT E'\\'?' || ? || 'it''s ?' /* ? /* ? */ ' */ -- ? '\n || ?", "y", "z"),
                SqlFragment.of("SELECT ?::int - ?::int / ?::int", "7", "6", "2"),
                SqlFragment.of("SELECT cardinality(?::text[])::text", (Object) new String[0]),
                SqlFragment.of("SELECT 'open ended' || ?", "'; DROP TABLE x; --"));
        for (SqlFragment fragment : fragments) {
            try (PreparedStatement prepared = fragment.prepare(connection);
                    ResultSet row = prepared.executeQuery()) {
                assertThat(values(fragment.inlined())).isEqualTo(texts(row));
            }
        }
    }

    @Test
    void inlinedRefusesWhatNoTextHoldsAndWhatDoesNotAddUp() {
        assertThatThrownBy(() -> SqlFragment.of("SELECT ?", "a\0b").inlined()).hasMessageContaining("NUL");
        assertThatThrownBy(() ->
                        SqlFragment.of("SELECT ?", (Object) new String[] {"\0"}).inlined())
                .hasMessageContaining("NUL");
        assertThatThrownBy(() -> SqlFragment.of("SELECT ?, ?", "a").inlined()).hasMessageContaining("more parameters");
        assertThatThrownBy(() -> SqlFragment.of("SELECT '?'", "a").inlined()).hasMessageContaining("more values");
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    /** As a simple query, which knows no parameters. */
    private static List<String> values(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            try (ResultSet rows = statement.executeQuery(sql)) {
                return texts(rows);
            }
        }
    }

    private static List<String> texts(ResultSet rows) throws SQLException {
        List<String> texts = new ArrayList<>();
        while (rows.next()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                texts.add(rows.getString(i));
            }
        }
        return texts;
    }
}
