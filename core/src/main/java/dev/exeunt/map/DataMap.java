package dev.exeunt.map;

import java.util.List;

/**
 * A data map that was read: for every table which rows belong to a person, and what becomes of them.
 *
 * <p>{@code Exeunt.readMap} makes it. Other implementations are refused. The map is well formed; {@code Exeunt.check} proves it against
 * the live schema.
 */
public interface DataMap {

    /** The file's name as the user gave it. */
    String file();

    /** How exports are made, limited and kept. */
    ExportSettings export();

    /** What the map says of the time between request and erasure. */
    LifecycleSettings lifecycle();

    /**
     * Returns the same map with this grace period for every flow that has one, so that a test or a staging system need not wait for
     * weeks. A flow with {@code grace: none} stays as it is.
     *
     * <pre>{@code
     * DataMap map = Exeunt.readMap(Path.of("exeunt.yaml")).withGrace(TimeSpan.days(0)); // due at once
     * }</pre>
     */
    DataMap withGrace(TimeSpan grace);

    /** The columns of the subject's table that tell a person as its key does, such as {@code email}. */
    List<String> identifiers();

    /** Returns the tables that the map names, as mapped or as not personal, each as the map writes it. */
    List<String> namedTables();
}
