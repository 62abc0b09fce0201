package dev.exeunt.archive.s3;

import dev.exeunt.ExeuntException;
import dev.exeunt.archive.s3.S3LedgerSink.LockMode;
import dev.exeunt.archive.s3.S3LedgerSink.ObjectLock;
import dev.exeunt.archive.s3.S3Settings.S3Credentials;
import dev.exeunt.archive.s3.S3Settings.S3Encryption;
import dev.exeunt.archive.s3.S3Settings.S3Location;
import dev.exeunt.archive.s3.S3Settings.S3Timeouts;
import dev.exeunt.ledger.LedgerSink;
import dev.exeunt.support.ledger.SinkProvider;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Opens ledgers in buckets for the command line: {@code EXEUNT_LEDGER=s3://BUCKET/PREFIX}. Place and credentials are in the variables that
 * the server reads as well, {@code EXEUNT_ARCHIVE_S3_…}, or in those of the SDK.
 */
public final class S3SinkProvider implements SinkProvider {

    private static final Pattern LOCATION = Pattern.compile("s3://([^/]+)/?(.*)");
    private static final String SETTING = "EXEUNT_ARCHIVE_S3_";

    @Override
    public boolean opens(String location) {
        return S3FileStore.isLocation(location);
    }

    @Override
    public LedgerSink open(String location, Map<String, String> environment) {
        Matcher parts = LOCATION.matcher(location);
        if (!parts.matches()) {
            throw new ExeuntException("'" + location + "' is no location of a bucket. One is s3://ledgers/shop/");
        }
        String access = environment.get(SETTING + "ACCESS_KEY");
        String secret = environment.get(SETTING + "SECRET_KEY");
        S3Credentials credentials =
                access == null || secret == null ? null : new S3Credentials(access.strip(), secret.strip(), null);
        S3Settings settings = new S3Settings(
                parts.group(1), parts.group(2), place(environment), S3Encryption.NONE, credentials, S3Timeouts.USUAL);
        return S3LedgerSink.of(settings, lock(environment));
    }

    /** A store at an address of its own has its buckets in the path, unless told otherwise. */
    private static S3Location place(Map<String, String> environment) {
        String endpoint = first(environment, SETTING + "ENDPOINT", "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL");
        String pathStyle = environment.getOrDefault(SETTING + "PATH_STYLE", Boolean.toString(endpoint != null));
        try {
            return new S3Location(
                    endpoint == null ? null : URI.create(endpoint),
                    null,
                    first(environment, SETTING + "REGION"),
                    Boolean.parseBoolean(pathStyle.strip()));
        } catch (IllegalArgumentException e) {
            throw new ExeuntException(SETTING + "ENDPOINT is no address. One is https://minio.example.org:9000");
        }
    }

    private static @Nullable ObjectLock lock(Map<String, String> environment) {
        String days = first(environment, "EXEUNT_LEDGER_LOCK_DAYS");
        String mode = first(environment, "EXEUNT_LEDGER_LOCK_MODE");
        try {
            return days == null
                    ? null
                    : new ObjectLock(
                            LockMode.valueOf(mode == null ? "COMPLIANCE" : mode.toUpperCase(Locale.ROOT)),
                            Integer.parseInt(days));
        } catch (IllegalArgumentException e) {
            throw new ExeuntException(
                    "EXEUNT_LEDGER_LOCK_DAYS is a number from 1 to 36500, and EXEUNT_LEDGER_LOCK_MODE is"
                            + " compliance or governance.");
        }
    }

    private static @Nullable String first(Map<String, String> environment, String... names) {
        for (String name : names) {
            String value = environment.getOrDefault(name, "").strip();
            if (!value.isEmpty()) {
                return value;
            }
        }
        return null;
    }
}
