package dev.exeunt.archive.s3;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/** Forwards requests to an S3 server and injects faults into chosen ones. */
final class S3FaultProxy implements AutoCloseable {

    private static final Pattern HEAD = Pattern.compile("(GET|PUT|POST|HEAD|DELETE) /\\S* HTTP/1\\.1\r\n");

    private final ServerSocket listening;
    private final int target;
    private final List<InjectedFault> faults = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param target a port of this machine */
    S3FaultProxy(int target) throws IOException {
        this.target = target;
        this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::accept);
    }

    /** Holds a request pattern, the fault to inject and the answer to send. */
    record InjectedFault(Pattern request, FaultEffect fate, String answer) {}

    /** Lists what the proxy does to a request: break, stall, ignore, answer, lose or cut. */
    enum FaultEffect {
        /** the connection breaks before the server sees the request */
        BREAK,
        /** the request goes nowhere, and nothing comes back */
        STALL,
        /** as {@link #STALL}, and nobody even takes what is sent */
        IGNORE,
        /** somebody else answers */
        ANSWER,
        /** the server does it, and the connection breaks before its answer arrives: once */
        LOSE_ANSWER,
        /** the connection breaks after a part of the answer */
        CUT_ANSWER
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + listening.getLocalPort());
    }

    S3FaultProxy with(String request, FaultEffect fate) {
        faults.add(new InjectedFault(Pattern.compile(request), fate, ""));
        return this;
    }

    /** As stores for S3 refuse. */
    S3FaultProxy answering(String request, int status, String code) {
        String body = "<?xml version=\"1.0\"?><Error><Code>" + code + "</Code><Message>secret words</Message></Error>";
        String answer = "HTTP/1.1 " + status + " No\r\nContent-Type: application/xml\r\nContent-Length: "
                + body.length() + "\r\nConnection: close\r\n\r\n" + body;
        faults.add(new InjectedFault(Pattern.compile(request), FaultEffect.ANSWER, answer));
        return this;
    }

    void mend() {
        faults.clear();
    }

    private void accept() {
        while (closed.getCount() > 0) {
            try {
                Socket client = listening.accept();
                Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
                open.addAll(List.of(client, server));
                ProxiedConnection line = new ProxiedConnection(client, server);
                threads.execute(line::forth);
                threads.execute(line::back);
            } catch (IOException e) {
                // closed, or the client was faster
            }
        }
    }

    /** Forwards one client connection to the server and applies the injected faults. */
    private final class ProxiedConnection {
        private final Socket client;
        private final Socket server;
        private volatile FaultEffect answer = FaultEffect.BREAK;

        private ProxiedConnection(Socket client, Socket server) {
            this.client = client;
            this.server = server;
        }

        private void forth() {
            try (client;
                    server) {
                byte[] buffer = new byte[64 << 10];
                InputStream in = client.getInputStream();
                OutputStream out = server.getOutputStream();
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    InjectedFault fault = fault(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
                    if (fault != null && !goesOn(fault)) {
                        return;
                    }
                    out.write(buffer, 0, read);
                }
            } catch (IOException | InterruptedException e) {
                // that is how connections end here
            }
        }

        private boolean goesOn(InjectedFault fault) throws IOException, InterruptedException {
            answer = fault.fate();
            switch (fault.fate()) {
                case BREAK -> {
                    return false;
                }
                case STALL -> {
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                    return false;
                }
                case IGNORE -> closed.await();
                case ANSWER -> {
                    client.getOutputStream().write(fault.answer().getBytes(StandardCharsets.US_ASCII));
                    client.shutdownOutput();
                    client.getInputStream().transferTo(OutputStream.nullOutputStream());
                    return false;
                }
                case LOSE_ANSWER -> faults.remove(fault);
                default -> {}
            }
            return true;
        }

        private InjectedFault fault(String head) {
            return HEAD.matcher(head).lookingAt()
                    ? faults.stream()
                            .filter(f -> f.request()
                                    .matcher(head.lines().findFirst().orElse(""))
                                    .find())
                            .findFirst()
                            .orElse(null)
                    : null;
        }

        private void back() {
            try (client;
                    server) {
                byte[] buffer = new byte[64 << 10];
                InputStream in = server.getInputStream();
                long passed = 0;
                for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                    passed += read;
                    if (answer == FaultEffect.LOSE_ANSWER || answer == FaultEffect.CUT_ANSWER && passed > 1 << 20) {
                        return;
                    }
                    client.getOutputStream().write(buffer, 0, read);
                }
            } catch (IOException e) {
                // that is how connections end here
            }
        }
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
        for (Socket socket : open) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
