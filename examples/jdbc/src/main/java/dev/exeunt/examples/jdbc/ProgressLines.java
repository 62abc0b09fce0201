package dev.exeunt.examples.jdbc;

import dev.exeunt.ProgressListener;
import java.util.ArrayList;
import java.util.List;

// tag::progress[]
/** Keeps the progress of long work as lines of text. They name tables and counts, never values. */
public final class ProgressLines implements ProgressListener {

    private final List<String> lines = new ArrayList<>();

    @Override
    public synchronized void at(String what, int done, int of) {
        lines.add(what + " (" + done + " of " + of + ")");
    }

    public synchronized List<String> lines() {
        return List.copyOf(lines);
    }
}
// end::progress[]
