package dev.exeunt.internal.schema.trial;

import dev.exeunt.internal.postgres.ServerSqlError;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the PREPARE statement and the temporary view that make PostgreSQL analyse one SQL text. One is prepared, which
 * parses it where it will stand and in a context as strict: a condition must be boolean, a value assignable to its
 * column, and neither may aggregate or return sets; a query must be one, and change nothing. The other is a view, in
 * whose stored tree the database writes down every function and table that it has found for the text. Neither plans or
 * runs it.
 *
 * @param name of the view
 */
record TrialStatements(MapSql text, String name) {

    static final String FORGOTTEN = "DEALLOCATE exeunt_trial";

    private static final String SELECT = " SELECT ";
    private static final String RESULT = " AS exeunt_result";

    private static final String CAST_VIEW = """
            CREATE TEMPORARY VIEW {view} AS SELECT CAST(({text}
            ) AS {type}) AS exeunt_result FROM {table}""";

    private static final String CONDITION_VIEW = """
            CREATE TEMPORARY VIEW {view} AS SELECT ({text}
            ) AS exeunt_result FROM {table}""";

    private static final String QUERY_VIEW = """
            CREATE TEMPORARY VIEW {view} AS SELECT * FROM ({text}
            ) AS exeunt_query""";

    String prepared() {
        return SqlTemplate.of("""
                        {before}{text}
                        ){after}""")
                .fragment("before", before())
                .fragment("text", text instanceof MapSql.SubjectQuery query ? parameters(query) : text.sql())
                .fragment("after", text instanceof MapSql.SubjectQuery ? " AS exeunt_query" : "")
                .toFragment()
                .sql();
    }

    private String before() {
        if (text instanceof MapSql.ColumnExpression value) {
            return SqlTemplate.of("PREPARE exeunt_trial AS UPDATE {table} SET {column} = (")
                    .fragment("table", value.table().quoted())
                    .identifier("column", value.column())
                    .toFragment()
                    .sql();
        } else if (text instanceof MapSql.RowCondition condition) {
            return SqlTemplate.of("PREPARE exeunt_trial AS SELECT FROM {table} WHERE (")
                    .fragment("table", condition.table().quoted())
                    .toFragment()
                    .sql();
        }
        MapSql.SubjectQuery query = (MapSql.SubjectQuery) text;
        return SqlTemplate.of("PREPARE exeunt_trial ({key}, {arrays}) AS SELECT * FROM (")
                .fragment("key", all(query, i -> query.key().get(i)))
                .fragment("arrays", all(query, i -> array(query.key().get(i))))
                .toFragment()
                .sql();
    }

    private static String array(String type) {
        return SqlTemplate.of("{type}[]").fragment("type", type).toFragment().sql();
    }

    String view() {
        if (text instanceof MapSql.ColumnExpression value) {
            return view(CAST_VIEW, value.sql())
                    .fragment("type", value.type())
                    .fragment("table", value.table().quoted())
                    .toFragment()
                    .sql();
        } else if (text instanceof MapSql.RowCondition condition) {
            return view(CONDITION_VIEW, text.sql())
                    .fragment("table", condition.table().quoted())
                    .toFragment()
                    .sql();
        }
        MapSql.SubjectQuery query = (MapSql.SubjectQuery) text;
        IntFunction<String> value = i -> nullOf(query.key().get(i));
        IntFunction<String> array = i -> nullOf(array(query.key().get(i)));
        String filled = QueryPlaceholders.in(query.sql()).filled(subject(query, value), leaving(query, array));
        return view(QUERY_VIEW, filled).toFragment().sql();
    }

    private SqlTemplate view(String template, String sql) {
        return SqlTemplate.of(template).fragment("view", name).fragment("text", sql);
    }

    private static String nullOf(String type) {
        return SqlTemplate.of("CAST(NULL AS {type})")
                .fragment("type", type)
                .toFragment()
                .sql();
    }

    /**
     * The expression out of the definition of {@link #view}, as the database writes it: every name that is not of {@code pg_catalog}
     * with its schema. Empty for a query.
     */
    Optional<String> expression(String definition) {
        int start = definition.indexOf(SELECT);
        int end = definition.lastIndexOf(RESULT + "\n   FROM ");
        return text instanceof MapSql.SubjectQuery || start != 0 || end < 0
                ? Optional.empty()
                : Optional.of(definition.substring(SELECT.length(), end));
    }

    /** The table at whose rows a condition or an expression looks, one by one; null for a query. */
    @Nullable
    TableName rowsTable() {
        if (text instanceof MapSql.ColumnExpression value) {
            return value.table();
        }
        return text instanceof MapSql.RowCondition condition ? condition.table() : null;
    }

    private static String parameters(MapSql.SubjectQuery query) {
        return QueryPlaceholders.in(query.sql()).filled(subject(query), leaving(query));
    }

    private static String subject(MapSql.SubjectQuery query) {
        return subject(query, i -> "$" + (i + 1));
    }

    private static String leaving(MapSql.SubjectQuery query) {
        return leaving(query, i -> "$" + (query.key().size() + i + 1));
    }

    private static String subject(MapSql.SubjectQuery query, IntFunction<String> part) {
        return query.key().size() == 1 ? part.apply(0) : around("ROW({parts})", all(query, part));
    }

    /** Behind ANY and ALL an array and a query stand in the same parentheses. */
    private static String leaving(MapSql.SubjectQuery query, IntFunction<String> part) {
        return query.key().size() == 1 ? part.apply(0) : around("SELECT * FROM unnest({parts})", all(query, part));
    }

    private static String around(String template, String parts) {
        return SqlTemplate.of(template).fragment("parts", parts).toFragment().sql();
    }

    private static String all(MapSql.SubjectQuery query, IntFunction<String> part) {
        return IntStream.range(0, query.key().size()).mapToObj(part).collect(Collectors.joining(", "));
    }

    /** The server counts in whole characters, and so from the statement's beginning. */
    SqlVerdict.SqlTextError fault(ServerSqlError fault) {
        int before = before().codePointCount(0, before().length());
        int length = text.sql().codePointCount(0, text.sql().length());
        int place = fault.place().isPresent() ? fault.place().getAsInt() - before : -1;
        if (place >= 0 && text instanceof MapSql.SubjectQuery query) {
            place = QueryPlaceholders.in(query.sql()).positionBeforeFilling(place, subject(query), leaving(query));
        }
        return new SqlVerdict.SqlTextError(
                fault.says(),
                place >= 0 && place < length ? OptionalInt.of(place) : OptionalInt.empty(),
                fault.sqlState().equals("42501"));
    }
}
