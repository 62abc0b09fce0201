package dev.exeunt.schema;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** A row of {@link CatalogQueries#TABLES}. */
record TableRow(long oid, TableName name, Table.Kind kind, Rights rights, List<Long> parents, long estimatedRows) {

    static TableRow of(ResultSet row) throws SQLException {
        return new TableRow(
                row.getLong("oid"),
                new TableName(row.getString("schema"), row.getString("name")),
                kind(row.getString("kind")),
                new Rights(
                        row.getBoolean("usage"),
                        row.getBoolean("may_select"),
                        row.getBoolean("may_update"),
                        row.getBoolean("may_delete"),
                        row.getBoolean("sees_all")),
                List.of((Long[]) row.getArray("parents").getArray()),
                row.getLong("estimated_rows"));
    }

    /** {@code pg_class.relkind} */
    private static Table.Kind kind(String relkind) {
        return switch (relkind) {
            case "r" -> Table.Kind.ORDINARY;
            case "p" -> Table.Kind.PARTITIONED;
            case "f" -> Table.Kind.FOREIGN;
            default -> throw new IllegalArgumentException("relkind " + relkind);
        };
    }
}
