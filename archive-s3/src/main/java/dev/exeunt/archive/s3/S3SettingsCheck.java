package dev.exeunt.archive.s3;

import dev.exeunt.archive.Archives.SettingFault;
import dev.exeunt.archive.s3.S3Settings.S3Credentials;
import dev.exeunt.archive.s3.S3Settings.S3Encryption;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks the settings of an object store without contacting it. */
final class S3SettingsCheck {

    private static final Pattern BUCKET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{1,61}[A-Za-z0-9]");
    private static final Pattern PREFIX = Pattern.compile("((?!\\.\\.?/)[A-Za-z0-9!_.'()-]+/)*");
    private static final Pattern REGION = Pattern.compile("[A-Za-z0-9-]+");

    private final S3Settings settings;
    private final List<SettingFault> faults = new ArrayList<>();

    S3SettingsCheck(S3Settings settings) {
        this.settings = settings;
    }

    List<SettingFault> faults() {
        if (!BUCKET.matcher(settings.bucket()).matches()) {
            add(
                    "bucket",
                    quoted(settings.bucket()) + " is no bucket's name: 3 to 63 letters, digits, dots and hyphens.");
        }
        if (!PREFIX.matcher(settings.prefix()).matches()) {
            add(
                    "prefix",
                    quoted(settings.prefix()) + " will not do: names of letters, digits and -_.!'() between single"
                            + " slashes, as in exports/shop/.");
        }
        address("endpoint", settings.place().endpoint());
        address("downloads", settings.place().downloads());
        String region = settings.place().region();
        if (region != null && !REGION.matcher(region).matches()) {
            add("region", quoted(region) + " is no region; one is written like eu-central-1.");
        }
        encryption(settings.encryption());
        credentials(settings.credentials());
        timeouts(settings.timeouts());
        return List.copyOf(faults);
    }

    /** Not repeated where it holds a password. */
    private void address(String setting, @Nullable URI address) {
        if (address == null) {
            return;
        }
        boolean plain = address.getScheme() != null
                && Set.of("http", "https").contains(address.getScheme())
                && address.getHost() != null
                && (address.getPath().isEmpty() || address.getPath().equals("/"))
                && address.getQuery() == null
                && address.getFragment() == null;
        if (address.getRawUserInfo() != null) {
            add(setting, "The address holds a user or password. Give them as credentials.");
        } else if (!plain) {
            add(
                    setting,
                    quoted(address.toString()) + " is no address: https://host or http://host:port, nothing after it.");
        }
    }

    private void encryption(S3Encryption encryption) {
        if (encryption.keyId() != null && encryption.kind() != S3Encryption.EncryptionKind.KMS) {
            add("encryption", "A key id goes with aws:kms only. Choose that, or leave the key id out.");
        }
    }

    private void credentials(@Nullable S3Credentials given) {
        if (given != null && (given.accessKey().isBlank() || given.secretKey().isBlank())) {
            add(
                    "credentials",
                    "Access key and secret key belong together: give both, or neither for those of the environment.");
        }
    }

    private void timeouts(S3Settings.S3Timeouts timeouts) {
        for (Duration timeout : List.of(timeouts.connect(), timeouts.read(), timeouts.request())) {
            if (timeout.toMillis() < 1) {
                add("timeouts", timeout + " is no time to wait: more than nothing, as in PT30S.");
            }
        }
    }

    private void add(String setting, String sentence) {
        faults.add(new SettingFault(setting, sentence));
    }

    private static String quoted(String value) {
        return "\"" + value + "\"";
    }
}
