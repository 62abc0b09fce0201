package dev.exeunt.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Lifecycle;
import java.util.List;

/** Erasing now what a map says lives elsewhere would leave it there, and nobody would know where any more. */
public final class Elsewhere {

    private Elsewhere() {}

    /** @throws ExeuntException where the map names what lives elsewhere: nothing here tells them yet */
    public static void refuse(DataMap map) {
        List<Lifecycle.External> external = map.lifecycle().external();
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
