package dev.exeunt.internal.delivery;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Reports the progress of a running export at its first section, at others that come a quarter of a second later or more, and every five
 * seconds. Each report is a transaction, and a small export has many sections. The listener may throw, which ends an export that was
 * cancelled or taken over by another worker.
 */
final class ExportHeartbeat {

    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final Duration BETWEEN_SECTIONS = Duration.ofMillis(250);

    private final Clock clock;
    private final HeartbeatListener told;
    private Instant last;
    private int done;
    private int of;
    private boolean begun;

    ExportHeartbeat(Clock clock, HeartbeatListener told) {
        this.clock = clock;
        this.told = told;
        this.last = clock.instant();
    }

    /** Receives the progress of a running export and throws to stop it. */
    interface HeartbeatListener {
        void at(int done, int of);
    }

    void sectionDone(int sectionsDone, int ofSections) {
        done = sectionsDone;
        of = ofSections;
        if (!begun || isOver(BETWEEN_SECTIONS)) {
            begun = true;
            beat();
        }
    }

    private boolean isOver(Duration pause) {
        return Duration.between(last, clock.instant()).compareTo(pause) >= 0;
    }

    private void beat() {
        last = clock.instant();
        told.at(done, of);
    }

    /** The same stream, which beats as long as something is written. */
    OutputStream wrap(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (isOver(PERIOD)) {
                    beat();
                }
                out.write(bytes, from, length);
            }
        };
    }
}
