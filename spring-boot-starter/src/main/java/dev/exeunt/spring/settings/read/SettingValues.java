package dev.exeunt.spring.settings.read;

import dev.exeunt.ExeuntException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.ConfigurableEnvironment;

/** Looks settings up, has them parsed, and collects every fault, so that the operator reads all of them at once. */
final class SettingValues {

    private static final int SHOWN = 80;

    private final SettingSources sources;
    private final List<String> faults = new ArrayList<>();

    SettingValues(ConfigurableEnvironment environment) {
        this.sources = new SettingSources(environment);
    }

    List<String> faults() {
        return faults;
    }

    /** Whether the operator has set it, to whatever value. */
    boolean isSet(SettingDefinition setting) {
        return sources.find(setting).isPresent();
    }

    /** @param parse returns null after it has added a fault */
    <T> Optional<T> value(SettingDefinition setting, Function<ConfiguredValue, @Nullable T> parse) {
        Optional<ConfiguredValue> given = sources.find(setting);
        if (given.isPresent() && given.get().value().isBlank()) {
            faults.add(given.get() + " is set to nothing. Write a value, or take the setting away: then "
                    + setting.name() + " is what it is unless set.");
            return Optional.empty();
        }
        try {
            return given.map(parse);
        } catch (ExeuntException e) {
            faults.add(given.orElseThrow() + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    /** @param missing what to do where it is not set */
    <T> Optional<T> value(SettingDefinition setting, Function<ConfiguredValue, @Nullable T> parse, String missing) {
        if (!isSet(setting)) {
            faults.add(setting.name() + " is not set. " + missing);
        }
        return value(setting, parse);
    }

    void add(String fault) {
        faults.add(fault);
    }

    /** Adds a fault that shows the value; returns null. */
    <T> @Nullable T fault(ConfiguredValue given, String valid) {
        faults.add(given + " is " + shown(given.value()) + ": " + valid);
        return null;
    }

    private static String shown(String value) {
        String plain = value.replaceAll("\\p{Cntrl}", "?");
        return '"' + (plain.length() > SHOWN ? plain.substring(0, SHOWN) + "…" : plain) + '"';
    }
}
