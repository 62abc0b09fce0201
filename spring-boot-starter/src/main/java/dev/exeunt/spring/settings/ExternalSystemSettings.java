package dev.exeunt.spring.settings;

import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how an external system of the map is reached.
 *
 * @param name as the map has it
 * @param url where its events are sent; null where the application itself gets them, or the system is a Keycloak
 * @param secrets by which events are signed and answers are checked: the current one, and the one before while it is replaced
 * @param privateAddress whether the host may have an address that is not public, such as that of a container
 * @param keycloak how its admin API is called; null where the system is no Keycloak
 */
public record ExternalSystemSettings(
        String name,
        @Nullable URI url,
        List<SecretValue> secrets,
        boolean privateAddress,
        @Nullable KeycloakSettings keycloak) {

    /**
     * Says how the admin API of Keycloak is called.
     *
     * @param url of the server, without a slash at its end
     * @param realm of the people, and of the client
     * @param clientId of a client with a service account
     */
    public record KeycloakSettings(URI url, String realm, String clientId, SecretValue clientSecret) {}

    /** Holds the settings of a system that gets webhooks, or of the application itself. */
    public ExternalSystemSettings(String name, @Nullable URI url, List<SecretValue> secrets, boolean privateAddress) {
        this(name, url, secrets, privateAddress, null);
    }

    public ExternalSystemSettings {
        secrets = List.copyOf(secrets);
    }
}
