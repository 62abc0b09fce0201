package dev.exeunt.internal.export.block;

import static org.assertj.core.api.Assertions.assertThat;

/** Looks for threads that exports have left behind. */
public final class ExportThreads {

    private static final int PATIENCE = 10_000; // milliseconds

    private ExportThreads() {}

    /** Fails where one lives. One whose work is over may not have returned yet, so each is waited for. */
    public static void assertEnded() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("exeunt-export-")) {
                thread.join(PATIENCE);
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }
}
