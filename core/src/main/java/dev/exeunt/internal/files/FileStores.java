package dev.exeunt.internal.files;

import dev.exeunt.ExeuntException;
import dev.exeunt.map.DataMap.FileStore;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * Holds the stores by their names, and how much of them an export takes along.
 *
 * @param byName as the map names them
 */
public record FileStores(Map<String, FileStore> byName, FileLimits limits) {

    /** For applications that keep no files. */
    public static final FileStores NONE = new FileStores(Map.of(), FileLimits.USUAL);

    public FileStores {
        byName = Map.copyOf(byName);
    }

    /**
     * Limits the files of one export.
     *
     * @param files how many
     * @param bytesEach the size of the largest
     * @param bytesInAll of all of them together
     */
    public record FileLimits(int files, long bytesEach, long bytesInAll) {

        /** 10,000 files of at most 1 GiB each, 20 GiB in all. */
        public static final FileLimits USUAL = new FileLimits(10_000, 1L << 30, 20L << 30);

        /** @throws IllegalArgumentException where one is negative */
        public FileLimits {
            if (files < 0 || bytesEach < 0 || bytesInAll < 0) {
                throw new IllegalArgumentException("a limit of files is negative");
            }
        }
    }

    /** @throws ExeuntException where one of the stores is not configured */
    public void require(Collection<String> names) {
        List<String> missing = names.stream()
                .filter(name -> !byName.containsKey(name))
                .distinct()
                .toList();
        if (!missing.isEmpty()) {
            throw new ExeuntException("The map keeps files in " + String.join(", ", missing)
                    + ", and no setting says where that is. Set " + variable(missing.get(0))
                    + " to the directory, or exeunt.stores." + missing.get(0) + " in the settings of the server.");
        }
    }

    /** Returns the store. @throws ExeuntException where it is not configured */
    public FileStore get(String name) {
        require(List.of(name));
        return Objects.requireNonNull(byName.get(name), "required above");
    }

    /** Returns the variable of the environment that says where a store is: {@code EXEUNT_STORES_USER_UPLOADS}. */
    public static String variable(String store) {
        return "EXEUNT_STORES_" + store.replace('-', '_').toUpperCase(Locale.ROOT);
    }
}
