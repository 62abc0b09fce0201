package dev.exeunt.app.command;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.support.ledger.SinkProvider;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Reads from the environment where the copy of the ledger outside the database is. {@code EXEUNT_LEDGER} is a file, {@code
 * s3://bucket/prefix} or {@code https://host/path}.
 */
public final class LedgerVariable {

    public static final String NAME = "EXEUNT_LEDGER";

    /** The bearer token for an address. */
    static final String TOKEN = "EXEUNT_LEDGER_TOKEN";

    private LedgerVariable() {}

    /** Whether a copy is configured. */
    public static boolean isSet(Map<String, String> env) {
        return !env.getOrDefault(NAME, "").isBlank();
    }

    /** Says where the copy is. An address with a secret in it is refused before. */
    public static String shown(Map<String, String> env) {
        return env.getOrDefault(NAME, "").strip();
    }

    /** @throws ExeuntException where the value names no place, or one that this program cannot reach */
    static void addTo(Exeunt.Builder exeunt, Map<String, String> env) {
        if (!isSet(env)) {
            return;
        }
        String value = env.getOrDefault(NAME, "").strip();
        String scheme = value.toLowerCase(Locale.ROOT);
        try {
            if (scheme.startsWith("http://") || scheme.startsWith("https://")) {
                String token = env.getOrDefault(TOKEN, "").strip();
                exeunt.ledger(URI.create(value), token.isEmpty() ? null : token);
            } else if (scheme.startsWith("s3://")) {
                exeunt.ledger(bucket(value).open(value, env));
            } else {
                exeunt.ledger(Path.of(value));
            }
        } catch (InvalidPathException e) {
            throw new ExeuntException(NAME + " is no path of a file.", e);
        } catch (ExeuntException | IllegalArgumentException e) {
            throw new ExeuntException(NAME + " cannot be used. "
                    + (e instanceof ExeuntException ? e.getMessage() : "It is no address: https://host/path"));
        }
    }

    /** The libraries of object stores are the server's; ./exeunt adds them where the variable names a bucket. */
    private static SinkProvider bucket(String location) {
        return ServiceLoader.load(SinkProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(p -> p.opens(location))
                .findFirst()
                .orElseThrow(() -> new ExeuntException(
                        "The libraries for object stores are not in exeunt.jar. Start the program as"
                                + " ./exeunt, with the directory serve beside it."));
    }
}
