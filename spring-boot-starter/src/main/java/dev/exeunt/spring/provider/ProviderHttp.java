package dev.exeunt.spring.provider;

import dev.exeunt.spring.provider.ProviderException.ProviderFailureKind;
import dev.exeunt.spring.settings.WebAddress;
import java.io.ByteArrayOutputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Reads documents of the identity provider and sends it forms: over HTTP only, in a few seconds, up to 200 kB. */
final class ProviderHttp {

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ALL = Duration.ofSeconds(4);
    private static final int MOST_BYTES = 200_000;

    private final HttpClient client = HttpClient.newBuilder()
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER) // which could lead from https to anywhere
            .build();

    /** Holds an answer of whatever status. Its body may hold tokens, so it is never shown. */
    record FormResponse(int status, String body) {
        @Override
        public String toString() {
            return "FormResponse[" + status + "]";
        }
    }

    /** @throws ProviderException naming what is wrong */
    String read(URI address) throws ProviderException {
        HttpResponse<byte[]> response = sent(address, builder(address).build());
        if (response.statusCode() != 200) {
            throw new ProviderException(
                    ProviderFailureKind.STATUS, address + " answers " + response.statusCode() + ".");
        }
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    /**
     * Sends a form.
     *
     * @param form as {@code application/x-www-form-urlencoded}
     * @param authorization the header; null for none
     * @throws ProviderException where there is no answer
     */
    FormResponse post(URI address, String form, @Nullable String authorization) throws ProviderException {
        HttpRequest.Builder request = builder(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpResponse<byte[]> response = sent(address, request.build());
        return new FormResponse(response.statusCode(), new String(response.body(), StandardCharsets.UTF_8));
    }

    private static HttpRequest.Builder builder(URI address) throws ProviderException {
        if (!WebAddress.isWeb(address)) {
            throw new ProviderException(ProviderFailureKind.DOCUMENT, address + " is neither https nor http.");
        }
        return HttpRequest.newBuilder(address).timeout(ALL).header("Accept", "application/json");
    }

    private HttpResponse<byte[]> sent(URI address, HttpRequest request) throws ProviderException {
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(request, i -> limited());
        try {
            return answer.get(ALL.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw timeout(address);
        } catch (ExecutionException e) {
            throw of(address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException(ProviderFailureKind.AWAY, "reading " + address + " was interrupted.");
        } finally {
            answer.cancel(true);
        }
    }

    private static HttpResponse.BodySubscriber<byte[]> limited() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        return HttpResponse.BodySubscribers.mapping(
                HttpResponse.BodySubscribers.ofByteArrayConsumer(part -> part.ifPresent(bytes -> {
                    if (body.size() + bytes.length > MOST_BYTES) {
                        throw new ResponseTooLargeException();
                    }
                    body.writeBytes(bytes);
                })),
                nothing -> body.toByteArray());
    }

    private static final class ResponseTooLargeException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static ProviderException timeout(URI address) {
        return new ProviderException(
                ProviderFailureKind.AWAY, address + " does not answer in " + ALL.toSeconds() + " seconds (timeout).");
    }

    private static ProviderException of(URI address, Throwable failure) {
        if (has(failure, HttpTimeoutException.class)) {
            return timeout(address);
        }
        if (has(failure, ResponseTooLargeException.class)) {
            return new ProviderException(
                    ProviderFailureKind.DOCUMENT, address + " answers more than " + MOST_BYTES + " bytes.");
        }
        if (has(failure, UnknownHostException.class) || has(failure, UnresolvedAddressException.class)) {
            return new ProviderException(
                    ProviderFailureKind.AWAY, address + ": the host " + address.getHost() + " cannot be found.");
        }
        if (has(failure, SSLException.class)) {
            return new ProviderException(
                    ProviderFailureKind.AWAY,
                    address + ": TLS failed. Is its certificate in date, for this host, and trusted by this Java?");
        }
        return new ProviderException(
                ProviderFailureKind.AWAY,
                has(failure, ConnectException.class)
                        ? address + " refuses the connection."
                        : address + ": the connection broke off.");
    }

    private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause).anyMatch(kind::isInstance);
    }
}
