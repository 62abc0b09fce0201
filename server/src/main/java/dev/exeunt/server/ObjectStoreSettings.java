package dev.exeunt.server;

import dev.exeunt.archive.Archives.SettingFault;
import dev.exeunt.archive.s3.S3Settings;
import dev.exeunt.archive.s3.S3Settings.S3Credentials;
import dev.exeunt.archive.s3.S3Settings.S3Encryption;
import dev.exeunt.archive.s3.S3Settings.S3Location;
import dev.exeunt.archive.s3.S3Settings.S3Timeouts;
import dev.exeunt.support.text.SpellingSuggestion;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;

/** Reads which object store holds the archives: {@code exeunt.archive.s3.*}. */
final class ObjectStoreSettings {

    static final String PREFIX = "exeunt.archive.s3";

    private static final Set<String> KNOWN = new TreeSet<>(Set.of(
            "bucket",
            "prefix",
            "endpoint",
            "downloads",
            "region",
            "path-style",
            "encryption",
            "kms-key-id",
            "access-key",
            "secret-key"));

    private ObjectStoreSettings() {}

    /** Whether a setting of an object store is given. */
    static boolean given(Environment environment) {
        return !written(environment).isEmpty();
    }

    /** @param faults the list to which faults are added */
    static S3Settings read(Environment environment, List<String> faults) {
        Map<String, String> given = new TreeMap<>();
        for (String name : KNOWN) {
            String value = environment.getProperty(PREFIX + "." + name);
            if (value != null && value.isBlank()) {
                faults.add(PREFIX + "." + name + " is set to nothing. Write a value, or take the setting away.");
            } else if (value != null) {
                given.put(name, value.strip());
            }
        }
        written(environment).keySet().stream()
                .filter(name -> KNOWN.stream().noneMatch(k -> plain(k).equals(plain(name))))
                .forEach(name -> faults.add(PREFIX + "." + name + ": there is no such setting."
                        + SpellingSuggestion.hint(name, KNOWN) + " There are: " + String.join(", ", KNOWN) + "."));
        besideDirectory(environment, faults);
        S3Settings settings = settings(given, faults);
        settings.faults().forEach(f -> faults.add(named(f)));
        return settings;
    }

    /** Returns all settings below the prefix. The name of a variable of the environment does not show where its words end. */
    private static Map<String, String> written(Environment environment) {
        return Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, String.class))
                .orElse(Map.of());
    }

    /** Refuses a directory beside the store: archives would lie in the store alone, and those in the directory for ever. */
    private static void besideDirectory(Environment environment, List<String> faults) {
        for (String name : List.of("exeunt.archive.directory", "EXPORT_DIR")) {
            String directory = environment.getProperty(name);
            if (directory != null && !directory.isBlank()) {
                faults.add(name + " is \"" + directory.strip() + "\", and " + PREFIX
                        + " names an object store. Archives lie in one of the two: take the other away.");
            }
        }
    }

    private static String plain(String name) {
        return name.replaceAll("[-._]", "").toLowerCase(Locale.ROOT);
    }

    /** Names the setting to change. What the store refuses are the credentials or the permissions, which no setting is called. */
    static String named(SettingFault fault) {
        String setting = switch (fault.setting()) {
            case "credentials" -> "access-key";
            case "permissions" -> "bucket";
            default -> fault.setting();
        };
        return PREFIX + "." + setting + ": " + fault.sentence();
    }

    private static S3Settings settings(Map<String, String> given, List<String> faults) {
        return new S3Settings(
                given.getOrDefault("bucket", ""),
                given.getOrDefault("prefix", ""),
                new S3Location(
                        address("endpoint", given, faults),
                        address("downloads", given, faults),
                        given.get("region"),
                        pathStyle(given, faults)),
                new S3Encryption(kind(given, faults), given.get("kms-key-id")),
                credentials(given, faults),
                S3Timeouts.USUAL);
    }

    private static @Nullable URI address(String name, Map<String, String> given, List<String> faults) {
        String text = given.get(name);
        try {
            return text == null ? null : URI.create(text);
        } catch (IllegalArgumentException e) {
            faults.add(PREFIX + "." + name + " is no address. One is https://minio.example.org:9000");
            return null;
        }
    }

    private static boolean pathStyle(Map<String, String> given, List<String> faults) {
        String text = given.getOrDefault("path-style", "false");
        if (!text.equals("true") && !text.equals("false")) {
            faults.add(PREFIX + ".path-style is '" + text + "'. It is true or false");
        }
        return text.equals("true");
    }

    private static S3Encryption.EncryptionKind kind(Map<String, String> given, List<String> faults) {
        String text = given.getOrDefault("encryption", "none");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none" -> S3Encryption.EncryptionKind.NONE;
            case "aes256" -> S3Encryption.EncryptionKind.AES256;
            case "aws:kms" -> S3Encryption.EncryptionKind.KMS;
            default -> {
                faults.add(PREFIX + ".encryption is '" + text + "'. It is none, AES256 or aws:kms");
                yield S3Encryption.EncryptionKind.NONE;
            }
        };
    }

    private static @Nullable S3Credentials credentials(Map<String, String> given, List<String> faults) {
        String access = given.get("access-key");
        String secret = given.get("secret-key");
        if ((access == null) != (secret == null)) {
            faults.add(PREFIX
                    + ".access-key and .secret-key go together; without both, the environment's credentials are used");
        }
        return access == null || secret == null ? null : new S3Credentials(access, secret, null);
    }
}
