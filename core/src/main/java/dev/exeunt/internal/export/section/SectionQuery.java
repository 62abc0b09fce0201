package dev.exeunt.internal.export.section;

import dev.exeunt.internal.export.section.ExportSection.SectionColumn;
import dev.exeunt.internal.plan.PlannedJoin;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The SQL of a section, once as JSON and once as CSV, over the same rows. {@code COPY} takes no parameters, so captured keys
 * stand in it as literals; see {@link SqlFragment#inlined()}.
 */
public final class SectionQuery {

    private static final String ROW = "exeunt_row";
    private static final String ALLOWED = "exeunt_allowed";
    private static final String JOINED = "exeunt_joined";

    /** Categories of types whose text cannot be a formula: numbers, dates, booleans, spans of time, network addresses. */
    private static final String HARMLESS = "NDBTI";

    private final ExportSection section;
    private final SubjectRows reach;
    private final String table;

    public SectionQuery(ExportSection section, SubjectRows reach) {
        this.section = section;
        this.reach = reach;
        this.table = section.planned().name().quoted();
    }

    public CopySql sql() {
        List<CsvSql.Cell> cells = section.columns().stream()
                .map(c -> new CsvSql.Cell(
                        c.name(), HARMLESS.indexOf(c.column().type().category()) >= 0))
                .toList();
        return new CopySql(section.name(), section.planned().name().toString(), json(), new CsvSql(cells), rows());
    }

    /** One column of JSON text; in binary, since COPY as text would double its backslashes. */
    private String json() {
        // with .*, or a column of that name would be taken for the row
        return SqlFragment.of("COPY (SELECT pg_catalog.row_to_json(" + ROW + ".*)::pg_catalog.text FROM (")
                .plus(rows())
                .plus(") AS " + ROW + ") TO STDOUT (FORMAT binary)")
                .inlined();
    }

    private SqlFragment rows() {
        List<List<PlannedRole>> partial = section.partial().stream()
                .map(SectionColumn::allowedBy)
                .distinct()
                .toList();
        String columns = section.columns().stream().map(c -> value(c, partial)).collect(Collectors.joining(", "));
        return SqlFragment.of("SELECT " + columns + " FROM " + table)
                .plus(allowed(partial))
                .plus(joined())
                .plus(" WHERE ")
                .plus(reach.matchesAny(section.roles()))
                .plus(order());
    }

    /** Whether each set of roles that shows a column reaches the row: asked once a row, written once a query. */
    private SqlFragment allowed(List<List<PlannedRole>> partial) {
        if (partial.isEmpty()) {
            return SqlFragment.EMPTY;
        }
        List<SqlFragment> flags = new ArrayList<>();
        for (int i = 0; i < partial.size(); i++) {
            flags.add(SqlFragment.of("(").plus(reach.matchesAny(partial.get(i))).plus(") AS exeunt_" + i));
        }
        return SqlFragment.of(" CROSS JOIN LATERAL (SELECT ")
                .plus(SqlFragment.join(", ", flags))
                .plus(") AS " + ALLOWED);
    }

    private String value(SectionColumn column, List<List<PlannedRole>> partial) {
        String name = SqlQuoting.identifier(column.name());
        PlannedJoin join = column.join();
        String own = join == null ? table + "." + name : alias(column);
        return column.everywhere()
                ? own + " AS " + name
                : "CASE WHEN " + ALLOWED + ".exeunt_" + partial.indexOf(column.allowedBy()) + " THEN " + own
                        + " END AS " + name;
    }

    private String joined() {
        StringBuilder joins = new StringBuilder();
        for (int i = 0; i < section.joins().size(); i++) {
            joins.append(joined(section.joins().get(i), i));
        }
        return joins.toString();
    }

    /**
     * The row that a row refers to, or nothing. Behind a name of its own, and with names of their own for its columns: a
     * {@code where:} of the map may name columns of the table without saying of which.
     */
    private String joined(PlannedJoin join, int number) {
        String other = "exeunt_other" + number;
        List<String> columns = new ArrayList<>();
        for (SectionColumn column : section.columns()) {
            if (column.join() != null && column.join().sameRow(join)) {
                columns.add(other + "." + SqlQuoting.identifier(column.column().name()) + " AS " + alias(column));
            }
        }
        List<String> same = new ArrayList<>();
        for (int k = 0; k < join.on().size(); k++) {
            Column here = join.on().get(k);
            Column there = join.key().get(k);
            boolean alike = here.type().category() == there.type().category();
            String cast = alike ? "" : "::pg_catalog.text";
            String equality = alike ? there.type().equality() : "OPERATOR(pg_catalog.=)";
            same.add(other + "." + SqlQuoting.identifier(there.name()) + cast + " " + equality + " " + table + "."
                    + SqlQuoting.identifier(here.name()) + cast);
        }
        return " LEFT JOIN LATERAL (SELECT " + String.join(", ", columns) + " FROM "
                + join.table().name().quoted() + " AS " + other + " WHERE " + String.join(" AND ", same) + ") AS "
                + JOINED + number + " ON true";
    }

    private String alias(SectionColumn column) {
        return JOINED + "_" + section.columns().indexOf(column);
    }

    private String order() {
        List<String> key = section.planned().table().primaryKey();
        return key.isEmpty()
                ? ""
                : key.stream()
                        .map(c -> table + "." + SqlQuoting.identifier(c))
                        .collect(Collectors.joining(", ", " ORDER BY ", ""));
    }
}
