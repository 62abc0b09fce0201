package dev.exeunt.erase;

import dev.exeunt.ExeuntException;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.Lifecycle;
import dev.exeunt.map.Word;
import java.util.ArrayList;
import java.util.List;

/** Erasing now what a map wants looked at first would leave an organisation without an owner, or somebody untold. */
public final class Unguarded {

    private Unguarded() {}

    /** @throws ExeuntException where the map has guards, or names what lives elsewhere: nothing here asks or tells them yet */
    public static void refuse(DataMap map) {
        Lifecycle lifecycle = map.lifecycle();
        List<String> passed = new ArrayList<>();
        lifecycle.guards().forEach(g -> passed.add(shown("the guard", g.name())));
        lifecycle.external().forEach(e -> passed.add(shown("what lives elsewhere,", e.name())));
        if (!passed.isEmpty()) {
            throw new ExeuntException("The map has " + String.join(", and ", passed) + ". This version cannot carry"
                    + " them out yet, and erases nobody past them. Nothing was changed. Use a map without them only"
                    + " for people of whom you have seen to both yourself.");
        }
    }

    private static String shown(String what, Word name) {
        return what + " " + name + " (" + name.at() + ")";
    }
}
