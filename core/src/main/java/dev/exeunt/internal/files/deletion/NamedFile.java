package dev.exeunt.internal.files.deletion;

/**
 * A file of a store.
 *
 * @param name as {@code FileName} reads it from a value
 */
public record NamedFile(String store, String name) {

    /** Without the name, which is personal data. */
    @Override
    public String toString() {
        return "NamedFile[" + store + "]";
    }
}
