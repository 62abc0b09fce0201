package dev.exeunt.delivery;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells how far an export is, at each section and every few seconds within one. Whoever is told may throw: so an export that was
 * cancelled, or is another worker's by now, ends.
 */
final class Heartbeat {

    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Clock clock;
    private final Told told;
    private Instant last;
    private int done;
    private int of;

    Heartbeat(Clock clock, Told told) {
        this.clock = clock;
        this.told = told;
        this.last = clock.instant();
    }

    /** Who wants to know. */
    interface Told {
        void at(int done, int of);
    }

    void at(int sectionsDone, int ofSections) {
        done = sectionsDone;
        of = ofSections;
        beat();
    }

    private void beat() {
        last = clock.instant();
        told.at(done, of);
    }

    /** The same stream, which beats as long as something is written. */
    OutputStream over(OutputStream out) {
        return new FilterOutputStream(out) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                if (Duration.between(last, clock.instant()).compareTo(PERIOD) >= 0) {
                    beat();
                }
                out.write(bytes, from, length);
            }
        };
    }
}
