package dev.exeunt.lifecycle;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.SocketFactory;

/**
 * Between the driver and the server: reads along what is sent (PostgreSQL's protocol 3.0), and sees to it that the n-th
 * statement of transactions fails, BEGIN and COMMIT included. What fails, fails in earnest: the server is sent what it cannot read, or the line is cut.
 */
public final class Wire extends SocketFactory {

    private static final Map<String, Fault> FAULTS = new ConcurrentHashMap<>();

    private final Fault fault;

    /** @param name as the driver reads it from the URL */
    public Wire(String name) {
        this.fault = FAULTS.get(name);
    }

    /** What is appended to a URL so that every statement sent to it passes by the fault. */
    static String through(String name, Fault fault) {
        FAULTS.put(name, fault);
        return "?socketFactory=" + Wire.class.getName() + "&socketFactoryArg=" + name
                + "&prepareThreshold=0&sslmode=disable&gssEncMode=disable";
    }

    enum Mode {
        /** the server answers with an error, and the connection lives on */
        ERROR,
        /** the server hears nothing of it, and nobody hears of the server any more */
        CUT
    }

    /** Waits for the n-th statement from now on of the thread that set it up, on whatever connection, and lets every other pass. */
    static final class Fault {

        private Thread thread = Thread.currentThread();

        private Mode mode = Mode.ERROR;
        private int left;
        private boolean struck;

        synchronized void at(int nth, Mode how) {
            thread = Thread.currentThread();
            mode = how;
            left = nth;
            struck = false;
        }

        synchronized boolean struck() {
            return struck;
        }

        /** @return how this statement fails; null where it does not */
        private synchronized Mode next() {
            if (left == 0 || Thread.currentThread() != thread || --left > 0) {
                return null;
            }
            struck = true;
            return mode;
        }
    }

    @Override
    public Socket createSocket() {
        return new Socket() {
            @Override
            public OutputStream getOutputStream() throws IOException {
                return new Messages(super.getOutputStream(), fault);
            }
        };
    }

    /** Passes whole messages on. */
    private static final class Messages extends FilterOutputStream {

        private final Fault fault;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
        private boolean started;
        private boolean begun;

        Messages(OutputStream out, Fault fault) {
            super(out);
            this.fault = fault;
        }

        @Override
        public void write(int one) throws IOException {
            write(new byte[] {(byte) one}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            pending.write(bytes, from, length);
            byte[] all = pending.toByteArray();
            int done = 0;
            for (int next = end(all, 0); next > 0 && next <= all.length; next = end(all, done)) {
                out.write(seen(all, done, next), done, next - done);
                started = true;
                done = next;
            }
            pending.reset();
            pending.write(all, done, all.length - done);
        }

        /** Behind the message that begins here; 0 where not even its length is there. The first has no letter. */
        private int end(byte[] all, int begin) {
            int length = begin + (started ? 1 : 0);
            return all.length < length + 4 ? 0 : length + ByteBuffer.wrap(all).getInt(length);
        }

        /** A statement comes in Parse, behind its name, or in Query. */
        private byte[] seen(byte[] all, int begin, int end) throws IOException {
            char letter = (char) all[begin];
            if (!started || letter != 'P' && letter != 'Q') {
                return all;
            }
            int text = begin + 5;
            while (letter == 'P' && all[text++] != 0) {
                // the name
            }
            begun |= new String(all, text, end - text, StandardCharsets.US_ASCII).startsWith("BEGIN");
            Mode mode = begun ? fault.next() : null;
            if (mode == Mode.CUT) {
                out.close();
                throw new IOException("cut");
            }
            if (mode == Mode.ERROR) {
                all[text] = '!';
            }
            return all;
        }
    }

    @Override
    public Socket createSocket(String host, int port) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
        throw new UnsupportedOperationException("the driver connects by itself");
    }
}
