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
}
