package dev.exeunt.app.map;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.FileStoreVariables;
import dev.exeunt.map.DataMap;
import dev.exeunt.map.DataMap.FileStore;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says which stores of a map the environment of this command does not lead to. It is no finding about the map: the settings of the
 * server may have them.
 */
record FileStoreNotes(DataMap map, Map<String, String> env) {

    /** Returns a sentence for each store without a location, and for each that cannot be read. */
    List<String> sentences() {
        Map<String, FileStore> stores;
        try {
            stores = FileStoreVariables.stores(env);
        } catch (ExeuntException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
        return map.fileStores().stream()
                .distinct()
                .flatMap(name -> faults(name, stores.get(name)))
                .toList();
    }

    private static Stream<String> faults(String name, @Nullable FileStore store) {
        String variable = FileStoreVariables.variable(name);
        return store == null
                ? Stream.of("The map keeps files in " + name + ", and " + variable
                        + " does not say where. Commands that erase, or export a ZIP, need it.")
                : store.faults().stream().map(fault -> variable + ": " + fault);
    }
}
