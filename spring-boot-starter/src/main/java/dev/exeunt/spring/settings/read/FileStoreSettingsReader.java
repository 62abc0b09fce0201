package dev.exeunt.spring.settings.read;

import dev.exeunt.spring.settings.SettingsInvalidException;
import dev.exeunt.support.text.SpellingSuggestion;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.core.env.ConfigurableEnvironment;

/** Reads where the stores are that the map names under {@code files}: {@code exeunt.stores.NAME}. */
public final class FileStoreSettingsReader {

    static final String PREFIX = "exeunt.stores.";

    private FileStoreSettingsReader() {}

    /**
     * Returns the locations by the names of the stores.
     *
     * @param stores the names of the map
     * @param provided the stores that are beans of the application
     * @throws SettingsInvalidException with every fault
     */
    public static Map<String, String> read(
            ConfigurableEnvironment environment, List<String> stores, Collection<String> provided) {
        SettingValues values = new SettingValues(environment);
        Map<String, String> locations = new LinkedHashMap<>();
        for (String store : stores) {
            SettingDefinition setting = new SettingDefinition(PREFIX + store, List.of(), List.of(), false);
            if (!provided.contains(store)) {
                values.value(
                                setting,
                                ConfiguredValue::value,
                                "The map keeps files in " + store + ". Write the directory in which they are: " + PREFIX
                                        + store + "=/var/lib/app/" + store)
                        .ifPresent(location -> locations.put(store, location));
            } else if (values.isSet(setting)) {
                values.add(setting.name()
                        + " is set, and the application has a bean of that name. Take one of them away.");
            }
        }
        refuseUnknown(environment, stores, values);
        if (!values.faults().isEmpty()) {
            throw new SettingsInvalidException(values.faults());
        }
        return locations;
    }

    private static void refuseUnknown(ConfigurableEnvironment environment, List<String> stores, SettingValues values) {
        List<String> names = stores.stream().map(store -> PREFIX + store).toList();
        for (String name : UnknownSettings.beginningWith(environment, PREFIX, names)) {
            values.add(name + ": there is no such setting."
                    + SpellingSuggestion.hint(name.toLowerCase(Locale.ROOT), names)
                    + (names.isEmpty()
                            ? " The map names no store under files."
                            : " There are: " + String.join(", ", names) + "."));
        }
    }
}
