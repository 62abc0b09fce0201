package dev.exeunt.internal.map;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.map.Finding.Position;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Tests that each treatment of rows has one outcome, and that the outcomes answer the questions about a row. */
class RowOutcomeTest {

    private static final Position AT = new Position("exeunt.yaml", 1, 1);

    private static final List<RowTreatment> TREATMENTS = List.of(
            new Fate.Delete(AT),
            new Fate.Anonymize(List.of(), List.of(), AT),
            new Fate.Detach(List.of(), List.of(), List.of(), AT),
            new Fate.Reassign(List.of("0"), List.of(), List.of(), AT),
            new Fate.Keep("a suit", null, null, false, List.of(), List.of(), AT),
            new Fate.Untouched(AT),
            new Fate.Undecided(AT),
            new Fate.Unspecified(AT),
            new HideRule.StashRows(AT),
            new HideRule.SetColumns(List.of(), AT),
            new HideRule.DeleteRows(AT));

    @Test
    void eachOutcomeBelongsToOneTreatment() {
        assertThat(TREATMENTS).extracting(RowTreatment::outcome).containsExactlyInAnyOrder(RowOutcome.values());
        assertThat(TREATMENTS)
                .extracting(t -> (Object) t.getClass())
                .containsExactlyInAnyOrderElementsOf(Stream.of(Fate.class, HideRule.class)
                        .flatMap(kind -> Stream.of(kind.getPermittedSubclasses()))
                        .map(c -> (Object) c)
                        .toList());
    }

    @Test
    void theDetailsOfATreatmentAgreeWithItsOutcome() {
        for (RowTreatment treatment : TREATMENTS) {
            assertThat(treatment.keep().isPresent())
                    .as(treatment.toString())
                    .isEqualTo(treatment.outcome().keepsRows());
        }
        assertThat(TREATMENTS)
                .filteredOn(t -> !t.key().isEmpty())
                .allMatch(t -> t.outcome().cutsLink());
    }

    @Test
    void rowsThatLeaveTheirTableNeitherStayNorLoseTheirLink() {
        for (RowOutcome outcome : RowOutcome.values()) {
            if (outcome.removesRows()) {
                assertThat(outcome.outlivesErasure() || outcome.cutsLink() || outcome.keepsRows())
                        .as(outcome.toString())
                        .isFalse();
            }
        }
    }

    @Test
    void onlyAStashPutsRowsAsideAndItIsNoDeletion() {
        assertThat(RowOutcome.values()).filteredOn(RowOutcome::putsRowsAside).containsExactly(RowOutcome.STASH);
        assertThat(RowOutcome.STASH.removesRows()).isTrue();
        assertThat(RowOutcome.STASH.word()).isEqualTo("stash");
    }
}
