package dev.exeunt.internal.entry;

import dev.exeunt.internal.map.Fate;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.PlannedSubject;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.LinkConditions;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.map.AccountFlow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Builds a function that counts a person's rows, link by link. It looks as an erasure does: from the person's key along the links, round by
 * round until a round finds no new value. Its variables hold the values that rows are found by. It runs in the path of the role that made
 * it, since conditions of the map stand in it.
 */
final class RowCountFunction {

    private static final String BODY = """
            #variable_conflict use_column
            DECLARE
                {variables}
                exeunt_n pg_catalog.int8 := -1;
                exeunt_before pg_catalog.int8 := -2;
                exeunt_rows pg_catalog.jsonb := '[]';
            BEGIN
                WHILE exeunt_n OPERATOR(pg_catalog.<>) exeunt_before LOOP
                    exeunt_before := exeunt_n;
                    {captures}
                    exeunt_n := {size};
                END LOOP;
                {counts}
                RETURN exeunt_rows;
            END
            """;

    private static final String CAPTURE = """
            SELECT {collected} INTO {variables} FROM (
                SELECT DISTINCT {values} FROM {table} WHERE ({rows}) AND {present}) AS exeunt_v({names});""";

    private static final String COUNT = """
            exeunt_rows := exeunt_rows OPERATOR(pg_catalog.||) (
                SELECT pg_catalog.jsonb_build_object('table', :table::pg_catalog.text, 'link', :link::pg_catalog.text,
                    'fate', :fate::pg_catalog.text, 'reason', :reason::pg_catalog.text, 'for', :for::pg_catalog.text,
                    'rows', pg_catalog.count(*))
                FROM {rowsOf} WHERE {rows});""";

    /** A value that another present person holds as well finds no rows. */
    private static final String ALONE = """
            NOT EXISTS (SELECT FROM {subject} AS p WHERE pg_catalog.lower(p.{column}::pg_catalog.text) OPERATOR(pg_catalog.=) {value}
                AND NOT ({person}))""";

    private final Plan plan;
    private final PlannedSubject subject;
    private final Map<KeySource, List<String>> variables = new LinkedHashMap<>();

    RowCountFunction(Plan plan) {
        this.plan = plan;
        this.subject = plan.subject();
        for (PlannedRole role : plan.roles()) {
            int number = variables.size();
            variables.computeIfAbsent(
                    role.source(),
                    source -> IntStream.range(0, source.columns().size())
                            .mapToObj(i -> "exeunt_k" + number + "_" + i)
                            .toList());
        }
    }

    static String name(AccountFlow flow) {
        return "exeunt.caller_rows_" + flow.word().replace('-', '_');
    }

    static String signature(AccountFlow flow) {
        return name(flow) + "(pg_catalog.text[])";
    }

    EntryFunction function(AccountFlow flow) {
        List<SqlFragment> captures = new ArrayList<>();
        variables.forEach((source, names) -> capture(source, names).ifPresent(captures::add));
        SqlFragment body = SqlTemplate.of(BODY)
                .fragments(
                        "variables",
                        "\n",
                        variables.entrySet().stream().map(this::declared).toList())
                .fragments("captures", "\n", captures)
                .fragment("size", size())
                .fragments(
                        "counts", "\n", plan.roles().stream().map(this::count).toList())
                .toFragment();
        return EntryFunction.reading(name(flow) + "(exeunt_person pg_catalog.text[]) RETURNS pg_catalog.jsonb", body);
    }

    private SqlFragment declared(Map.Entry<KeySource, List<String>> entry) {
        List<SqlFragment> each = new ArrayList<>();
        for (int i = 0; i < entry.getValue().size(); i++) {
            // a foreign key may name the key's columns in another order than the map does
            String start = entry.getKey() instanceof KeySource.SubjectKeyValues keys
                    ? "ARRAY[exeunt_person["
                            + (subject.key().indexOf(keys.columns().get(i)) + 1) + "]]"
                    : "'{}'";
            each.add(SqlTemplate.of("{name} pg_catalog.text[] := {start};")
                    .fragment("name", entry.getValue().get(i))
                    .fragment("start", start)
                    .toFragment());
        }
        return SqlFragment.join(" ", each);
    }

