package dev.exeunt.server;

import dev.exeunt.archive.Archives;
import dev.exeunt.archive.SettingFault;
import dev.exeunt.archive.s3.S3Archives;
import dev.exeunt.archive.s3.S3Settings;
import dev.exeunt.archive.s3.S3Settings.Credentials;
import dev.exeunt.archive.s3.S3Settings.Encryption;
import dev.exeunt.archive.s3.S3Settings.Place;
import dev.exeunt.archive.s3.S3Settings.Timeouts;
import dev.exeunt.spring.settings.SettingsInvalidException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Archives in an object store, where {@code exeunt.archive.s3.bucket} names one. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("exeunt.archive.s3.bucket")
class ObjectStore {

    private static final String PREFIX = "exeunt.archive.s3";

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

    @Bean
    Archives exeuntObjectStore(Environment environment) {
        Map<String, String> given = new TreeMap<>(Binder.get(environment)
                .bind(PREFIX, Bindable.mapOf(String.class, String.class))
                .orElse(Map.of()));
        List<String> faults = new ArrayList<>();
        given.keySet().stream()
                .filter(name -> !KNOWN.contains(name))
                .forEach(name ->
                        faults.add(PREFIX + "." + name + " is no setting. There are: " + String.join(", ", KNOWN)));
        S3Settings settings = settings(given, faults);
        settings.faults().forEach(f -> faults.add(named(f)));
        refuse(faults);
        Archives archives = S3Archives.of(settings);
        refuse(archives.check().stream().map(ObjectStore::named).toList());
        return archives;
    }

    private static void refuse(List<String> faults) {
        if (!faults.isEmpty()) {
            throw new SettingsInvalidException(faults);
        }
    }

    private static String named(SettingFault fault) {
        return PREFIX + "." + fault;
    }

    private static S3Settings settings(Map<String, String> given, List<String> faults) {
        return new S3Settings(
                given.getOrDefault("bucket", ""),
                given.getOrDefault("prefix", ""),
                new Place(
                        address("endpoint", given, faults),
                        address("downloads", given, faults),
                        given.get("region"),
                        pathStyle(given, faults)),
                new Encryption(kind(given, faults), given.get("kms-key-id")),
                credentials(given, faults),
                Timeouts.USUAL);
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

    private static Encryption.Kind kind(Map<String, String> given, List<String> faults) {
        String text = given.getOrDefault("encryption", "none");
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none" -> Encryption.Kind.NONE;
            case "aes256" -> Encryption.Kind.AES256;
            case "aws:kms" -> Encryption.Kind.KMS;
            default -> {
                faults.add(PREFIX + ".encryption is '" + text + "'. It is none, AES256 or aws:kms");
                yield Encryption.Kind.NONE;
            }
        };
    }

    private static @Nullable Credentials credentials(Map<String, String> given, List<String> faults) {
        String access = given.get("access-key");
        String secret = given.get("secret-key");
        if ((access == null) != (secret == null)) {
            faults.add(PREFIX
                    + ".access-key and .secret-key go together; without both, the environment's credentials are used");
        }
        return access == null || secret == null ? null : new Credentials(access, secret, null);
    }
}
