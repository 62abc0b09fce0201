package dev.exeunt.spring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Takes webhooks as another system would, and checks their signatures by itself. */
final class WebhookTestReceiver implements AutoCloseable {

    private final HttpServer server;
    private final String secret;
    private final List<ReceivedEvent> received = new CopyOnWriteArrayList<>();
    private volatile int status = 200;
    private volatile String answer = "";
    private volatile CountDownLatch silence = new CountDownLatch(0);
    private volatile Consumer<ReceivedEvent> listener = event -> {};

    /** An event as it arrived. */
    record ReceivedEvent(String id, JsonNode body) {
        String type() {
            return body.get("type").stringValue();
        }

        String subject() {
            return body.at("/data/subject").stringValue();
        }
    }

    /** @param secret {@code whsec_} and Base64 */
    WebhookTestReceiver(String secret) {
        this.secret = secret;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newCachedThreadPool(run -> {
            Thread made = new Thread(run, "webhook-receiver");
            made.setDaemon(true);
            return made;
        }));
        server.createContext("/hook", this::take);
        server.start();
    }

    private void take(HttpExchange call) throws IOException {
        byte[] body = call.getRequestBody().readAllBytes();
        await();
        String id = call.getRequestHeaders().getFirst("webhook-id");
        String time = call.getRequestHeaders().getFirst("webhook-timestamp");
        String expected = sign(secret, id, time, body);
        boolean signed = MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8),
                call.getRequestHeaders().getFirst("webhook-signature").getBytes(StandardCharsets.UTF_8));
        int code = signed ? status : 401;
        if (code == 200) {
            ReceivedEvent event = new ReceivedEvent(id, JsonMapper.shared().readTree(body));
            received.add(event);
            listener.accept(event);
        }
        byte[] text = answer.getBytes(StandardCharsets.UTF_8);
        call.sendResponseHeaders(code, text.length == 0 ? -1 : text.length);
        call.getResponseBody().write(text);
        call.close();
    }

    private void await() {
        try {
            silence.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static String sign(String secret, String id, String time, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.replace("whsec_", "")), "HmacSHA256"));
            mac.update((id + "." + time + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** Answers from now on with this status and text. */
    void answer(int code, String text) {
        this.status = code;
        this.answer = text;
    }

    /** Answers nothing until it is told otherwise. */
    void silent(boolean on) {
        silence.countDown();
        silence = new CountDownLatch(on ? 1 : 0);
    }

    /** @param heard takes each event when it arrives */
    void listen(Consumer<ReceivedEvent> heard) {
        listener = heard;
    }

    List<ReceivedEvent> received() {
        return received;
    }

    @Override
    public void close() {
        silence.countDown();
        server.stop(0);
    }
}
