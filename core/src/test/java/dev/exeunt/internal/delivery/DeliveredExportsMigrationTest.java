package dev.exeunt.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.internal.store.UpgradedTestApplication;
import org.junit.jupiter.api.Test;

/** Tests that exports which an earlier version handed over while they were read are no longer called expired. */
class DeliveredExportsMigrationTest {

    /** One that was handed over, one whose reader never had all of it, and one whose archive has expired. */
    private static final String OF_AN_EARLIER_VERSION = """
            WITH r AS (
                INSERT INTO exeunt.request (kind, state, subject, requested_at, requested_by)
                SELECT 'export', 'expired', ARRAY[n::text], '2026-02-01Z', 'self' FROM generate_series(21, 23) AS n
                RETURNING id, subject)
            INSERT INTO exeunt.export (request, format, bytes, ready_at, expires_at)
            SELECT id, 'json', 10, CASE WHEN subject <> '{22}' THEN timestamptz '2026-02-01Z' END,
                CASE subject[1] WHEN '21' THEN timestamptz '2026-02-01Z' WHEN '23' THEN timestamptz '2026-02-02Z' END
            FROM r
            """;

    @Test
    void exportsThatWereKeptNowhereAreDelivered() {
        try (UpgradedTestApplication upgraded = new UpgradedTestApplication()) {
            upgraded.database().execute(OF_AN_EARLIER_VERSION);
            upgraded.migrate();
            assertThat(upgraded.database().column("""
                            SELECT subject[1] || ' ' || state FROM exeunt.request
                            WHERE requested_at = '2026-02-01Z' AND kind = 'export' ORDER BY 1""")).containsExactly("21 delivered", "22 delivered", "23 expired");
        }
    }
}
