package dev.exeunt.internal.schema.catalog;

import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.internal.schema.TablePrivileges;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Holds a row of {@link CatalogQueries#TABLES}. */
record CatalogTableRow(
        long oid,
        TableName name,
        Table.RelationKind kind,
        TablePrivileges rights,
        List<Long> parents,
        long estimatedRows) {

    static CatalogTableRow of(ResultSet row) throws SQLException {
        return new CatalogTableRow(
                row.getLong("oid"),
                new TableName(row.getString("schema"), row.getString("name")),
                kind(row.getString("kind")),
                new TablePrivileges(
                        row.getBoolean("usage"),
                        row.getBoolean("may_select"),
                        row.getBoolean("may_update"),
                        row.getBoolean("may_delete"),
                        row.getBoolean("sees_all")),
                List.of((Long[]) row.getArray("parents").getArray()),
                row.getLong("estimated_rows"));
    }

    /** {@code pg_class.relkind} */
    private static Table.RelationKind kind(String relkind) {
        return switch (relkind) {
            case "r" -> Table.RelationKind.ORDINARY;
            case "p" -> Table.RelationKind.PARTITIONED;
            case "f" -> Table.RelationKind.FOREIGN;
            default -> throw new IllegalArgumentException("relkind " + relkind);
        };
    }
}
