package dev.exeunt.internal.request;

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
 * Creates database sockets on which a chosen statement fails or the connection breaks. What fails, fails in earnest:
 * the server is sent what it cannot read, or the line is cut.
 */
public final class FaultySocketFactory extends SocketFactory {

    private static final Map<String, StatementFault> FAULTS = new ConcurrentHashMap<>();

    private final StatementFault fault;

    /** @param name as the driver reads it from the URL */
    public FaultySocketFactory(String name) {
        this.fault = FAULTS.get(name);
    }

    /** What is appended to a URL so that every statement sent to it passes by the fault. */
    static String through(String name, StatementFault fault) {
        FAULTS.put(name, fault);
        return "?socketFactory=" + FaultySocketFactory.class.getName() + "&socketFactoryArg=" + name
                + "&prepareThreshold=0&sslmode=disable&gssEncMode=disable";
    }

    /** Lists how a statement fails: by an error or by a broken connection. */
    enum StatementFailureMode {
        /** the server answers with an error, and the connection lives on */
        ERROR,
        /** the server hears nothing of it, and nobody hears of the server any more */
        CUT
    }

    /** Makes the n-th statement of a thread fail. */
    static final class StatementFault {

        private Thread thread = Thread.currentThread();

        private StatementFailureMode mode = StatementFailureMode.ERROR;
        private int left;
        private boolean struck;

        synchronized void at(int nth, StatementFailureMode how) {
            thread = Thread.currentThread();
            mode = how;
            left = nth;
            struck = false;
        }

        synchronized boolean struck() {
            return struck;
        }

        /** @return how this statement fails; null where it does not */
        private synchronized StatementFailureMode next() {
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
                return new FaultyProtocolStream(super.getOutputStream(), fault);
            }
        };
    }

    /** Forwards PostgreSQL protocol messages and applies the statement fault. */
    private static final class FaultyProtocolStream extends FilterOutputStream {

        private final StatementFault fault;
        private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
        private boolean started;
        private boolean begun;

        FaultyProtocolStream(OutputStream out, StatementFault fault) {
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
            StatementFailureMode mode = begun ? fault.next() : null;
            if (mode == StatementFailureMode.CUT) {
                out.close();
                throw new IOException("cut");
            }
            if (mode == StatementFailureMode.ERROR) {
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
