package dev.exeunt.spring.settings.read;

import dev.exeunt.spring.settings.CredentialHash;
import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import dev.exeunt.spring.settings.ExternalSystemSettings;
import dev.exeunt.spring.settings.ExternalSystemSettings.KeycloakSettings;
import dev.exeunt.spring.settings.SettingsInvalidException;
import dev.exeunt.spring.settings.WebAddress;
import dev.exeunt.spring.settings.read.SharedSecrets.NamedSecret;
import dev.exeunt.support.text.SpellingSuggestion;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads how the external systems of the map are reached: {@code exeunt.external.NAME.url} and the settings beside it. */
public final class ExternalSettingsReader {

    static final String PREFIX = "exeunt.external.";

    private static final String SECRET = "whsec_";
    private static final int SHORTEST = 24;
    private static final int LONGEST = 64;
    private static final String COMMAND = "echo whsec_$(openssl rand -base64 32)";
    private static final String MAKE = "Make one: " + COMMAND;

    private final ConfigurableEnvironment environment;
    private final SettingValues values;
    private final ValueParser parser;
    private final List<NamedSecret> known = new ArrayList<>();

    private ExternalSettingsReader(ConfigurableEnvironment environment) {
        this.environment = environment;
        this.values = new SettingValues(environment);
        this.parser = new ValueParser(values);
    }

    /**
     * @param systems the names of the map
     * @param local the systems whose events the application itself gets
     * @throws SettingsInvalidException with every fault
     */
    public static List<ExternalSystemSettings> read(
            ConfigurableEnvironment environment, List<String> systems, Set<String> local) {
        ExternalSettingsReader reader = new ExternalSettingsReader(environment);
        List<ExternalSystemSettings> all = new ArrayList<>();
        systems.forEach(system -> all.add(reader.system(system, local.contains(system))));
        reader.refuseShared();
        reader.refuseUnknown(systems);
        if (!reader.values.faults().isEmpty()) {
            throw new SettingsInvalidException(reader.values.faults());
        }
        return all;
    }

    private ExternalSystemSettings system(String name, boolean local) {
        if (local) {
            return new ExternalSystemSettings(name, null, List.of(), false);
        }
        boolean inside =
                values.value(setting(name, "private-address"), parser::yesOrNo).orElse(false);
        if (keycloak(name).stream().anyMatch(values::isSet)) {
            return new ExternalSystemSettings(name, null, List.of(), inside, keycloak(name, inside));
        }
        URI url = values.value(
                        setting(name, "url"),
                        given -> url(given, inside),
                        "The map names " + name + " under external. Write the address that its events are sent to: "
                                + PREFIX + name + ".url=https://hooks.example.org/exeunt; or, of a Keycloak, " + PREFIX
                                + name + ".keycloak.url")
                .orElse(null);
        List<SecretValue> secrets = new ArrayList<>();
        values.value(secret(name, "secret"), this::secret, MAKE).ifPresent(secrets::add);
        values.value(secret(name, "previous-secret"), this::secret).ifPresent(secrets::add);
        return new ExternalSystemSettings(name, url, secrets, inside);
    }

    private static List<SettingDefinition> keycloak(String name) {
        return List.of(
                setting(name, "keycloak.url"),
                setting(name, "keycloak.realm"),
                setting(name, "keycloak.client-id"),
                secret(name, "keycloak.client-secret"));
    }

    /** Returns null after a fault. */
    private @Nullable KeycloakSettings keycloak(String name, boolean inside) {
        String needed = "A Keycloak needs " + PREFIX + name + ".keycloak.url, .realm, .client-id and .client-secret.";
        for (SettingDefinition webhook :
                List.of(setting(name, "url"), secret(name, "secret"), secret(name, "previous-secret"))) {
            if (values.isSet(webhook)) {
                values.add(webhook.name() + " is set, and so is " + PREFIX + name
                        + ".keycloak. A system gets webhooks or is a Keycloak: take one of them away.");
            }
        }
        List<SettingDefinition> settings = keycloak(name);
        URI url = values.value(settings.get(0), given -> serverUrl(given, inside), needed)
                .orElse(null);
        String realm =
                values.value(settings.get(1), ConfiguredValue::value, needed).orElse(null);
        String client =
                values.value(settings.get(2), ConfiguredValue::value, needed).orElse(null);
        SecretValue secret = values.value(settings.get(3), given -> new SecretValue(given.value()), needed)
                .orElse(null);
        return url == null || realm == null || client == null || secret == null
                ? null
                : new KeycloakSettings(url, realm, client, secret);
    }

