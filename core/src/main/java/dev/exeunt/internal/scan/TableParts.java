package dev.exeunt.internal.scan;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.internal.schema.TableName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Divides large tables into ranges of pages, which can be read at the same time. */
final class TableParts {

    /** Pages of a part: 32 MB, of pages of 8 kB. */
    private static final long PAGES = 4_096;

    private static final SqlFragment LARGE_TABLES =
            SqlTemplate.of("""
                    SELECT n.nspname, c.relname, s.pages
                      FROM pg_catalog.pg_class AS c
                      JOIN pg_catalog.pg_namespace AS n ON n.oid OPERATOR(pg_catalog.=) c.relnamespace,
                           LATERAL (SELECT pg_catalog.pg_relation_size(c.oid)
                               OPERATOR(pg_catalog./) pg_catalog.current_setting('block_size')::pg_catalog.int8 AS pages) AS s
                     WHERE c.relkind OPERATOR(pg_catalog.=) 'r'
                       AND n.nspname OPERATOR(pg_catalog.<>) 'pg_catalog'
                       AND s.pages OPERATOR(pg_catalog.>) :pages""").bind("pages", PAGES).toFragment();

    private final Map<TableName, Long> pages = new HashMap<>();

    private TableParts() {}

    /** Reads how large the tables are. */
    static TableParts read(Connection connection) throws SQLException {
        TableParts parts = new TableParts();
        SqlRunner.forEach(
                connection,
                LARGE_TABLES,
                0,
                row -> parts.pages.put(new TableName(row.getString(1), row.getString(2)), row.getLong(3)));
        return parts;
    }

    /** Returns conditions each of which is true for one part of the rows; one that is always true where the table is small. */
    List<SqlFragment> of(Table table) {
        long size = pages.getOrDefault(table.name(), 0L);
        if (size == 0 || table.kind() != Table.RelationKind.ORDINARY) {
            return List.of(SqlFragment.of("TRUE"));
        }
        List<SqlFragment> parts = new ArrayList<>();
        for (long page = 0; page < size; page += PAGES) {
            String from = "ctid OPERATOR(pg_catalog.>=) '(" + page + ",0)'::pg_catalog.tid";
            String to = " AND ctid OPERATOR(pg_catalog.<) '(" + (page + PAGES) + ",0)'::pg_catalog.tid";
            parts.add(SqlFragment.of(page + PAGES < size ? from + to : from));
        }
        return parts;
    }
}
