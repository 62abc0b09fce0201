package dev.exeunt.internal.enforce;

import dev.exeunt.internal.plan.PlannedHiding.Watermark;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.map.LocatedText;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Builds the policies that make the rows of hidden people absent for the application's roles. */
final class RowPolicySql {

    /** Lets every role of the map see all rows, where no policy of the application says who sees what. */
    static final String ROWS = "exeunt_rows";

    /** Narrows what the application's roles see. */
    static final String ABSENT = "exeunt_absent";

    /** A row may be written about a hidden person; only reading it back is refused. */
    private static final String RESTRICTIVE = """
            CREATE POLICY exeunt_absent ON {table} AS RESTRICTIVE FOR ALL TO {roles} USING (
                {visible}
            ) WITH CHECK (TRUE)""";

    private static final String PERMISSIVE =
            "CREATE POLICY exeunt_rows ON {table} FOR ALL TO {roles} USING (TRUE) WITH CHECK (TRUE)";

    private static final String NOT_HIDDEN = "NOT EXISTS (SELECT FROM exeunt.absent_account AS exeunt_a WHERE {same})";

    /** The first part is hashed; the second is asked only about people who have asked to delete their data. */
    private static final String NEWER = """
            (NOT EXISTS (SELECT FROM exeunt.absent_data AS exeunt_a WHERE {same})
                OR NOT EXISTS (SELECT FROM exeunt.absent_data AS exeunt_a WHERE {same}
                    AND {column} OPERATOR(pg_catalog.{earlier}) exeunt_a.requested_at))""";

    private final EnforcementRules rules;

    RowPolicySql(EnforcementRules rules) {
        this.rules = rules;
    }

    /** @param table the enforced table itself, or a part of it */
    String absent(TableName table, List<EnforcedLink> links) {
        return SqlTemplate.of(RESTRICTIVE)
                .fragment("table", table.quoted())
                .fragment("roles", SqlQuoting.identifiers(rules.application()))
                .fragment(
                        "visible",
                        links.stream().map(link -> visible(table, link)).collect(Collectors.joining("\n    AND ")))
                .toFragment()
                .inlined();
    }

    String rows(TableName table) {
        return SqlTemplate.of(PERMISSIVE)
                .fragment("table", table.quoted())
                .fragment(
                        "roles",
                        SqlQuoting.identifiers(Stream.concat(rules.application().stream(), rules.exempt().stream())
                                .toList()))
                .toFragment()
                .sql();
    }

    private static String visible(TableName table, EnforcedLink link) {
        IntFunction<String> column = i -> column(table, link.role().on().get(i).name());
        String same = link.isOneOf("exeunt_a", column);
        String visible =
                SqlTemplate.of(NOT_HIDDEN).fragment("same", same).toFragment().sql();
        Watermark watermark = link.watermark();
        if (watermark != null) {
            visible = visible + "\n    AND "
                    + SqlTemplate.of(NEWER)
                            .fragment("same", same)
                            .fragment("column", column(table, watermark.column().name()))
                            .fragment("earlier", watermark.created() ? "<" : "<=")
                            .toFragment()
                            .sql();
        }
        LocatedText where = link.role().where();
        return where == null
                ? visible
                : SqlTemplate.of("((({where}) IS NOT TRUE) OR ({visible}))")
                        .fragment("where", where(table, link, where))
                        .fragment("visible", SqlFragment.of(visible))
                        .toFragment()
                        .sql();
    }

    /** The condition as a policy takes it. On a part it is asked of a row with the name of the table that the map has. */
    private static SqlFragment where(TableName table, EnforcedLink link, LocatedText where) {
        SqlFragment text = SqlFragment.trusted(where.text());
        if (table.equals(link.role().table().name())) {
            return SqlTemplate.of("{where}\n").fragment("where", text).toFragment();
        }
        String columns = link.role().table().columns().stream()
                .map(c -> column(table, c.name()) + " AS " + SqlQuoting.identifier(c.name()))
                .collect(Collectors.joining(", "));
        return SqlTemplate.of("SELECT ({where}\n) FROM (SELECT {columns}) AS {name}")
                .fragment("where", text)
                .fragment("columns", columns)
                .identifier("name", link.role().table().name().name())
                .toFragment();
    }

    private static String column(TableName table, String name) {
        return table.quoted() + "." + SqlQuoting.identifier(name);
    }
}
