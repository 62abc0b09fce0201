package dev.exeunt.lifecycle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A clock that goes when it is told to. */
public final class Steps extends Clock {

    static final Instant BEGIN = Instant.parse("2026-03-01T12:00:00Z");

    private volatile Instant now = BEGIN;

    @Override
    public Instant instant() {
        return now;
    }

    public void go(Duration by) {
        now = now.plus(by);
    }

    public void to(Instant when) {
        now = when;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("a moment has no zone");
    }
}
