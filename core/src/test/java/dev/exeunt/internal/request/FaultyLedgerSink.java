package dev.exeunt.internal.request;

import dev.exeunt.ledger.LedgerSink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Keeps the ledger in a file as the product does, and fails where a test wants it to. */
final class FaultyLedgerSink implements LedgerSink {

    private final LedgerSink kept;
    private final Path file;
    private volatile Fault fault = Fault.NONE;

    /** Says how the sink fails. */
    enum Fault {
        NONE,
        /** nothing can be read or written */
        UNREACHABLE,
        /** all is written, and the answer is lost */
        ANSWER_LOST,
        /** half of the entries are written, and half of the line after them */
        HALF_WRITTEN
    }

    /**
     * @param kept writes to the file
     * @param file for what a crash leaves of a line
     */
    FaultyLedgerSink(LedgerSink kept, Path file) {
        this.kept = kept;
        this.file = file;
    }

    void fail(Fault how) {
        fault = how;
    }

    boolean fails() {
        return fault != Fault.NONE;
    }

    @Override
    public Optional<Entry> last() throws IOException {
        requireReachable();
        return kept.last();
    }

    @Override
    public void read(long after, Consumer<Entry> entries) throws IOException {
        requireReachable();
        kept.read(after, entries);
    }

    @Override
    public void append(List<Entry> entries) throws IOException {
        requireReachable();
        if (fault == Fault.HALF_WRITTEN) {
            int half = entries.size() / 2;
            if (half > 0) {
                kept.append(entries.subList(0, half));
            }
            Entry torn = entries.get(half);
            String line = torn.position() + " " + torn.mac().substring(0, 20);
            Files.writeString(
                    file, line, StandardCharsets.US_ASCII, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            throw new IOException("the machine failed amid the page");
        }
        kept.append(entries);
        if (fault == Fault.ANSWER_LOST) {
            throw new IOException("the answer was lost");
        }
    }

    private void requireReachable() throws IOException {
        if (fault == Fault.UNREACHABLE) {
            throw new IOException("it is away");
        }
    }

    @Override
    public String place() {
        return "a file that fails";
    }
}
