package dev.exeunt.spring.external;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Listens on this machine and answers each connection as a test says. */
final class HostileServer implements AutoCloseable {

    private final ServerSocket socket;
    private final ExecutorService threads = Executors.newCachedThreadPool(run -> {
        Thread made = new Thread(run, "hostile-server");
        made.setDaemon(true);
        return made;
    });
    private final AtomicInteger connections = new AtomicInteger();

    /** Writes an answer; the request was read up to the end of its headers. */
    interface HostileAnswer {
        void write(OutputStream out) throws Exception;
    }

    HostileServer(HostileAnswer answer) {
        this(listening(), answer);
    }

    HostileServer(ServerSocket socket, HostileAnswer answer) {
        this.socket = socket;
        threads.execute(() -> accept(answer));
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(HostileAnswer answer) {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                connections.incrementAndGet();
                threads.execute(() -> serve(connection, answer));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private static void serve(Socket connection, HostileAnswer answer) {
        try (connection) {
            InputStream in = connection.getInputStream();
            StringBuilder head = new StringBuilder();
            while (head.indexOf("\r\n\r\n") < 0) {
                int next = in.read();
                if (next < 0) {
                    return;
                }
                head.append((char) next);
            }
            answer.write(connection.getOutputStream());
        } catch (Exception e) {
            // the other side has closed the connection, which is what the test waits for
        }
    }

    static byte[] head(String status, String... headers) {
        return ("HTTP/1.1 " + status + "\r\n" + String.join("\r\n", headers) + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    int connections() {
        return connections.get();
    }

    int port() {
        return socket.getLocalPort();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + port() + "/hook");
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
