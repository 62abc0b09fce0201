package dev.exeunt.internal.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.request.RequestRefusedException;
import dev.exeunt.testkit.MappedDatabase;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tests that external systems and guards stop an erasure without a request. */
class ErasurePreconditionsTest {

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables: { people: { erase: delete } }
            """;

    private static final String SQL = "CREATE TABLE people (id bigint PRIMARY KEY); INSERT INTO people VALUES (1);";

    @Test
    void aSystemThatHasToAnswerStopsNoRehearsalAndNoPreview() {
        try (MappedDatabase world = MappedDatabase.of(SQL, MAP + "external: { provider: { locators: select 1 } }")) {
            world.exeunt().rehearse(world.map(), List.of("1"), 0);
            assertThatThrownBy(() -> world.erase("1"))
                    .as("no key encrypts the event")
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("Nothing was changed.");
            assertThat(world.database().column("SELECT id FROM people")).containsExactly("1");
            assertThat(world.check().errors()).isEmpty();
            assertThat(world.exeunt().preview(world.map(), List.of("1")).subjects())
                    .isEqualTo(1);
        }
    }

    @Test
    void anErasureByItselfGoesThroughTheGuardsToo() {
        String guard =
                "guards: { last: { flows: [delete-account], sql: \"select 1 where not exists (select from people where"
                        + " id <> :subject and id <> all (:leaving))\", message: Not the last one. } }";
        try (MappedDatabase world = MappedDatabase.of(SQL + "INSERT INTO people VALUES (2);", MAP + guard)) {
            assertThatThrownBy(() -> world.exeunt().erase(world.map(), List.of("1", "2"), r -> {}))
                    .as("of two at once, too, none is left")
                    .isInstanceOf(RequestRefusedException.class);
            assertThat(world.database().column("SELECT id FROM people ORDER BY id"))
                    .containsExactly("1", "2");
            world.erase("1");
            assertThatThrownBy(() -> world.erase("2")).isInstanceOf(RequestRefusedException.class);
            assertThat(world.database().column("SELECT id FROM people")).containsExactly("2");
        }
    }
}
