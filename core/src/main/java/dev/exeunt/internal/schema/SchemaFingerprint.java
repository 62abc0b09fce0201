package dev.exeunt.internal.schema;

import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a schema that was read before, so that a later connection recognises it without reading it again. Every
 * change of structure leaves new row versions in the catalogue; where all versions are those that were there, nothing
 * has changed, which costs a tenth of reading. Where some are others, the schema may still be the same (for example
 * after an index was rebuilt): then it is read, and its digest decides.
 *
 * <p>The digest is computed when it is first asked for: a draft, and a check that finds an error, need none.
 */
public final class SchemaFingerprint {

    private final String stamp;
    private @Nullable Supplier<String> computation;
    private @Nullable String digest;

    /**
     * @param computation of the digest; runs once at most
     * @param stamp the row versions it was read from, and the database's name
     */
    public SchemaFingerprint(Supplier<String> computation, String stamp) {
        this.computation = computation;
        this.stamp = stamp;
    }

    /** As in {@link DatabaseSchema}. */
    public synchronized String digest() {
        String known = digest;
        if (known == null) {
            known = Objects.requireNonNull(computation).get();
            digest = known;
            computation = null; // it holds facts that are of no further use
        }
        return known;
    }

    /** The row versions it was read from, and the database's name. */
    public String stamp() {
        return stamp;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SchemaFingerprint fingerprint
                && stamp.equals(fingerprint.stamp)
                && digest().equals(fingerprint.digest());
    }

    @Override
    public int hashCode() {
        return stamp.hashCode();
    }
}
