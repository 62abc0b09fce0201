package dev.exeunt.internal.schema;

import dev.exeunt.internal.schema.catalog.CatalogRowVersions;
import dev.exeunt.internal.schema.catalog.SchemaReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Identifies a schema that was read before, so that a later connection recognises it without reading it again. Every
 * change of structure leaves new row versions in the catalogue; where all versions are those that were there, nothing
 * has changed, which costs a tenth of reading. Where some are others, it may still be the same (somebody has rebuilt an
 * index): then it is read, and its digest decides.
 *
 * @param digest as in {@link DatabaseSchema}
 * @param stamp the row versions it was read from, and the database's name
 */
public record SchemaFingerprint(String digest, String stamp) {

    /**
     * Inside the connection's open transaction.
     *
     * @return the name of the database; empty where its structure is another
     */
    public Optional<String> databaseIfUnchanged(Connection connection) throws SQLException {
        CatalogRowVersions live = CatalogRowVersions.read(connection);
        if (live.text().equals(stamp)) {
            return Optional.of(live.database());
        }
        DatabaseSchema schema = SchemaReader.read(connection);
        return schema.catalogue().digest().equals(digest) ? Optional.of(schema.database()) : Optional.empty();
    }
}
