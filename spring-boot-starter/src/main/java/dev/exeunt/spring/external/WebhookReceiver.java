package dev.exeunt.spring.external;

import dev.exeunt.spring.external.DeliveryOutcome.Failed;
import dev.exeunt.spring.external.DeliveryOutcome.Taken;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.support.event.OutgoingEvent;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Sends events to the address of a system, signed. It follows no redirect and reads a bounded answer in bounded time. Unless the operator
 * allows it, it connects to public addresses only: the address that was checked is the one that is connected to.
 */
final class WebhookReceiver implements EventReceiver {

    /** How many events one system gets at the same time. */
    static final int CONNECTIONS = 16;

    private static final int MOST_BYTES = 16 * 1024;
    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(100)
            .setMaxLineLength(8 * 1024)
            .build();

    /**
     * Limits the time of one attempt.
     *
     * @param connect to connect
     * @param silence between two bytes of the system
     * @param whole of the attempt, also where the system sends a byte now and then
     */
    record AttemptLimits(Duration connect, Duration silence, Duration whole) {
        static final AttemptLimits USUAL =
                new AttemptLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    private final AttemptLimits time;
    private final URI address;
    private final WebhookSignature signature;
    private final Clock clock;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService limits;

    WebhookReceiver(ExternalSystemSettings system, AttemptLimits time, Clock clock) {
        this.time = time;
        this.address = Objects.requireNonNull(system.url(), "the settings have an address");
        this.signature = new WebhookSignature(system.secrets());
        this.clock = clock;
        this.client = client(system.privateAddress(), time);
        this.limits = Executors.newSingleThreadScheduledExecutor(run -> {
            Thread made = new Thread(run, "exeunt-limit-" + system.name());
            made.setDaemon(true);
            return made;
        });
    }

    private static CloseableHttpClient client(boolean privateAddress, AttemptLimits time) {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setDnsResolver(new CheckedResolver(privateAddress))
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(LIMITS)
                                .build())
                        .setMaxConnPerRoute(CONNECTIONS)
                        .setMaxConnTotal(CONNECTIONS)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(timeout(time.connect()))
                                .setSocketTimeout(timeout(time.silence()))
                                .setTimeToLive(TimeValue.ofMinutes(1))
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(timeout(time.silence()))
                        .setConnectionRequestTimeout(timeout(time.whole()))
                        .build())
                .disableRedirectHandling()
                .disableAutomaticRetries()
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .setUserAgent("Exeunt")
                .build();
    }

    private static Timeout timeout(Duration time) {
        return Timeout.ofMilliseconds(time.toMillis());
    }

    /** Thrown where a host has an address inside. */
    private static final class PrivateAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;
    }

    /** Finds the addresses of a host, and refuses all of them where one is not public. */
    private static final class CheckedResolver extends SystemDefaultDnsResolver {

        private final boolean privateAddress;

        CheckedResolver(boolean privateAddress) {
            this.privateAddress = privateAddress;
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = super.resolve(host);
            for (InetAddress each : addresses) {
                if (!privateAddress && !PublicAddress.is(each)) {
                    throw new PrivateAddressException();
                }
            }
            return addresses;
        }
    }

    @Override
    public DeliveryOutcome deliver(OutgoingEvent event) {
        Optional<String> content = event.body();
        if (content.isEmpty()) {
            return new Failed("key", false);
        }
        byte[] body = content.get().getBytes(StandardCharsets.UTF_8);
        long now = clock.instant().getEpochSecond();
        String id = event.id().toString();
        HttpPost post = new HttpPost(address);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        post.setHeader("Accept", "application/json");
        post.setHeader(WebhookSignature.ID, id);
        post.setHeader(WebhookSignature.TIMESTAMP, Long.toString(now));
        post.setHeader(WebhookSignature.SIGNATURE, signature.sign(id, now, body));
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> limit = limits.schedule(
                () -> {
                    late.set(true);
                    post.cancel();
                },
                time.whole().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return client.execute(post, WebhookReceiver::outcome);
        } catch (IOException e) {
            return late.get() ? new Failed("timeout", true) : failed(e);
        } catch (RuntimeException e) {
            if (late.get()) {
                return new Failed("timeout", true); // the connection was closed under the client
            }
            throw e;
        } finally {
            limit.cancel(false);
        }
    }

    private static DeliveryOutcome outcome(ClassicHttpResponse response) throws IOException {
        int status = response.getCode();
        if (status < 200 || status > 299) {
            return new Failed(Integer.toString(status), status >= 500 || status == 429 || status == 408);
        }
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new Taken(null);
        }
        try (InputStream in = entity.getContent()) {
            byte[] answer = in.readNBytes(MOST_BYTES + 1);
            if (answer.length > MOST_BYTES) {
                response.close(); // the rest is not read
                return new Taken(null);
            }
            return new Taken(AnswerJson.read(answer));
        }
    }

    private static Failed failed(IOException e) {
        if (e instanceof PrivateAddressException) {
            return new Failed("private-address", true);
        } else if (e instanceof UnknownHostException) {
            return new Failed("unknown-host", true);
        } else if (e instanceof SSLException) {
            return new Failed("tls", true);
        } else if (e instanceof SocketTimeoutException) {
            return new Failed("timeout", true);
        }
        boolean refused = e instanceof ConnectException || e instanceof NoRouteToHostException;
        return new Failed(refused ? "refused" : "broken-off", true);
    }

    @Override
    public void close() {
        limits.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
