package dev.exeunt.spring.settings;

import dev.exeunt.spring.settings.ExeuntSettings.SecretValue;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says how an external system of the map is reached.
 *
 * @param name as the map has it
 * @param url where its events are sent; null where the application itself gets them
 * @param secrets by which events are signed and answers are checked: the current one, and the one before while it is replaced
 * @param privateAddress whether the host may have an address that is not public, such as that of a container
 */
public record ExternalSystemSettings(
        String name, @Nullable URI url, List<SecretValue> secrets, boolean privateAddress) {
    public ExternalSystemSettings {
        secrets = List.copyOf(secrets);
    }
}
