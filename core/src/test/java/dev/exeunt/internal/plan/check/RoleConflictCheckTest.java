package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that no role writes a value by which another role would find rows that were not theirs at the beginning. */
class RoleConflictCheckTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id uuid PRIMARY KEY);
            CREATE TABLE notes (id int PRIMARY KEY, author_id uuid, editor_id uuid, kind text);
            CREATE INDEX ON notes (author_id); CREATE INDEX ON notes (editor_id);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables:
              people: { erase: delete }
              notes:
                links:
                  author: { subject: author_id, erase: %s }
                  editor: { subject: editor_id%s, erase: %s }
            """;

    static Stream<Arguments> roles() {
        String key = "{ anonymize: { editor_id: '{key}' }, retain: [kind] }";
        String gone = "{ anonymize: { kind: gone } }";
        return Stream.of(
                Arguments.of(key, "", gone, "editor_id"),
                Arguments.of(key, "", "delete", "editor_id"),
                Arguments.of("{ anonymize: { editor_id: { sql: author_id } }, retain: [kind] }", "", gone, "editor_id"),
                Arguments.of("{ anonymize: { kind: seen } }", ", where: \"kind = 'seen'\"", "delete", "kind"),
                Arguments.of("{ anonymize: { kind: seen } }", ", where: \"kind = 'seen'\"", gone, "kind"),
                Arguments.of("{ anonymize: { editor_id: null }, retain: [kind] }", "", gone, null),
                Arguments.of(key, "", "{ keep: theirs, retain: [kind] }", null));
    }

    @ParameterizedTest(name = "author: {0}; editor{1}: {2}")
    @MethodSource("roles")
    void aRoleWritesNothingByWhichAnotherFindsItsRows(
            String author, String where, String editor, @Nullable String column) {
        try (MappedDatabase database = MappedDatabase.of(SCHEMA, MAP.formatted(author, where, editor))) {
            assertThat(database.findings().stream()
                            .filter(f -> f.startsWith("cannot-hold"))
                            .toList())
                    .isEqualTo(column == null ? List.of() : List.of("cannot-hold notes." + column));
        }
    }
}
