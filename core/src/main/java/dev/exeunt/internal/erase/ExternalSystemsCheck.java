package dev.exeunt.internal.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.MapDefinition;
import dev.exeunt.map.LifecycleSettings;
import java.util.List;

/** Refuses an erasure where the map names external systems that Exeunt cannot notify yet. */
public final class ExternalSystemsCheck {

    private ExternalSystemsCheck() {}

    /** @throws ExeuntException where the map names what lives elsewhere: nothing here tells them yet */
    public static void requireNone(MapDefinition map) {
        List<LifecycleSettings.ExternalSystem> external = map.lifecycle().external();
        if (!external.isEmpty()) {
            List<String> names = external.stream()
                    .map(e -> e.name() + " (" + e.name().at() + ")")
                    .toList();
            throw new ExeuntException("The map says that data of people lives elsewhere, in " + String.join(", ", names)
                    + ". This version cannot tell them yet, and erases nobody past them. Nothing was changed. Use a map"
                    + " without them only for people of whom you have seen to that yourself.");
        }
    }
}
