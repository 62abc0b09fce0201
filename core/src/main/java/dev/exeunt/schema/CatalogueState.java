package dev.exeunt.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A catalogue as it was read once, to be recognised without being read again. Every change of structure leaves new row versions
 * in the catalogue; where all versions are those that were there, nothing has changed, which costs a tenth of reading. Where some
 * are others, it may still be the same (somebody has rebuilt an index): then it is read, and its digest decides.
 *
 * @param digest as in {@link DatabaseSchema}
 * @param stamp the row versions it was read from, and the database's name
 */
public record CatalogueState(String digest, String stamp) {

    /**
     * Inside the connection's open transaction.
     *
     * @return the name of the database; empty where its structure is another
     */
    public Optional<String> recognised(Connection connection) throws SQLException {
        Stamp live = Stamp.read(connection);
        if (live.text().equals(stamp)) {
            return Optional.of(live.database());
        }
        DatabaseSchema schema = SchemaReader.read(connection);
        return schema.catalogue().digest().equals(digest) ? Optional.of(schema.database()) : Optional.empty();
    }
}
