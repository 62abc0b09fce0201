package dev.exeunt.spring.settings.read;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertySource;

/**
 * Finds a setting in Spring's property sources, the strongest first. An alias counts where it stands:
 * {@code EXPORT_DIR} in the environment is stronger than {@code exeunt.archive.directory} in a file. An empty value counts
 * as set: an operator who writes {@code audience: "${AUD:}"} expects the audience to be checked.
 */
final class SettingSources {

    private final ConfigurableEnvironment environment;

    SettingSources(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    Optional<ConfiguredValue> find(SettingDefinition setting) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
                continue;
            }
            ConfiguredValue given = in(source, setting);
            if (given != null && !(given.value().isBlank() && setting.mayBeBlank())) {
                return Optional.of(given);
            }
        }
        return setting.otherwise().stream()
                .flatMap(name -> Optional.ofNullable(environment.getProperty(name)).stream()
                        .filter(v -> !v.isBlank())
                        .map(v -> new ConfiguredValue(name, v.strip(), "the application's own setting")))
                .findFirst();
    }

    private @Nullable ConfiguredValue in(PropertySource<?> source, SettingDefinition setting) {
        ConfigurationPropertySource relaxed = ConfigurationPropertySource.from(source);
        ConfigurationProperty property =
                relaxed == null ? null : relaxed.getConfigurationProperty(ConfigurationPropertyName.of(setting.name()));
        if (property != null) {
            Origin origin = property.getOrigin();
            return given(setting.name(), property.getValue(), origin == null ? source.getName() : "" + origin);
        }
        return setting.aliases().stream()
                .filter(alias -> source.getProperty(alias) != null)
                .map(alias -> given(alias, source.getProperty(alias), source.getName()))
                .findFirst()
                .orElse(null);
    }

    private ConfiguredValue given(String name, @Nullable Object value, String where) {
        return new ConfiguredValue(
                name, environment.resolvePlaceholders(String.valueOf(value)).strip(), where);
    }
}
