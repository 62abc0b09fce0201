package dev.exeunt.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.ledger.LedgerSink.Entry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every sink of the ledger has to do, on the real thing. */
public abstract class LedgerSinkContract {

    /** Entries that the program hands over at once. */
    private static final int PAGE = 10_000;

    /** Returns another instance of the sink of this test, as a program that starts has it. */
    protected abstract LedgerSink open() throws Exception;

    /** Leaves behind what an instance leaves that is killed while it appends these entries, the first to last of which stand right behind the end. */
    protected abstract void leaveUnfinished(List<Entry> entries) throws Exception;

    protected static List<Entry> entries(long first, long last) {
        return entries(first, last, "the only one");
    }

    private static List<Entry> entries(long first, long last, String writer) {
        return LongStream.rangeClosed(first, last)
                .mapToObj(i -> new Entry(
                        i,
                        String.format("%064x", i * 31),
                        "intent at=2026-03-01T10:00:00Z by=" + writer.replace(' ', '+') + " number=" + i))
                .toList();
    }

    protected static List<Entry> read(LedgerSink sink, long after) throws IOException {
        List<Entry> read = new ArrayList<>();
        sink.read(after, read::add);
        return read;
    }

    @Test
    void aNewSinkHoldsNothing() throws Exception {
        LedgerSink sink = open();
        assertThat(sink.last()).isEmpty();
        assertThat(read(sink, 0)).isEmpty();
        assertThat(sink.place()).isNotBlank();
    }

    @Test
    void whatIsAppendedIsReadInOrderByEachInstance() throws Exception {
        LedgerSink sink = open();
        LedgerSink other = open();
        assertThat(other.last()).isEmpty();
        sink.append(entries(1, 3));
        sink.append(entries(4, 4));
        assertThat(other.last()).contains(entries(4, 4).get(0));
        other.append(entries(5, 9));
        for (LedgerSink each : List.of(sink, other, open())) {
            assertThat(each.last()).contains(entries(9, 9).get(0));
            assertThat(read(each, 0)).isEqualTo(entries(1, 9));
            assertThat(read(each, 2)).isEqualTo(entries(3, 9));
            assertThat(read(each, 6)).isEqualTo(entries(7, 9));
            assertThat(read(each, 9)).isEmpty();
            assertThat(read(each, 50)).isEmpty();
        }
    }

    @Test
    void entriesThatDoNotFollowTheLastAreRefused() throws Exception {
        LedgerSink sink = open();
        assertThatThrownBy(() -> sink.append(entries(2, 3))).isInstanceOf(IOException.class);
        sink.append(entries(1, 3));
        for (LedgerSink each : List.of(sink, open())) {
            for (long first : new long[] {1, 2, 3, 5, 6}) {
                assertThatThrownBy(() -> each.append(entries(first, first + 1)))
                        .as("entry %s", first)
                        .isInstanceOf(IOException.class);
            }
        }
        assertThat(read(open(), 0)).isEqualTo(entries(1, 3));
    }

    /** Only one of two appends at the same position is acknowledged, and what was acknowledged is there. */
    @Test
    void twoWritersAtOnceLoseNothing() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(3);
        List<Callable<List<Entry>>> work = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String name = "writer " + i;
            LedgerSink sink = open();
            work.add(() -> writeTo(sink, name));
        }
        List<Entry> acknowledged = new ArrayList<>();
        for (Future<List<Entry>> each : writers.invokeAll(work)) {
            acknowledged.addAll(each.get());
        }
        writers.shutdown();
        List<Entry> read = read(open(), 0);
        assertThat(read)
                .extracting(Entry::position)
                .isEqualTo(LongStream.rangeClosed(1, read.size()).boxed().toList());
        assertThat(acknowledged).isNotEmpty().doesNotHaveDuplicates();
        assertThat(read).containsAll(acknowledged);
    }

    private static List<Entry> writeTo(LedgerSink sink, String name) throws IOException {
        List<Entry> acknowledged = new ArrayList<>();
        for (long end = 0; end < 60; ) {
            end = sink.last().map(Entry::position).orElse(0L);
            List<Entry> next = entries(end + 1, end + 1 + end % 3, name);
            try {
                sink.append(next);
                acknowledged.addAll(next);
            } catch (IOException e) {
                // another was faster: look again
            }
        }
        return acknowledged;
    }

    @Test
    void whatACrashLeavesIsNoEntry() throws Exception {
        open().append(entries(1, 2));
        leaveUnfinished(entries(3, 5));
        LedgerSink sink = open();
        assertThat(sink.last()).contains(entries(2, 2).get(0));
        assertThat(read(sink, 0)).isEqualTo(entries(1, 2));
        sink.append(entries(3, 4));
        assertThat(read(open(), 0)).isEqualTo(entries(1, 4));
    }

    @Test
    void manyEntriesAreAppendedInPagesAndReadInPieces() throws Exception {
        LedgerSink sink = open();
        for (int first = 1; first <= 25_000; first += PAGE) {
            sink.append(entries(first, Math.min(first + PAGE - 1, 25_000)));
        }
        LedgerSink restarted = open();
        assertThat(restarted.last()).contains(entries(25_000, 25_000).get(0));
        assertThat(read(restarted, 0)).isEqualTo(entries(1, 25_000));
        assertThat(read(restarted, 19_998)).isEqualTo(entries(19_999, 25_000));
        restarted.append(entries(25_001, 25_001));
        assertThat(sink.last()).contains(entries(25_001, 25_001).get(0));
    }

    /** As after a day of single requests. */
    @Test
    void manySmallAppendsAreReadInOrder() throws Exception {
        LedgerSink sink = open();
        for (int i = 1; i <= 150; i++) {
            sink.append(entries(i, i));
        }
        assertThat(read(open(), 0)).isEqualTo(entries(1, 150));
        assertThat(read(open(), 97)).isEqualTo(entries(98, 150));
    }
}
