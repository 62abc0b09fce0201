package dev.exeunt.internal.schema.catalog;

import dev.exeunt.internal.schema.DatabaseSchema;
import dev.exeunt.internal.schema.SchemaFingerprint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/** Compares the live catalogue with the one that a plan was proven against. */
public final class CatalogComparison {

    private CatalogComparison() {}

    /**
     * Inside the connection's open transaction.
     *
     * @return the name of the database; empty where its structure is another
     */
    public static Optional<String> databaseIfUnchanged(Connection connection, SchemaFingerprint before)
            throws SQLException {
        CatalogRowVersions live = CatalogRowVersions.read(connection);
        if (live.text().equals(before.stamp())) {
            return Optional.of(live.database());
        }
        DatabaseSchema schema = SchemaReader.read(connection);
        return schema.catalogue().digest().equals(before.digest()) ? Optional.of(schema.database()) : Optional.empty();
    }
}
