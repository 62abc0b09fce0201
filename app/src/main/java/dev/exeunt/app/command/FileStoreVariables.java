package dev.exeunt.app.command;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.map.DataMap.FileStore;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Reads from the environment where the stores of files are: {@code EXEUNT_STORES_NAME}. */
public final class FileStoreVariables {

    private static final String PREFIX = "EXEUNT_STORES_";

    private FileStoreVariables() {}

    /**
     * Returns the stores by the names that the map gives them.
     *
     * @throws ExeuntException where a location is none
     */
    public static Map<String, FileStore> stores(Map<String, String> env) {
        Map<String, FileStore> stores = new LinkedHashMap<>();
        env.forEach((variable, location) -> {
            if (variable.startsWith(PREFIX) && !location.isBlank()) {
                String name =
                        variable.substring(PREFIX.length()).replace('_', '-').toLowerCase(Locale.ROOT);
                stores.put(name, store(variable, location.strip()));
            }
        });
        return stores;
    }

    /** Returns the variable that says where a store is: {@code EXEUNT_STORES_USER_UPLOADS}. */
    public static String variable(String store) {
        return PREFIX + store.replace('-', '_').toUpperCase(Locale.ROOT);
    }

    private static FileStore store(String variable, String location) {
        if (location.startsWith("s3://")) {
            throw new ExeuntException(
                    variable + " names a bucket. Only exeunt serve and Java applications use buckets: let the"
                            + " worker of the server export and erase.");
        }
        try {
            return Exeunt.directoryStore(location);
        } catch (ExeuntException e) {
            throw new ExeuntException(variable + ": " + e.getMessage(), e);
        }
    }
}
