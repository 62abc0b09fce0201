package dev.exeunt.internal.schema.catalog;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Reads rows of the catalogue and their arrays. */
final class CatalogRows {

    private CatalogRows() {}

    static <T> List<T> query(Connection connection, String sql, SqlRunner.RowMapper<T> mapper) throws SQLException {
        return SqlRunner.list(connection, SqlFragment.of(sql), mapper);
    }

    /** A {@code text[]} without NULLs. */
    static List<String> strings(ResultSet row, String column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
