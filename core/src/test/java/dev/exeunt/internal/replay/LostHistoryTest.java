package dev.exeunt.internal.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.internal.ledger.chain.LedgerEntry;
import dev.exeunt.internal.ledger.chain.LedgerEntry.NumberOf;
import dev.exeunt.internal.ledger.chain.LedgerEntryType;
import dev.exeunt.internal.map.SubjectKind;
import dev.exeunt.internal.replay.LostHistory.LostCase;
import dev.exeunt.ledger.LedgerException;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What became of a case is what the ledger says last, but that an erasure that is committed stays so. */
class LostHistoryTest {

    private static final UUID NUMBER = UUID.randomUUID();
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final LostHistory history = new LostHistory(SubjectKind.PERSON);

    private void lose(LedgerEntryType type, NumberOf about) {
        history.lose(new LedgerEntry(type, NOW, SubjectKind.PERSON, about, NUMBER, "aa", null, null, "00"));
    }

    @Test
    void whatIsCommittedStaysSo() {
        lose(LedgerEntryType.INTENT, NumberOf.ERASURE);
        lose(LedgerEntryType.COMMITTED, NumberOf.ERASURE);
        lose(LedgerEntryType.ABORTED, NumberOf.ERASURE);
        assertThat(history.cases()).singleElement().matches(LostCase::isErased);
    }

    @Test
    void anIntentWithoutAnOutcomeIsUndecided() {
        lose(LedgerEntryType.INTENT, NumberOf.ERASURE);
        assertThat(history.cases()).singleElement().matches(LostCase::isUndecided);
    }

    @Test
    void aRequestWhoseErasureFailedIsOpen() {
        lose(LedgerEntryType.INTENT, NumberOf.REQUEST);
        lose(LedgerEntryType.ABORTED, NumberOf.REQUEST);
        assertThat(history.cases()).singleElement().matches(LostCase::isOpen);
    }

    @Test
    void anEntryOfANewerVersionIsToldAsThat() {
        assertThatThrownBy(() -> LedgerEntry.parse("merged at=2027-01-01T00:00:00Z kind=person account=1 key=00"))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("Use the version that wrote them.");
    }
}
