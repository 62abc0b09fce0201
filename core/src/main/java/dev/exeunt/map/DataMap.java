package dev.exeunt.map;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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

    /** Returns the flows that people may ask for, in the map's order; empty where the map has no {@code flows}. */
    List<Offer> offers();

    /** Returns what the map offers for a flow; empty where it does not offer the flow. */
    default Optional<Offer> offer(AccountFlow flow) {
        return offers().stream().filter(offer -> offer.flow() == flow).findFirst();
    }

    /**
     * Returns the same map with this grace period for every flow that has one, so that a test or a staging system need not wait for
     * weeks. A flow with {@code grace: none} stays as it is.
     *
     * <pre>{@code
     * DataMap map = Exeunt.readMap(Path.of("exeunt.yaml")).withGrace(TimeSpan.days(0)); // due at once
     * }</pre>
     */
    DataMap withGrace(TimeSpan grace);

    /**
     * Returns the same map, whose exports hold these sections only. An export by it is refused where one of the names is no section, with
     * those that are.
     *
     * <pre>{@code
     * exeunt.export(map.withSections(List.of("orders")), "42", Path.of("orders.zip"), BundleFormat.ZIP);
     * }</pre>
     *
     * @param names the sections' names; empty for all sections
     */
    DataMap withSections(List<String> names);

    /** The columns of the subject's table that tell a person as its key does, such as {@code email}. */
    List<String> identifiers();

    /** Returns the tables that the map names, as mapped or as not personal, each as the map writes it. */
    List<String> namedTables();

    /** Returns the names of the stores that hold files which rows name, each once; empty where the map has no {@code files}. */
    List<String> fileStores();

    /**
     * Returns what people read about a table instead of its name.
     *
     * @param table as previews and receipts name it: {@code orders}, or {@code shop.orders} outside the schema {@code public}
     * @return {@link TableWords#NONE} where the map does not name the table, or says nothing of it
     */
    TableWords words(String table);

    /**
     * Describes an account flow that the application offers, with its grace period and confirmation.
     *
     * @param grace how long people may change their mind; {@code 0d} is due at once, by the reaper; null for {@code none}: the erasure
     *     is part of the request's own transaction
     * @param loginBlock how long they cannot sign in, counted from the request; null for not at all
     * @param blockEndsWithRequest whether taking the request back ends the login block ({@code lifted-by}); else it holds to its end
     * @param confirm the identifier that they have to type; null for none
     */
    record Offer(
            AccountFlow flow,
            @Nullable TimeSpan grace,
            @Nullable TimeSpan loginBlock,
            boolean blockEndsWithRequest,
            @Nullable String confirm) {}

    /**
     * Holds a text of the map for people: one for everyone, or one for each language.
     *
     * @param texts by BCP 47 language tag, in the map's order; under an empty tag where the map names no language; empty where it says
     *     nothing
     */
    record LanguageText(Map<String, String> texts) {

        /** Where the map says nothing. */
        public static final LanguageText NONE = new LanguageText(Map.of());

        public LanguageText {
            texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        }

        /** Whether the map says nothing. */
        public boolean isEmpty() {
            return texts.isEmpty();
        }

        /**
         * Returns the text in the language that suits the reader best, else in the first one that the map has.
         *
         * @param wanted the languages that the reader understands, the best first
         */
        public Optional<String> in(List<Locale.LanguageRange> wanted) {
            List<String> tags =
                    texts.keySet().stream().filter(tag -> !tag.isEmpty()).toList();
            String best = tags.isEmpty() || wanted.isEmpty() ? null : Locale.lookupTag(wanted, tags);
            return texts.entrySet().stream()
                    .filter(text -> best == null || text.getKey().equalsIgnoreCase(best))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
    }

    /**
     * Holds what a person reads about a table of theirs, instead of its name in the database.
     *
     * @param title a short name, by BCP 47 language tag; under an empty tag where the map names no language; empty where it says nothing
     * @param means what the rows are, in a sentence or two; in the same form
     */
    record TableWords(Map<String, String> title, Map<String, String> means) {

        /** For a table of which the map says nothing. */
        public static final TableWords NONE = new TableWords(Map.of(), Map.of());

        public TableWords {
            title = Collections.unmodifiableMap(new LinkedHashMap<>(title));
            means = Collections.unmodifiableMap(new LinkedHashMap<>(means));
        }

        /**
         * Returns the title in the language that suits the reader best, else in the first one that the map has.
         *
         * @param wanted the languages that the reader understands, the best first
         */
        public Optional<String> titleIn(List<Locale.LanguageRange> wanted) {
            return new LanguageText(title).in(wanted);
        }

        /** Returns what the rows are, in a language chosen as for {@link #titleIn}. */
        public Optional<String> meansIn(List<Locale.LanguageRange> wanted) {
            return new LanguageText(means).in(wanted);
        }
    }

    /**
     * Holds the files that columns of the application's rows name, such as pictures that people uploaded. Safe for any number of
     * threads.
     *
     * <p>A name is one or more parts with a slash between them. No part is empty, {@code .} or {@code ..}, and none holds a backslash
     * or a control character. A store never leaves the place that it was made for, whatever the name is.
     */
    interface FileStore extends AutoCloseable {

        /**
         * Opens a file. The caller closes what is returned.
         *
         * @throws IOException where the store fails; its message may hold the name and is shown nowhere
         */
        StoredFile open(String name) throws IOException;

        /**
         * Deletes a file.
         *
         * @return {@link FileState#PRESENT} where the file was there and is gone now
         * @throws IOException where the store fails; the file may be there or not
         */
        FileState delete(String name) throws IOException;

        /** Tries the store. Returns what is wrong with it, each as a sentence; empty where nothing is. */
        List<String> faults();

        @Override
        default void close() {}
    }

    /** Says what a store has under a name. */
    enum FileState {
        PRESENT,
        MISSING,
        /** not a file: a directory, a symbolic link on the way or at its end, a device */
        REFUSED
    }

    /**
     * A file of a store, open for reading.
     *
     * @param bytes its size when it was opened; 0 unless it is present
     * @param content empty unless it is present
     */
    record StoredFile(FileState state, long bytes, InputStream content) implements Closeable {

        /** For a name under which there is no file. */
        public static StoredFile absent(FileState state) {
            return new StoredFile(state, 0, InputStream.nullInputStream());
        }

        @Override
        public void close() throws IOException {
            content.close();
        }
    }
}
