package dev.exeunt.internal.ledger.chain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.ledger.LedgerSink.Entry;
import dev.exeunt.support.ledger.LedgerLines;
import dev.exeunt.testkit.LedgerSinkContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What all sinks of the ledger do, in a file. */
class FileLedgerSinkTest extends LedgerSinkContract {

    @TempDir
    Path directory;

    private Path file() {
        return directory.resolve("ledger");
    }

    @Override
    protected LedgerSink open() {
        return new FileLedgerSink(file());
    }

    @Override
    protected void leaveUnfinished(List<Entry> entries) throws IOException {
        byte[] lines = LedgerLines.write(entries.subList(0, 1));
        Files.write(file(), Arrays.copyOf(lines, lines.length - 1), StandardOpenOption.APPEND);
    }

    @Test
    void itSaysWhichFileItIs() {
        assertThat(open().place()).isEqualTo("the file " + file());
    }
}
