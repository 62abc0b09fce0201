package dev.exeunt.spring.external.http;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Calls one external system. It follows no redirect and reads a bounded answer in bounded time. Unless the operator allows it, it connects
 * to public addresses only: the address that was checked is the one that is connected to.
 */
public final class GuardedHttpClient implements AutoCloseable {

    /** How many calls one system gets at the same time. */
    public static final int CONNECTIONS = 16;

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(100)
            .setMaxLineLength(8 * 1024)
            .build();

    /**
     * Limits the time of one call.
     *
     * @param connect to connect
     * @param silence between two bytes of the system
     * @param whole of the call, also where the system sends a byte now and then
     */
    public record CallLimits(Duration connect, Duration silence, Duration whole) {
        public static final CallLimits USUAL =
                new CallLimits(Duration.ofSeconds(3), Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    /**
     * Holds what a system answered.
     *
     * @param body null where it is longer than the caller reads
     */
    public record HttpAnswer(int status, byte @Nullable [] body) {
        public boolean isSuccess() {
            return status >= 200 && status <= 299;
        }

        @Override
        public String toString() {
            return "HttpAnswer[" + status + "]";
        }
    }

    private final CallLimits time;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService limits;

    /**
     * @param system as the map names it; part of the name of a thread
     * @param privateAddress whether the system may have an address that is not public
     */
    public GuardedHttpClient(String system, boolean privateAddress, CallLimits time) {
        this.time = time;
        this.client = client(privateAddress, time);
        this.limits = Executors.newSingleThreadScheduledExecutor(run -> {
            Thread made = new Thread(run, "exeunt-limit-" + system);
            made.setDaemon(true);
            return made;
        });
    }

    private static CloseableHttpClient client(boolean privateAddress, CallLimits time) {
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

    /** Finds the addresses of a host, and refuses all of them where one is not public. */
    private static final class CheckedResolver extends SystemDefaultDnsResolver {

        private final boolean privateAddress;

        CheckedResolver(boolean privateAddress) {
            this.privateAddress = privateAddress;
        }

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            InetAddress[] addresses = super.resolve(host);
            PublicAddress.require(addresses, privateAddress);
            return addresses;
        }
    }

    /**
     * Sends a request and reads its answer, whatever its status.
     *
     * @param most bytes of the answer that are read
     * @throws CallFailedException where no answer came in time, or the address is not allowed
     */
    public HttpAnswer send(HttpUriRequestBase request, int most) throws CallFailedException {
        AtomicBoolean late = new AtomicBoolean();
        ScheduledFuture<?> end = limits.schedule(
                () -> {
                    late.set(true);
                    request.cancel();
                },
                time.whole().toMillis(),
                TimeUnit.MILLISECONDS);
        try {
            return client.execute(request, response -> read(response, most));
        } catch (IOException e) {
            throw late.get() ? timeout() : failed(e);
        } catch (RuntimeException e) {
            if (late.get()) {
                throw timeout(); // the connection was closed under the client
            }
            throw e;
        } finally {
            end.cancel(false);
        }
    }

    private static HttpAnswer read(ClassicHttpResponse response, int most) throws IOException {
        int status = response.getCode();
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new HttpAnswer(status, new byte[0]);
        }
        try (InputStream in = entity.getContent()) {
            byte[] body = in.readNBytes(most + 1);
            if (body.length > most) {
                response.close(); // the rest is not read
                return new HttpAnswer(status, null);
            }
            return new HttpAnswer(status, body);
        }
    }

    private static CallFailedException timeout() {
        return new CallFailedException("timeout", true);
    }

    /** Names a failure by a word. */
    static CallFailedException failed(IOException e) {
        if (e instanceof PublicAddress.PrivateAddressException) {
            return new CallFailedException("private-address", true);
        } else if (e instanceof UnknownHostException) {
            return new CallFailedException("unknown-host", true);
        } else if (e instanceof SSLException) {
            return new CallFailedException("tls", true);
        } else if (e instanceof SocketTimeoutException) {
            return timeout();
        }
        boolean refused = e instanceof ConnectException || e instanceof NoRouteToHostException;
        return new CallFailedException(refused ? "refused" : "broken-off", true);
    }

    @Override
    public void close() {
        limits.shutdownNow();
        client.close(CloseMode.IMMEDIATE);
    }
}
