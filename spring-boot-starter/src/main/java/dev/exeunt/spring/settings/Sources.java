package dev.exeunt.spring.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Where settings come from, the strongest first, as Spring orders them: command line, system properties, environment, files. An
 * alias counts where it stands: {@code EXPORT_DIR} in the environment is stronger than {@code exeunt.archive.directory} in a file.
 */
final class Sources {

    private static final String PREFIX = "exeunt.";

    /** Read by others: the one by who stores archives elsewhere. */
    private static final List<String> OTHERS = List.of("exeunt.archive.s3.");

    private final ConfigurableEnvironment environment;

    Sources(ConfigurableEnvironment environment) {
        this.environment = environment;
    }

    Optional<Given> find(Setting setting) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (ConfigurationPropertySources.isAttachedConfigurationPropertySource(source)) {
                continue;
            }
            Given given = in(source, setting);
            if (given != null && !given.value().isBlank()) {
                return Optional.of(given);
            }
        }
        return setting.otherwise().stream()
                .flatMap(name -> Optional.ofNullable(environment.getProperty(name)).stream()
                        .filter(v -> !v.isBlank())
                        .map(v -> new Given(name, v.strip(), "the application's own setting")))
                .findFirst();
    }

    private @Nullable Given in(PropertySource<?> source, Setting setting) {
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

    private Given given(String name, @Nullable Object value, String where) {
        return new Given(
                name, environment.resolvePlaceholders(String.valueOf(value)).strip(), where);
    }

    /**
     * Names that begin like ours and are none. In the environment, and among the machine's properties, others may have such names
     * too: there nothing is unknown.
     */
    Set<String> unknown() {
        Set<String> known = Setting.ALL.stream().map(Setting::name).collect(Collectors.toSet());
        Set<String> unknown = new TreeSet<>();
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> all
                    && !(source instanceof SystemEnvironmentPropertySource)
                    && !source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
                unknown.addAll(strangers(all, known));
            }
        }
        return unknown;
    }

    private static List<String> strangers(EnumerablePropertySource<?> source, Set<String> known) {
        List<String> strangers = new ArrayList<>();
        for (String name : source.getPropertyNames()) {
            String plain = ConfigurationPropertyName.adapt(name, '.').toString();
            boolean ours = plain.startsWith(PREFIX) && OTHERS.stream().noneMatch(plain::startsWith);
            if (ours && !known.contains(plain)) {
                strangers.add(name);
            }
        }
        return strangers;
    }
}