    private @Nullable URI serverUrl(ConfiguredValue given, boolean inside) {
        URI url = url(given, inside);
        if (url != null && url.getRawQuery() != null) {
            return values.fault(given, "write the address of the server alone: https://id.example.org");
        }
        return url == null ? null : URI.create(url.toString().replaceFirst("/+$", ""));
    }

    private @Nullable URI url(ConfiguredValue given, boolean inside) {
        try {
            URI address = new URI(given.value());
            boolean safe = inside ? WebAddress.isWeb(address) : "https".equalsIgnoreCase(address.getScheme());
            if (safe
                    && WebAddress.isWeb(address)
                    && address.getRawUserInfo() == null
                    && address.getRawFragment() == null) {
                return address;
            }
        } catch (URISyntaxException e) {
            // reported below, with what would be valid
        }
        return values.fault(
                given,
                "write an address with https://, a host and no user or #: https://hooks.example.org/exeunt. http:// is for hosts"
                        + " with private-address=true alone.");
    }

    private @Nullable SecretValue secret(ConfiguredValue given) {
        byte[] key;
        try {
            key = Base64.getDecoder()
                    .decode(given.value().startsWith(SECRET) ? given.value().substring(SECRET.length()) : "");
        } catch (IllegalArgumentException e) {
            key = new byte[0];
        }
        if (key.length < SHORTEST || key.length > LONGEST) {
            values.add(given + " is no secret for webhooks: that is whsec_ and " + SHORTEST + " to " + LONGEST
                    + " bytes in Base64. " + MAKE);
            return null;
        }
        String canonical = Base64.getEncoder().encodeToString(key); // the same key has several spellings
        known.add(new NamedSecret(given.name(), CredentialHash.sha256(canonical)));
        return new SecretValue(given.value());
    }

    /** A system's own previous secret may be the current one. */
    private void refuseShared() {
        for (List<NamedSecret> pair : SharedSecrets.pairs(known)) {
            String one = pair.get(0).name();
            String other = pair.get(1).name();
            if (!one.substring(0, one.lastIndexOf('.')).equals(other.substring(0, other.lastIndexOf('.')))) {
                values.add(one + " and " + other + " are the same: each system could forge the answers of the other."
                        + " Make another for one of them: " + COMMAND);
            }
        }
    }

    private void refuseUnknown(List<String> systems) {
        List<String> names =
                systems.stream().flatMap(ExternalSettingsReader::names).toList();
        for (String name : new TreeSet<>(UnknownSettings.beginningWith(environment, PREFIX, names))) {
            values.add(
                    name + ": there is no such setting." + SpellingSuggestion.hint(name.toLowerCase(Locale.ROOT), names)
                            + (names.isEmpty()
                                    ? " The map names no system under external."
                                    : " There are: " + String.join(", ", names) + "."));
        }
    }

    private static Stream<String> names(String system) {
        return Stream.of(
                        "url",
                        "secret",
                        "previous-secret",
                        "private-address",
                        "keycloak.url",
                        "keycloak.realm",
                        "keycloak.client-id",
                        "keycloak.client-secret")
                .map(word -> PREFIX + system + "." + word);
    }

    private static SettingDefinition setting(String system, String word) {
        return new SettingDefinition(PREFIX + system + "." + word, List.of(), List.of(), false);
    }

    private static SettingDefinition secret(String system, String word) {
        return new SettingDefinition(PREFIX + system + "." + word, List.of(), List.of(), true);
    }
}
