package dev.exeunt.internal.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Tests rules that do something else instead for some rows only: a warning, and no row is taken for erased that a rule keeps. */
class ConditionalRuleTest {

    private static final String LIBRARY = """
            CREATE TABLE borrowers (card text PRIMARY KEY, mail text UNIQUE);
            CREATE TABLE reviews (id int PRIMARY KEY, card text NOT NULL REFERENCES borrowers, words text);
            CREATE INDEX ON reviews (card);
            CREATE RULE keep_former_reader AS ON DELETE TO borrowers WHERE old.card = 'former-reader' DO INSTEAD NOTHING;
            INSERT INTO borrowers VALUES ('former-reader', NULL), ('c-7', 'ada@x.test'), ('c-8', 'bo@x.test');
            INSERT INTO reviews VALUES (1, 'c-7', 'dull'), (2, 'c-8', 'fine');
            """;

    private static final String MAP = """
            version: 1
            subject: { table: borrowers, key: card, identifiers: [mail] }
            tables:
              borrowers: { erase: delete }
              reviews: { subject: card, erase: { reassign: former-reader, retain: [words] } }
            """;

    @Test
    void aPersonGoesAndTheRowThatTheRuleProtectsStays() {
        try (MappedDatabase world = MappedDatabase.of(LIBRARY, MAP)) {
            assertThat(world.check().findings())
                    .filteredOn(f -> f.code().word().equals("side-effect"))
                    .singleElement()
                    .matches(f -> !f.isError());
            world.erase("c-7");
            assertThat(world.database().column("SELECT card FROM borrowers ORDER BY 1"))
                    .containsExactly("c-8", "former-reader");
            assertThat(world.database().column("SELECT card FROM reviews ORDER BY id"))
                    .containsExactly("former-reader", "c-8");
            assertThat(world.database().column("SELECT rulename::text FROM pg_rules WHERE tablename = 'borrowers'"))
                    .containsExactly("keep_former_reader");
        }
    }

    @Test
    void erasingTheProtectedRowIsRefused() {
        String gone = MAP.replace("{ reassign: former-reader, retain: [words] }", "delete");
        for (String map : List.of(MAP, gone)) {
            try (MappedDatabase world = MappedDatabase.of(LIBRARY, map)) {
                Map<String, List<String>> before = world.database().snapshot();
                assertThatThrownBy(() -> world.erase("former-reader"))
                        .isInstanceOf(ExeuntException.class)
                        .hasMessageContaining("Nothing was erased");
                assertThat(world.database().snapshot()).isEqualTo(before);
            }
        }
    }

    @Test
    void aRuleThatKeepsWhatIsOverwrittenEndsTheErasure() {
        String sql =
                LIBRARY + "CREATE RULE keep_words AS ON UPDATE TO reviews WHERE old.words = 'dull' DO INSTEAD NOTHING;";
        String map = MAP.replace("{ reassign: former-reader, retain: [words] }", "{ anonymize: { words: null } }")
                .replace("borrowers: { erase: delete }", "borrowers: { erase: { anonymize: { mail: null } } }");
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("c-7")).hasMessageContaining("reviews");
            assertThat(world.database().snapshot()).isEqualTo(before);
            world.erase("c-8");
        }
    }

    @Test
    void aRuleForEveryRowStaysAnError() {
        String sql = LIBRARY.replace("WHERE old.card = 'former-reader' ", "");
        try (MappedDatabase world = MappedDatabase.of(sql, MAP)) {
            assertThat(world.check().findings())
                    .filteredOn(f -> f.code().word().equals("side-effect"))
                    .singleElement()
                    .matches(f -> f.isError());
        }
    }

    @Test
    void aRuleOnWhatRefersToThePersonIsAWarningAndNoRowIsLeftThatItKeeps() {
        String sql = LIBRARY.replace("REFERENCES borrowers,", "REFERENCES borrowers ON DELETE CASCADE,")
                + "CREATE RULE keep_fine AS ON DELETE TO reviews WHERE old.words = 'fine' DO INSTEAD NOTHING;";
        String map = MAP.replace("{ reassign: former-reader, retain: [words] }", "delete");
        try (MappedDatabase world = MappedDatabase.of(sql, map)) {
            assertThat(world.check().findings()).noneMatch(f -> f.isError());
            Map<String, List<String>> before = world.database().snapshot();
            assertThatThrownBy(() -> world.erase("c-8")).hasMessageContaining("reviews");
            assertThat(world.database().snapshot()).isEqualTo(before);
            world.erase("c-7");
        }
    }
}
