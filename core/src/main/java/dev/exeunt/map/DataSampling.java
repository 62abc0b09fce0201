package dev.exeunt.map;

import java.time.Duration;

/**
 * Says how a check samples rows. Of each table it reads at most 1,000 rows, in one statement or two, in a transaction that only reads.
 *
 * <pre>{@code
 * CheckResult checked = exeunt.check(map, DataSampling.DEFAULT);
 * checked.notes().forEach(System.out::println); // tables that could not be sampled
 * }</pre>
 *
 * @param statementTimeout how long one statement may take; a table that takes longer gets a note instead
 */
public record DataSampling(Duration statementTimeout) {

    /** At most ten seconds for each statement. */
    public static final DataSampling DEFAULT = new DataSampling(Duration.ofSeconds(10));

    /** @throws IllegalArgumentException if the time is shorter than a millisecond */
    public DataSampling {
        if (statementTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("statementTimeout must be a millisecond at least: " + statementTimeout);
        }
    }
}
