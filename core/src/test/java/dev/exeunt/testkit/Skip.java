package dev.exeunt.testkit;

import org.junit.jupiter.api.Assumptions;

/** Skips a test that cannot run here, and says so where people look: a test run that hides what it left out is no proof. */
public final class Skip {

    private Skip() {}

    /** Goes on only if the condition holds; otherwise prints the reason and skips. */
    public static void unless(boolean condition, String reason) {
        if (!condition) {
            System.out.println("skipped: " + reason);
        }
        Assumptions.assumeTrue(condition, reason);
    }
}
