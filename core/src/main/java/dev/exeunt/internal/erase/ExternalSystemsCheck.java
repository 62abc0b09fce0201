package dev.exeunt.internal.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.LifecycleSettings;
import dev.exeunt.internal.map.MapDefinition;
import java.util.List;

/** Refuses an erasure where the map names external systems that Exeunt cannot notify yet. */
public final class ExternalSystemsCheck {

    private ExternalSystemsCheck() {}

    /** @throws ExeuntException where the map names external systems, which this version cannot call */
    public static void requireNone(MapDefinition map) {
        List<LifecycleSettings.ExternalSystem> external = map.lifecycle().external();
        if (!external.isEmpty()) {
            List<String> names = external.stream()
                    .map(e -> e.name() + " (" + e.name().at() + ")")
                    .toList();
            throw new ExeuntException("The map says that data of people lives elsewhere, in " + String.join(", ", names)
                    + ". This version cannot erase data there, so it refuses to erase here. Nothing was changed. Use a map without"
                    + " them only for people whose data you have erased there yourself.");
        }
    }
}
