package dev.exeunt.internal.schema.catalog;

import dev.exeunt.ExeuntException;
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

    /**
     * Compares inside the connection's open transaction, which has changed nothing so far.
     *
     * @param undone what then did not happen: {@code erased}, {@code changed}
     * @return the name of the database
     * @throws CatalogueChangedException where its structure is another
     */
    public static String requireUnchanged(Connection connection, SchemaFingerprint before, String undone)
            throws SQLException {
        return databaseIfUnchanged(connection, before).orElseThrow(() -> new CatalogueChangedException(undone));
    }

    /** Thrown when the database's structure is not the one that a plan was proven against. */
    public static final class CatalogueChangedException extends ExeuntException {
        private static final long serialVersionUID = 1L;

        CatalogueChangedException(String undone) {
            super("Nothing was " + undone + ": the database's structure has changed since the map was checked."
                    + " Run exeunt check again.");
        }
    }
}
