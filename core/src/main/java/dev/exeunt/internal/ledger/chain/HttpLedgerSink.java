package dev.exeunt.internal.ledger.chain;

import dev.exeunt.ExeuntException;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.support.ledger.LedgerLines;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the ledger at a receiver that speaks HTTP: {@code GET …/last}, {@code GET …?after=N}, {@code POST} of lines. The receiver is
 * another machine, so that no credentials of this program can change what it holds.
 */
public final class HttpLedgerSink implements LedgerSink {

    /** How long a connection, the first byte of an answer, and each further part of it may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int OK = 200;
    private static final int NOTHING = 204;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;

    private final URI address;
    private final @Nullable String token;
    private final Duration patience;
    private final HttpClient client;

    /**
     * @param address with {@code https}; {@code http} for this machine alone
     * @param token sent as a bearer token; null where the receiver wants none
     * @throws ExeuntException where the address will not do; the message does not repeat it
     */
    public HttpLedgerSink(URI address, @Nullable String token) {
        this(address, token, PATIENCE);
    }

    HttpLedgerSink(URI address, @Nullable String token, Duration patience) {
        this.address = checked(address);
        this.token = token;
        this.patience = patience;
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(patience)
                .build();
    }

    /** Whether the text is an address of the web rather than a path of a file. */
    public static boolean isAddress(String location) {
        return location.toLowerCase(Locale.ROOT).matches("https?://.*");
    }

    /** @throws ExeuntException where the text is no address */
    public static URI address(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw invalid();
        }
    }

    private static URI checked(URI address) {
        boolean encrypted = "https".equalsIgnoreCase(address.getScheme());
        boolean plain = "http".equalsIgnoreCase(address.getScheme()) && isThisMachine(address.getHost());
        if (address.getHost() == null
                || !encrypted && !plain
                || address.getRawUserInfo() != null
                || address.getRawQuery() != null
                || address.getRawFragment() != null) {
            throw invalid();
        }
        return URI.create(address.toString().replaceFirst("/+$", ""));
    }

    private static ExeuntException invalid() {
        return new ExeuntException(
                "The address of the ledger's copy begins with https:// (with http:// on this machine alone), and has"
                        + " no user, no ? and no #: https://ledger.example.org/shop");
    }

    /** Decides by the name, without a name server. */
    private static boolean isThisMachine(@Nullable String host) {
        return host != null
                && (host.equals("localhost") || host.equals("[::1]") || host.matches("127(\\.[0-9]{1,3}){3}"));
    }

    @Override
    public String place() {
        return "the address " + address;
    }

    @Override
    public Optional<Entry> last() throws IOException {
        List<Entry> last = new ArrayList<>();
        if (!get("/last", 0, last::add)) {
            return Optional.empty();
        }
        if (last.size() != 1) {
            throw new IOException("it answered with " + last.size() + " lines where its last one was asked for");
        }
        return Optional.of(last.get(0));
    }

    @Override
    public void read(long after, Consumer<Entry> entries) throws IOException {
        long end = last().map(Entry::position).orElse(0L);
        long[] seen = {after};
        get("?after=" + after, after, entry -> {
            seen[0] = entry.position();
            entries.accept(entry);
        });
        if (seen[0] < end) { // an answer without its length may be cut, and what it lacks would not be erased again
            throw new IOException("it sent entries to " + seen[0] + ", and its last one is " + end);
        }
    }

    /** @return false where the receiver says that there is nothing */
    private boolean get(String rest, long after, Consumer<Entry> entries) throws IOException {
        HttpResponse<InputStream> answer = send(request(rest).GET().build());
        try (InputStream body = new WatchedInputStream(answer.body(), patience)) {
            if (answer.statusCode() == NOTHING) {
                return false;
            }
            requireStatus(OK, answer);
            LedgerLines.read(body, after, entries);
            return true;
        }
    }

    @Override
    public void append(List<Entry> entries) throws IOException {
        HttpRequest post = request("")
                .header("Content-Type", "text/plain; charset=us-ascii")
                .header("Exeunt-After", Long.toString(entries.get(0).position() - 1))
                .POST(BodyPublishers.ofByteArray(LedgerLines.write(entries)))
                .build();
        HttpResponse<InputStream> answer = send(post);
        answer.body().close();
        requireStatus(NOTHING, answer);
    }

    private HttpRequest.Builder request(String rest) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + rest)).timeout(patience);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request;
    }

    /** What the client says may quote the request, so it is not passed on. */
    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, BodyHandlers.ofInputStream());
        } catch (HttpTimeoutException e) {
            throw new IOException("it did not answer within " + patience.toSeconds() + " s");
        } catch (IOException e) {
            throw new IOException("there was no answer (" + e.getClass().getSimpleName() + ")");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the call was interrupted");
        }
    }

    private static void requireStatus(int wanted, HttpResponse<?> answer) throws IOException {
        int status = answer.statusCode();
        if (status == wanted) {
            return;
        }
        throw new IOException("it answered " + status
                + switch (status) {
                    case UNAUTHORIZED, FORBIDDEN -> ": it does not take the token (EXEUNT_LEDGER_TOKEN)";
                    case CONFLICT -> ": it has another end, as where another instance has just appended";
                    default -> status / 100 == 3 ? ": redirects are not followed. Write the address that it names" : "";
                });
    }
}
