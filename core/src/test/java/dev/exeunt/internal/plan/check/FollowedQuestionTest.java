package dev.exeunt.internal.plan.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.testkit.MappedDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests that rows which a draft keeps until another question is answered are not forgotten afterwards. */
class FollowedQuestionTest {

    private static final String SCHEMA = """
            CREATE TABLE people (id bigint PRIMARY KEY);
            CREATE TABLE albums (id bigint PRIMARY KEY, person_id bigint UNIQUE REFERENCES people);
            CREATE TABLE photos (id bigint PRIMARY KEY, album_id bigint UNIQUE REFERENCES albums, place text);
            """;

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables:
              people: { erase: { keep: a number } }
              albums: { subject: person_id, erase: %s }
              photos: { through: albums, on: album_id, erase: { keep: "%s", retain: [place] } }
            """;

    @ParameterizedTest
    @CsvSource({
        "undecided, 'follows albums, to be decided', undecided albums.link",
        "{ keep: shared }, 'follows albums, to be decided', undecided photos.link",
        "{ keep: shared }, 'follows albums, which are shared', ''",
        "{ keep: shared }, 'to be decided by the board, see its minutes', ''"
    })
    void aForgottenAnswerIsAnError(String albums, String reason, String finding) {
        try (MappedDatabase database = MappedDatabase.of(SCHEMA, MAP.formatted(albums, reason))) {
            assertThat(String.join(" ", database.findings())).isEqualTo(finding);
        }
    }
}
