package dev.exeunt.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.exeunt.internal.ledger.chain.FileLedgerSink;
import dev.exeunt.ledger.LedgerSink.Entry;
import dev.exeunt.support.ledger.LedgerLines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Receives the ledger's lines over HTTP, and adds them to a file. Lines are added only behind the last one. */
public final class LedgerReceiver implements AutoCloseable {

    public static final String TOKEN = "a token that no message may show";

    private final FileLedgerSink file;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private LedgerReceiver(Path file) throws IOException {
        this.file = new FileLedgerSink(file);
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(threads);
        server.createContext("/ledgers/shop", call -> {
            try (call) {
                answer(call);
            }
        });
        server.start();
    }

    public static LedgerReceiver start(Path file) throws IOException {
        return new LedgerReceiver(file);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/ledgers/shop");
    }

    private synchronized void answer(HttpExchange call) throws IOException {
        byte[] lines = call.getRequestBody().readAllBytes();
        if (!("Bearer " + TOKEN).equals(call.getRequestHeaders().getFirst("Authorization"))) {
            call.sendResponseHeaders(401, -1);
        } else if (call.getRequestMethod().equals("POST")) {
            call.sendResponseHeaders(append(call.getRequestHeaders().getFirst("Exeunt-After"), lines), -1);
        } else if (call.getRequestURI().getPath().endsWith("/last")) {
            send(call, file.last().map(List::of).orElse(List.of()));
        } else {
            String query = String.valueOf(call.getRequestURI().getQuery());
            List<Entry> read = new ArrayList<>();
            file.read(Long.parseLong(query.replace("after=", "")), read::add);
            send(call, read);
        }
    }

    /** 204 once the lines are on the disk, 409 where they do not stand right behind the last one. */
    private int append(String after, byte[] lines) throws IOException {
        List<Entry> entries = new ArrayList<>();
        LedgerLines.read(new ByteArrayInputStream(lines), 0, entries::add);
        Optional<Entry> last = file.last();
        if (entries.isEmpty()
                || !after.equals(Long.toString(last.map(Entry::position).orElse(0L)))) {
            return 409;
        }
        file.append(entries);
        return 204;
    }

    private static void send(HttpExchange call, List<Entry> entries) throws IOException {
        if (entries.isEmpty()) {
            call.sendResponseHeaders(204, -1);
            return;
        }
        byte[] lines = LedgerLines.write(entries);
        call.getResponseHeaders().set("Content-Type", "text/plain");
        call.sendResponseHeaders(200, lines.length);
        call.getResponseBody().write(lines);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