    private Optional<SqlFragment> capture(KeySource source, List<String> names) {
        if (source instanceof KeySource.SubjectKeyValues) {
            return Optional.empty();
        }
        List<RoleId> of = source instanceof KeySource.RoleRows rows ? rows.roles() : List.of(plan.self());
        List<SqlFragment> reached =
                of.stream().map(id -> matches(plan.role(id).orElseThrow())).toList();
        List<SqlFragment> values = source.columns().stream()
                .map(column -> LinkConditions.value(source, column))
                .toList();
        return Optional.of(SqlTemplate.of(CAPTURE)
                .fragments(
                        "collected",
                        ", ",
                        names.stream().map(RowCountFunction::collected).toList())
                .fragment("variables", String.join(", ", names))
                .fragments("values", ", ", values)
                .fragment(
                        "table",
                        plan.role(of.get(0)).orElseThrow().table().name().quoted())
                .fragment("rows", SqlFragment.anyOf(reached))
                .fragment("present", present(source, values))
                .fragment(
                        "names",
                        String.join(
                                ", ",
                                IntStream.range(0, names.size())
                                        .mapToObj(i -> "v" + i)
                                        .toList()))
                .toFragment());
    }

    private static SqlFragment collected(String name) {
        String column = "exeunt_v.v" + name.substring(name.lastIndexOf('_') + 1);
        return SqlFragment.of("coalesce(pg_catalog.array_agg(" + column + "), '{}')");
    }

    private SqlFragment present(KeySource source, List<SqlFragment> values) {
        List<SqlFragment> conditions = new ArrayList<>();
        values.forEach(value -> conditions.add(value.plus(" IS NOT NULL")));
        if (source instanceof KeySource.IdentifierValues identifier) {
            SqlFragment value = values.get(0);
            conditions.add(SqlTemplate.of("pg_catalog.btrim({value}) OPERATOR(pg_catalog.<>) ''")
                    .fragment("value", value)
                    .toFragment());
            conditions.add(alone(identifier.column()));
        }
        return SqlFragment.join(" AND ", conditions);
    }

    private SqlFragment alone(Column column) {
        SqlFragment value = SqlTemplate.of("pg_catalog.lower({table}.{column}::pg_catalog.text)")
                .fragment("table", subject.table().name().quoted())
                .identifier("column", column.name())
                .toFragment();
        return SqlTemplate.of(ALONE)
                .fragment("subject", subject.table().name().quoted())
                .identifier("column", column.name())
                .fragment("value", value)
                .fragment("person", PersonSql.isPerson(subject, "exeunt_person"))
                .toFragment();
    }

    private SqlFragment size() {
        List<SqlFragment> sizes = variables.values().stream()
                .map(names -> SqlFragment.of("pg_catalog.cardinality(" + names.get(0) + ")"))
                .toList();
        return SqlFragment.join(" OPERATOR(pg_catalog.+) ", sizes);
    }

    private SqlFragment matches(PlannedRole role) {
        return LinkConditions.matches(role, Objects.requireNonNull(variables.get(role.source())));
    }

    private SqlFragment count(PlannedRole role) {
        Fate.Keep keep = role.fate().keep().orElse(null);
        return SqlTemplate.of(COUNT)
                .bind("table", role.id().table().toString())
                .bind("link", role.id().role())
                .bind("fate", role.fate().word())
                .bind("reason", keep == null ? null : keep.reason())
                .bind(
                        "for",
                        keep == null || keep.period() == null
                                ? null
                                : keep.period().toString())
                .fragment("rowsOf", role.table().name().quoted())
                .fragment("rows", matches(role))
                .toFragment();
    }
}
