package dev.exeunt.internal.value;

import dev.exeunt.ExeuntException;
import dev.exeunt.internal.map.MapDefinition;
import java.util.List;

/** Refuses the erasure of a person without an account where systems would have to erase them too: their events name people by key. */
final class ExternalSystemsCheck {

    private ExternalSystemsCheck() {}

    /** @throws ExeuntException where a system of the map has to answer what it erased */
    static void requireNone(MapDefinition map) {
        List<String> systems = map.lifecycle().external().stream()
                .filter(s -> s.deadline() != null)
                .map(s -> s.name() + " (" + s.name().at() + ")")
                .toList();
        if (!systems.isEmpty()) {
            throw new ExeuntException("The map says that data of people also lies in " + String.join(", ", systems)
                    + ". These systems are told a person's key, and this person has none. Nothing was changed. Erase their data there"
                    + " yourself, and then use a map in which these systems have no locators and no deadline.");
        }
    }
}
