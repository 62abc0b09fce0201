package dev.exeunt.spring.settings.read;

import dev.exeunt.support.text.SpellingSuggestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.EnumerablePropertySource;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** Finds names that begin with exeunt but are no settings. */
final class UnknownSettings {

    private static final String PREFIX = "exeunt.";
    private static final String VARIABLE = "EXEUNT_";

    /** Prefixes of settings that are read apart: those of the object store, and those of the systems and stores that the map names. */
    private static final List<String> OTHERS =
            List.of("exeunt.archive.s3.", ExternalSettingsReader.PREFIX, FileStoreSettingsReader.PREFIX);

    /** Variables that contributors set for the tests of this program. */
    private static final Set<String> VARIABLES = Set.of("EXEUNT_REAL_SCHEMAS", "EXEUNT_FILL");

    /** Variables that Kubernetes, and Docker's links, set for a service whose name is exeunt or begins with exeunt-. */
    private static final Pattern SERVICE =
            Pattern.compile("EXEUNT_(.+_)?(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT(_\\d+_(TCP|UDP|SCTP)(_.+)?)?)");

    private UnknownSettings() {}

    /** Returns a sentence for each unknown name. The last sentence lists the settings. */
    static List<String> in(ConfigurableEnvironment environment) {
        List<String> names =
                SettingDefinition.ALL.stream().map(SettingDefinition::name).toList();
        List<String> faults = new ArrayList<>();
        for (String stranger : names(environment)) {
            String hint = stranger.startsWith(VARIABLE)
                    ? SpellingSuggestion.hint(stranger, variables())
                    : SpellingSuggestion.hint(plain(stranger), names);
            faults.add(stranger + ": there is no such setting." + hint);
        }
        if (!faults.isEmpty()) {
            faults.add(faults.remove(faults.size() - 1) + " There are: " + String.join(", ", names) + ".");
        }
        return faults;
    }

    private static Set<String> variables() {
        return SettingDefinition.ALL.stream()
                .flatMap(s -> s.aliases().isEmpty() ? List.of(s.variable()).stream() : s.variables().stream())
                .collect(Collectors.toSet());
    }

    /** Returns the names with this prefix that are none of the known ones, as they are written. */
    static Set<String> beginningWith(ConfigurableEnvironment environment, String prefix, List<String> known) {
        String variablePrefix = variable(prefix);
        List<String> variables = known.stream()
                .flatMap(name -> Stream.of(variable(name), variable(name.replace("-", ""))))
                .toList();
        Set<String> unknown = new TreeSet<>();
        forEachName(environment, (name, isVariable) -> {
            String upper = name.toUpperCase(Locale.ROOT);
            boolean strange = isVariable
                    ? upper.startsWith(variablePrefix) && !variables.contains(upper)
                    : plain(name).startsWith(prefix) && !known.contains(plain(name));
            if (strange) {
                unknown.add(name);
            }
        });
        return unknown;
    }

    private static String variable(String name) {
        return name.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** Returns the unknown names of all sources but Java's system properties, which other programs use as well. */
    private static Set<String> names(ConfigurableEnvironment environment) {
        Set<String> strangers = new TreeSet<>();
        forEachName(environment, (name, isVariable) -> {
            if (isVariable ? isStrangeVariable(name) : isStrange(name)) {
                strangers.add(name);
            }
        });
        return strangers;
    }

    /** Takes a name, and whether it is that of a variable of the environment. */
    private static void forEachName(ConfigurableEnvironment environment, BiConsumer<String, Boolean> consumer) {
        for (PropertySource<?> source : environment.getPropertySources()) {
            if (source instanceof EnumerablePropertySource<?> all
                    && !source.getName().equals(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME)) {
                for (String name : all.getPropertyNames()) {
                    consumer.accept(name, source instanceof SystemEnvironmentPropertySource);
                }
            }
        }
    }

    private static boolean isStrange(String name) {
        String plain = plain(name);
        return plain.startsWith(PREFIX)
                && OTHERS.stream().noneMatch(plain::startsWith)
                && SettingDefinition.ALL.stream().noneMatch(s -> s.name().equals(plain));
    }

    private static String plain(String name) {
        return ConfigurationPropertyName.adapt(name, '.').toString();
    }

    private static boolean isStrangeVariable(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return upper.startsWith(VARIABLE)
                && !VARIABLES.contains(upper)
                && !SERVICE.matcher(upper).matches()
                && OTHERS.stream()
                        .noneMatch(o -> upper.startsWith(o.replace('.', '_').toUpperCase(Locale.ROOT)))
                && SettingDefinition.ALL.stream().noneMatch(s -> s.variables().contains(name));
    }
}
