package dev.exeunt.internal.export.section;

import dev.exeunt.internal.export.section.ExportSection.SectionColumn;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlRunner;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the columns in which a person has values that are too large for a row. Only tables are searched whose large values lie apart
 * (TOAST), which takes no time for all others.
 */
public final class LargeValues {

    /** Tables that have something apart, they or their partitions; views and foreign tables may. */
    private static final String APART = """
            WITH RECURSIVE part (name, oid) AS (
                SELECT named.name, named.name::pg_catalog.regclass::pg_catalog.oid
                FROM pg_catalog.unnest(:names::pg_catalog.text[]) AS named (name)
                UNION
                SELECT part.name, child.inhrelid
                FROM part JOIN pg_catalog.pg_inherits AS child ON child.inhparent OPERATOR(pg_catalog.=) part.oid
            )
            SELECT DISTINCT part.name
            FROM part JOIN pg_catalog.pg_class AS class ON class.oid OPERATOR(pg_catalog.=) part.oid
            WHERE class.relkind OPERATOR(pg_catalog.<>) ALL (ARRAY['r', 'p']::pg_catalog."char"[])
                OR class.reltoastrelid OPERATOR(pg_catalog.<>) 0
                    AND pg_catalog.pg_relation_size(class.reltoastrelid) OPERATOR(pg_catalog.>) 0""";

    private final Connection connection;
    private final SubjectRows reach;
    private final Set<String> apart;

    private LargeValues(Connection connection, SubjectRows reach, Set<String> apart) {
        this.connection = connection;
        this.reach = reach;
        this.apart = apart;
    }

    /** Searches in the export's transaction. */
    public static LargeValues of(Connection connection, SubjectRows reach, List<ExportSection> sections)
            throws SQLException {
        String[] names =
                sections.stream().flatMap(LargeValues::tables).distinct().toArray(String[]::new);
        SqlFragment sql = SqlTemplate.of(APART).bind("names", names).toFragment();
        return new LargeValues(
                connection, reach, new HashSet<>(SqlRunner.list(connection, sql, row -> row.getString(1))));
    }

    private static Stream<String> tables(ExportSection section) {
        return Stream.concat(
                Stream.of(section.planned().name().quoted()),
                section.joins().stream().map(join -> join.table().name().quoted()));
    }

    /** Returns the columns of the section in which a value of the person's is too large. */
    public List<SectionColumn> columns(ExportSection section) throws SQLException {
        if (tables(section).noneMatch(apart::contains)) {
            return List.of();
        }
        List<SectionColumn> varying =
                section.columns().stream().filter(LargeValues::mayBeLarge).toList();
        if (varying.isEmpty()) {
            return List.of();
        }
        return SqlRunner.one(connection, new SectionQuery(section, reach, false).hasLarge(varying), row -> {
            List<SectionColumn> large = new ArrayList<>();
            for (int i = 0; i < varying.size(); i++) {
                if (row.getBoolean(i + 1)) {
                    large.add(varying.get(i));
                }
            }
            return large;
        });
    }

    /** Binary values are files whatever their size. A number has 150 kB at most, a value of an enum 63 bytes. */
    private static boolean mayBeLarge(SectionColumn column) {
        char category = column.column().type().category();
        return !BinaryFileSql.fits(column) && SectionQuery.HARMLESS.indexOf(category) < 0 && category != 'E';
    }
}
