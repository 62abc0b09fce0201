package dev.exeunt.internal.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.exeunt.map.Finding;
import dev.exeunt.map.FindingCode;
import org.junit.jupiter.api.Test;

/** Tests that a column of which the values tell is not reported by its name as well. */
class GuessedReferenceTest {

    @Test
    void aColumnWhoseValuesAreKeysIsReportedOnce() {
        String sql = SampledWorld.NUMBERED + """
                CREATE TABLE notes (id int PRIMARY KEY, created_by bigint, approved_by bigint);
                INSERT INTO notes SELECT i, i * 37 FROM generate_series(1, 40) i;
                """;
        assertThat(SampledWorld.checked(sql, SampledWorld.MAP).findings())
                .extracting(Finding::code, Finding::what)
                .containsExactlyInAnyOrder(
                        tuple(FindingCode.UNDECLARED_LINK, "notes.created_by"),
                        tuple(FindingCode.HIDDEN_REFERENCE, "notes.approved_by"));
    }

    /** Actors have numbers of their own, which look like those of users. */
    @Test
    void numbersThatAreAnotherTablesByTheirNameAreNotComparedWithThoseOfPeople() {
        String sql = SampledWorld.NUMBERED + """
                CREATE TABLE actor (actor_id bigint PRIMARY KEY, actor_user bigint REFERENCES users);
                INSERT INTO actor SELECT i * 37, (41 - i) * 37 FROM generate_series(1, 40) i;
                CREATE TABLE edits (ed_id int PRIMARY KEY, ed_actor bigint);
                INSERT INTO edits SELECT i, (1 + i % 40) * 37 FROM generate_series(1, 80) i;
                """;
        String map = SampledWorld.MAP + "  actor: { subject: actor_user, erase: delete }\n";
        assertThat(SampledWorld.checked(sql, map).findings())
                .filteredOn(f -> f.what().equals("edits.ed_actor"))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.fix().paste()).isNull();
                    assertThat(f.fix().words())
                            .contains("a link { through: actor, on: ed_actor")
                            .doesNotContain("subject: ed_actor");
                });
    }
}
