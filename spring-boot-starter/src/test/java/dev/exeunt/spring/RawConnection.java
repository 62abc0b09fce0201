package dev.exeunt.spring;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sends raw bytes over one connection and reads the response. */
final class RawConnection implements AutoCloseable {

    private static final int PATIENCE = 20_000;

    private static final Pattern STATUS = Pattern.compile("urn:exeunt:problem:.*\"status\":(\\d+)");

    private final int port;
    private Socket socket;
    private InputStream in;

    RawConnection(int port) {
        this.port = port;
    }

    /**
     * Holds the status, head and body of a raw response.
     *
     * @param status 0 where the server has closed the connection without a word
     * @param head status line and headers
     */
    record RawResponse(int status, String head, byte[] body) {

        static final RawResponse NOTHING = new RawResponse(0, "", new byte[0]);

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        String header(String name) {
            for (String line : head.split("\r\n")) {
                if (line.regionMatches(true, 0, name + ":", 0, name.length() + 1)) {
                    return line.substring(name.length() + 1).strip();
                }
            }
            return "";
        }

        boolean isProblem() {
            return header("Content-Type").startsWith("application/problem+json");
        }

        @Override
        public String toString() {
            return head.lines().findFirst().orElse("nothing") + " " + text();
        }
    }

    /** @param last whether nothing more can follow on this connection: its end is sent as well */
    RawResponse send(byte[] request, boolean last, boolean head) throws IOException {
        if (last) {
            close();
        }
        boolean kept = socket != null;
        try {
            RawResponse heard = once(request, last, head);
            return heard.status() == 0 && kept ? again(request, last, head) : heard;
        } catch (SocketTimeoutException e) {
            throw new AssertionError("no answer within " + PATIENCE + " ms", e);
        } catch (IOException e) {
            return kept ? again(request, last, head) : RawResponse.NOTHING;
        } finally {
            if (last) {
                close();
            }
        }
    }

    /** The server had closed a connection that was kept. */
    private RawResponse again(byte[] request, boolean last, boolean head) throws IOException {
        close();
        return once(request, last, head);
    }

    private RawResponse once(byte[] request, boolean last, boolean head) throws IOException {
        if (socket == null) {
            socket = new Socket("127.0.0.1", port);
            socket.setSoTimeout(PATIENCE);
            socket.setTcpNoDelay(true);
            in = new BufferedInputStream(socket.getInputStream());
        }
        try {
            socket.getOutputStream().write(request);
            if (last) {
                socket.shutdownOutput();
            }
        } catch (IOException e) {
            if (!last) {
                throw e; // refused before all of it was sent: what it said can still be read
            }
        }
        RawResponse heard = read(head);
        while (heard.status() / 100 == 1) {
            heard = read(head);
        }
        if (heard.status() == 0 || heard.header("Connection").equals("close")) {
            close();
        }
        return heard;
    }

    private RawResponse read(boolean withoutBody) throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = line(); line != null && !line.isEmpty(); line = line()) {
            lines.add(line);
        }
        if (lines.isEmpty()) {
            return RawResponse.NOTHING;
        }
        String[] first = lines.get(0).split(" ");
        if (!first[0].startsWith("HTTP/1.")) {
            return early(String.join("\n", lines));
        }
        RawResponse head = new RawResponse(Integer.parseInt(first[1]), String.join("\r\n", lines), new byte[0]);
        boolean bodiless = withoutBody || head.status() / 100 == 1 || head.status() == 204 || head.status() == 304;
        return bodiless ? head : new RawResponse(head.status(), head.head(), body(head));
    }

    /** A line without a version is of HTTP before there were any: what comes back has no head. */
    private RawResponse early(String begun) throws IOException {
        byte[] body = (begun + "\n" + new String(in.readAllBytes(), StandardCharsets.ISO_8859_1))
                .getBytes(StandardCharsets.ISO_8859_1);
        Matcher status = STATUS.matcher(begun);
        return status.find()
                ? new RawResponse(Integer.parseInt(status.group(1)), "\r\nContent-Type: application/problem+json", body)
                : new RawResponse(200, "", body);
    }

    private byte[] body(RawResponse head) throws IOException {
        if (head.header("Transfer-Encoding").toLowerCase(Locale.ROOT).equals("chunked")) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            for (int size = size(line()); size > 0; size = size(line())) {
                out.writeBytes(in.readNBytes(size));
                line();
            }
            line();
            return out.toByteArray();
        }
        String length = head.header("Content-Length");
        return length.isEmpty() ? in.readAllBytes() : in.readNBytes(Integer.parseInt(length));
    }

    private static int size(String line) {
        return line == null ? 0 : Integer.parseInt(line.strip(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                return line.size() == 0 ? null : line.toString(StandardCharsets.ISO_8859_1);
            }
            if (c != '\r') {
                line.write(c);
            }
        }
        return line.toString(StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        if (socket != null) {
            socket.close();
            socket = null;
        }
    }
}
