package dev.exeunt.internal.export.section;

import dev.exeunt.internal.export.section.ExportSection.SectionColumn;
import dev.exeunt.internal.plan.PlannedJoin;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectRows;
import dev.exeunt.internal.schema.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The SQL of a section, once as JSON and once as CSV, over the same rows. {@code COPY} takes no parameters, so captured keys
 * stand in it as literals; see {@link SqlFragment#inlined()}.
 */
public final class SectionQuery {

    private static final String JOINED = "exeunt_joined";

    /** Categories of types whose text cannot be a formula: numbers, dates, booleans, spans of time, network addresses. */
    static final String HARMLESS = "NDBTI";

    private final ExportSection section;
    private final SubjectRows reach;
    private final String table;

    private final RoleFlags flags;
    private final List<ColumnFileSql> files = new ArrayList<>();

    /** @param files whether binary values become files of their own; else they stand in the rows, in hexadecimal */
    public SectionQuery(ExportSection section, SubjectRows reach, boolean files) {
        this(section, reach, files, List.of());
    }

    /** @param large columns whose large values become files of their own, too */
    public SectionQuery(ExportSection section, SubjectRows reach, boolean files, List<SectionColumn> large) {
        this.section = section;
        this.reach = reach;
        this.table = section.planned().name().quoted();
        this.flags = new RoleFlags(section, reach);
        for (SectionColumn column : section.columns()) {
            String alias = "exeunt_file" + this.files.size();
            if (files && BinaryFileSql.fits(column)) {
                this.files.add(new BinaryFileSql(column, alias, value(column)));
            } else if (files && LargeObjectSql.fits(column)) {
                this.files.add(new LargeObjectSql(column, alias, value(column)));
            } else if (large.contains(column)) {
                this.files.add(new LargeValueSql(column, alias, value(column)));
            }
        }
    }

    public CopySql sql() {
        List<CsvCopySql.Cell> cells = new ArrayList<>();
        for (SectionColumn column : section.columns()) {
            cells.add(new CsvCopySql.Cell(column.name(), isHarmless(column)));
        }
        if (section.roleColumn() != null) {
            cells.add(new CsvCopySql.Cell(section.roleColumn(), false));
        }
        return new CopySql(
                section.name(),
                section.planned().name().toString(),
                new CsvCopySql(cells),
                rows(ColumnFileSql::json),
                rows(ColumnFileSql::csv),
                files.stream().map(f -> f.copy(from())).toList());
    }

    /**
     * Returns a query for the texts of one of the table's own columns where a role shows them, each once and in order, and how many
     * there are in all. Of an array they are its elements. A mask is none of them.
     *
     * @param most how many rows the query has at most
     */
    public SqlFragment texts(SectionColumn column, int most) {
        SqlFragment shown = column.everywhere()
                ? own(column)
                : SqlTemplate.of("CASE WHEN {seen} THEN {held} END")
                        .fragment("seen", flags.of(column.allowedBy()))
                        .fragment("held", own(column))
                        .toFragment();
        boolean list = column.column().type().isArray();
        return SqlTemplate.of("""
                        SELECT exeunt_text, pg_catalog.count(*) OVER () FROM (
                            SELECT DISTINCT exeunt_text FROM {table} {allowed}
                            CROSS JOIN LATERAL pg_catalog.unnest({elements}) AS exeunt_elements(exeunt_text) WHERE {theirs}
                        ) AS exeunt_texts
                        WHERE exeunt_text IS NOT NULL ORDER BY exeunt_text LIMIT :most""")
                .fragment(
                        "elements",
                        SqlTemplate.of(list ? "({value})::pg_catalog.text[]" : "ARRAY[({value})::pg_catalog.text]")
                                .fragment("value", shown)
                                .toFragment())
                .fragment("table", table)
                .fragment("allowed", flags.join())
                .fragment("theirs", reach.matchesAny(section.roles()))
                .bind("most", most)
                .toFragment();
    }

    /** Returns a query of one row with a boolean for each of the columns: whether a value of the person's is too large for a row. */
    SqlFragment hasLarge(List<SectionColumn> columns) {
        return SqlTemplate.of("SELECT {flags} FROM {from}")
                .fragment(
                        "flags",
                        columns.stream()
                                .map(c -> SqlTemplate.of("pg_catalog.bool_or({large})")
                                        .fragment("large", new LargeValueSql(c, "", value(c)).isLarge())
                                        .toFragment())
                                .collect(SqlFragment.joining(", ")))
                .fragment("from", from())
                .toFragment();
    }

    /**
     * Returns a query for the numbers of large objects in a column that the role may not read, each once and in order, and how many there
     * are in all.
     *
     * @param most how many rows the query has at most
     */
    public SqlFragment forbiddenObjects(SectionColumn column, int most) {
        SqlFragment value = value(column);
        return SqlTemplate.of("""
                        SELECT exeunt_text, pg_catalog.count(*) OVER () FROM (
                            SELECT DISTINCT ({value})::pg_catalog.text AS exeunt_text FROM {from} AND {forbidden}
                        ) AS exeunt_texts
                        ORDER BY exeunt_text LIMIT :most""")
                .fragment("value", value)
                .fragment("from", from())
                .fragment("forbidden", new LargeObjectSql(column, "", value).isForbidden())
                .bind("most", most)
                .toFragment();
    }

    private boolean isHarmless(SectionColumn column) {
        return file(column)
                .map(ColumnFileSql::isHarmless)
                .orElseGet(() -> HARMLESS.indexOf(column.column().type().category()) >= 0);
    }

    private Optional<ColumnFileSql> file(SectionColumn column) {
        return files.stream().filter(f -> f.column().equals(column)).findFirst();
    }

    /** @param file what stands for a value that may be a file of its own */
    private SqlFragment rows(Function<ColumnFileSql, SqlFragment> file) {
        Stream<SqlFragment> values =
                section.columns().stream().map(c -> as(file(c).map(file).orElseGet(() -> value(c)), c.name()));
        Stream<SqlFragment> roles = Stream.ofNullable(section.roleColumn()).map(c -> as(flags.names(), c));
        return SqlTemplate.of("SELECT {columns} FROM {from} {order}")
                .fragment("columns", Stream.concat(values, roles).collect(SqlFragment.joining(", ")))
                .fragment("from", from())
                .fragment("order", order())
                .toFragment();
    }

    private SqlFragment from() {
        return SqlTemplate.of("{table} {allowed} {joins} {files} WHERE {rows}")
                .fragment("table", table)
                .fragment("allowed", flags.join())
                .fragment("joins", joins())
                .fragment(
                        "files", files.stream().map(f -> f.join(section.name())).collect(SqlFragment.joining(" ")))
                .fragment("rows", reach.matchesAny(section.roles()))
                .toFragment();
    }

    private static SqlFragment as(SqlFragment value, String name) {
        return SqlTemplate.of("{value} AS {name}")
                .fragment("value", value)
                .identifier("name", name)
                .toFragment();
    }

    private SqlFragment value(SectionColumn column) {
        if (column.everywhere()) {
            return own(column);
        }
        return SqlTemplate.of("CASE {cases} ELSE NULL END")
                .fragment("cases", cases(column))
                .toFragment();
    }

    /** The value where a role shows it, else its mask where a role masks it. The mask takes the column's type, as a text of it would. */
    private SqlFragment cases(SectionColumn column) {
        SqlFragment shown = SqlTemplate.of("WHEN {allowed} THEN {own}")
                .fragment("allowed", flags.of(column.allowedBy()))
                .fragment("own", own(column))
                .toFragment();
        if (!column.isMaskedByText()) {
            return shown;
        }
        return SqlTemplate.of("{shown} WHEN {masked} AND {own} IS NOT NULL THEN {mask}")
                .fragment("shown", shown)
                .fragment("masked", flags.of(column.maskedBy()))
                .fragment("own", own(column))
                .fragment("mask", SqlQuoting.literal(ExportSection.MASK))
                .toFragment();
    }

    private SqlFragment own(SectionColumn column) {
        return column.join() == null
                ? column(column.name())
                : SqlTemplate.of("{alias}").identifier("alias", alias(column)).toFragment();
    }

    private SqlFragment column(String name) {
        return SqlTemplate.of("{table}.{column}")
                .fragment("table", table)
                .identifier("column", name)
                .toFragment();
    }

    private SqlFragment joins() {
        return IntStream.range(0, section.joins().size())
                .mapToObj(i -> joined(section.joins().get(i), i))
                .collect(SqlFragment.joining(" "));
    }

    /**
     * The row that a row refers to, or nothing. Behind a name of its own, and with names of their own for its columns: a
     * {@code where:} of the map may name columns of the table without saying of which.
     */
    private SqlFragment joined(PlannedJoin join, int number) {
        String other = "exeunt_other" + number;
        SqlFragment columns = section.columns().stream()
                .filter(c -> c.join() != null && c.join().sameRow(join))
                .map(c -> SqlTemplate.of("{other}.{column} AS {alias}")
                        .identifier("other", other)
                        .identifier("column", c.column().name())
                        .identifier("alias", alias(c))
                        .toFragment())
                .collect(SqlFragment.joining(", "));
        SqlFragment same = IntStream.range(0, join.on().size())
                .mapToObj(k -> same(join.on().get(k), join.key().get(k), other))
                .collect(SqlFragment.joining(" AND "));
        return SqlTemplate.of("""
                        LEFT JOIN LATERAL (SELECT {columns} FROM {table} AS {other} WHERE {same}) AS {joined} ON true""")
                .fragment("columns", columns)
                .fragment("table", join.table().name().quoted())
                .identifier("other", other)
                .fragment("same", same)
                .identifier("joined", JOINED + number)
                .toFragment();
    }

    private SqlFragment same(Column here, Column there, String other) {
        boolean alike = here.type().category() == there.type().category();
        String template = alike
                ? "{other}.{there} {equals} {here}"
                : "{other}.{there}::pg_catalog.text {equals} {here}::pg_catalog.text";
        return SqlTemplate.of(template)
                .identifier("other", other)
                .identifier("there", there.name())
                .fragment("equals", alike ? there.type().equality() : "OPERATOR(pg_catalog.=)")
                .fragment("here", column(here.name()))
                .toFragment();
    }

    private String alias(SectionColumn column) {
        return JOINED + "_" + section.columns().indexOf(column);
    }

    private SqlFragment order() {
        List<String> key = section.planned().table().primaryKey();
        return key.isEmpty()
                ? SqlFragment.EMPTY
                : SqlTemplate.of("ORDER BY {key}")
                        .fragment("key", key.stream().map(this::column).collect(SqlFragment.joining(", ")))
                        .toFragment();
    }
}
