package dev.exeunt.server;

import dev.exeunt.ExeuntException;
import dev.exeunt.ledger.ErasureLedger;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the ledger lets requests in: after a restore it does not until erased people are erased again. */
final class LedgerHealth implements HealthIndicator {

    private final ErasureLedger ledger;

    LedgerHealth(ErasureLedger ledger) {
        this.ledger = ledger;
    }

    @Override
    public Health health() {
        try {
            ledger.requireOpen();
            return Health.up().build();
        } catch (ExeuntException e) {
            return Health.down().build(); // the log has the reason
        }
    }
}
