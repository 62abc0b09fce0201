package dev.exeunt.internal.draft.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a draft says which share of a table's rows has a link. */
class SampledShareTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, true, no rows yet",
        "0, 0, false, no row sampled",
        "1, 1, true, the only row",
        "0, 1, true, 0 of 1 row",
        "40, 40, true, all 40 rows",
        "12, 40, true, 12 of 40 rows",
        "310, 1000, false, '310 of 1,000 sampled rows'",
        "1000, 1000, false, 'all 1,000 sampled rows'"
    })
    void sharesInWords(long rows, long of, boolean whole, String words) {
        assertThat(new SampledShare(rows, of, whole).words()).isEqualTo(words);
    }
}
