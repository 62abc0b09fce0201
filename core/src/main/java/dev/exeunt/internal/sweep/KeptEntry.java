package dev.exeunt.internal.sweep;

import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.schema.TableName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/**
 * Names the rows that one erasure kept by one link.
 *
 * @param erasure the receipt's number
 */
record KeptEntry(
        long id,
        UUID erasure,
        String flow,
        TableName table,
        String role,
        List<String> keyColumns,
        List<String> linkColumns) {

    static KeptEntry read(ResultSet row) throws SQLException {
        return new KeptEntry(
                row.getLong("id"),
                row.getObject("erasure", UUID.class),
                row.getString("flow"),
                new TableName(row.getString("table_schema"), row.getString("table_name")),
                row.getString("role"),
                SqlRunner.texts(row, "key_columns"),
                SqlRunner.texts(row, "link_columns"));
    }
}
