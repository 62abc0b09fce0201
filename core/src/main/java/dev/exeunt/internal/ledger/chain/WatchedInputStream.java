package dev.exeunt.internal.ledger.chain;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Gives up a stream whose next bytes do not come in time. Java's HTTP client limits the time to the first byte of an answer only, and a
 * reader would wait for the rest without end.
 */
final class WatchedInputStream extends FilterInputStream {

    private final Duration patience;
    private final ScheduledExecutorService watch;
    private volatile boolean late;

    /** @param patience how long one call of read may take */
    WatchedInputStream(InputStream in, Duration patience) {
        super(in);
        this.patience = patience;
        this.watch = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "exeunt-ledger-watch");
            thread.setDaemon(true);
            return thread;
        });
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        ScheduledFuture<?> end = watch.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
        try {
            int read = super.read(buffer, offset, length);
            if (late) {
                throw givenUp();
            }
            return read;
        } catch (IOException e) {
            throw late ? givenUp() : e;
        } finally {
            end.cancel(false);
        }
    }

    private static IOException givenUp() {
        return new IOException("it stopped in the middle of its answer");
    }

    private void giveUp() {
        late = true;
        try {
            in.close();
        } catch (IOException e) {
            // the reader fails anyway
        }
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        super.close();
    }
}
