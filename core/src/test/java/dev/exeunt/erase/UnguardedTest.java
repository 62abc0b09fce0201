package dev.exeunt.erase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ExeuntException;
import dev.exeunt.testkit.World;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a map wants looked at before an erasure is not passed over. */
class UnguardedTest {

    private static final String MAP = """
            version: 1
            subject: { table: people, key: id }
            tables: { people: { erase: delete } }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "guards: { owner: { flows: [delete-account], sql: select 1, message: Not yet. } }",
                "external: { provider: { locators: select 1 } }"
            })
    void nobodyIsErasedOrRehearsedPastWhatTheMapWantsLookedAt(String more) {
        String sql = "CREATE TABLE people (id bigint PRIMARY KEY); INSERT INTO people VALUES (1);";
        try (World world = World.of(sql, MAP + more)) {
            assertThatThrownBy(() -> world.erase("1"))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("exeunt.yaml:4:")
                    .hasMessageContaining("Nothing was changed.");
            assertThatThrownBy(() -> world.exeunt().rehearse(world.map(), List.of("1"), 0))
                    .isInstanceOf(ExeuntException.class)
                    .hasMessageContaining("exeunt.yaml:4:");
            assertThat(world.database().column("SELECT id FROM people")).containsExactly("1");
            assertThat(world.check().errors()).isEmpty();
            assertThat(world.exeunt().preview(world.map(), List.of("1")).subjects())
                    .isEqualTo(1);
        }
    }
}
