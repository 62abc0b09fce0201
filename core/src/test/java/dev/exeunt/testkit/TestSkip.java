package dev.exeunt.testkit;

import org.junit.jupiter.api.Assumptions;

/** Skips a test that cannot run here, and prints the reason. */
public final class TestSkip {

    private TestSkip() {}

    /** Goes on only if the condition holds; otherwise prints the reason and skips. */
    public static void unless(boolean condition, String reason) {
        if (!condition) {
            System.out.println("skipped: " + reason);
        }
        Assumptions.assumeTrue(condition, reason);
    }
}
