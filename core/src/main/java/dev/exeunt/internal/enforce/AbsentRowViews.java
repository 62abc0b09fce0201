package dev.exeunt.internal.enforce;

import dev.exeunt.internal.enforce.EnforcedLink.HiddenData;
import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.RoleId;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.TableName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Builds views of what hidden people's rows hold, by which the rows of other links are found: the keys of rows for {@code through}, the
 * values of identifiers for {@code matches}. A view reads with the rights of its owner, so the policies of the tables that it reads do
 * not act in it.
 */
final class AbsentRowViews {

    /** Conditions of a query are asked only of what the view gives away. */
    private static final String VIEW = """
            CREATE VIEW {name} WITH (security_barrier = true) AS
            {rows}""";

    private static final String ROWS = """
            SELECT {columns} FROM {table} CROSS JOIN LATERAL (SELECT FROM {keys} AS exeunt_a WHERE {same}) AS exeunt_h WHERE {where}""";

    private static final String DATA_ROWS = """
            SELECT {columns}, exeunt_h.exeunt_since AS requested_at FROM {table} CROSS JOIN LATERAL (
                SELECT exeunt_a.requested_at AS exeunt_since FROM {keys} AS exeunt_a WHERE {same} AND {older}) AS exeunt_h
            WHERE {where}""";

    private final LinkPlans plans;
    private final Map<KeySource, HiddenKeys> known = new HashMap<>();
    private final List<AbsentRowView> views = new ArrayList<>();
    private int number;

    /** One view. {@code tables} are the application's tables that it reads. */
    record AbsentRowView(String name, String statement, List<TableName> tables) {}

    AbsentRowViews(LinkPlans plans) {
        this.plans = plans;
    }

    /** Each after those that it reads. */
    List<AbsentRowView> views() {
        return List.copyOf(views);
    }

    /** A value of an identifier as links compare it, whatever its case and its column's collation. */
    static String folded(String value) {
        return "pg_catalog.lower(CAST(" + value + " AS pg_catalog.text)) COLLATE pg_catalog.\"C\"";
    }

    /** Returns where the link's people are looked up; makes the views for it, unless they are there. */
    HiddenKeys keys(PlannedRole role) {
        KeySource source = role.source();
        if (source instanceof KeySource.SubjectKeyValues) {
            return HiddenKeys.ofPeople(
                    source.columns().stream().map(plans.key()::indexOf).toList());
        }
        HiddenKeys made = known.get(source);
        if (made == null) {
            made = make(source, LinkPlans.sources(source, plans.self()));
            known.put(source, made);
        }
        return made;
    }

    /** Returns the link that a policy or a view follows. */
    EnforcedLink link(PlannedRole role, List<Column> markers) {
        return new EnforcedLink(role, keys(role), plans.hiddenData(role), markers);
    }

    private HiddenKeys make(KeySource source, List<RoleId> ids) {
        List<PlannedRole> roles = ids.stream().map(plans::role).toList();
        List<EnforcedLink> links =
                roles.stream().map(role -> link(role, List.of())).toList();
        number++;
        List<TableName> tables = roles.stream().map(role -> role.table().name()).toList();
        String accounts = view(
                "exeunt.absent_rows_" + number,
                tables,
                links.stream()
                        .map(link -> rows(
                                source, link, new KeyLookup(ROWS, link.keys().accounts()), HiddenData.ALL_ROWS))
                        .toList());
        List<String> data = new ArrayList<>();
        for (EnforcedLink link : links) {
            HiddenData hidden = plans.hiddenDataOnTheWay(link.role());
            String keys = link.keys().data();
            if (hidden.some() && keys != null) {
                data.add(rows(source, link, new KeyLookup(DATA_ROWS, keys), hidden));
            }
        }
        return new HiddenKeys(
                accounts,
                data.isEmpty() ? null : view("exeunt.absent_data_rows_" + number, tables, data),
                IntStream.range(0, source.columns().size()).boxed().toList());
    }

    private String view(String name, List<TableName> tables, List<String> rows) {
        String statement = SqlTemplate.of(VIEW)
                .fragment("name", name)
                .fragment("rows", SqlFragment.trusted(String.join("\nUNION ALL\n", rows)))
                .toFragment()
                .sql();
        views.add(new AbsentRowView(name, statement, tables));
        return name;
    }

    /** Holds a statement and the table of keys that it looks people up in. */
    private record KeyLookup(String template, String keys) {}

    private static String rows(KeySource source, EnforcedLink link, KeyLookup lookup, HiddenData hidden) {
        PlannedRole role = link.role();
        Function<Column, String> column = c -> role.table().name().quoted() + "." + SqlQuoting.identifier(c.name());
        SqlTemplate rows = SqlTemplate.of(lookup.template())
                .fragment("columns", columns(source, column))
                .fragment("table", role.table().name().quoted())
                .fragment("keys", lookup.keys())
                .fragment(
                        "same",
                        link.isOneOf("exeunt_a", i -> column.apply(role.on().get(i))))
                .fragment("where", where(source, role.where(), column));
        return (lookup.template().equals(DATA_ROWS) ? rows.fragment("older", hidden.isOlder(column)) : rows)
                .toFragment()
                .sql();
    }

    private static String columns(KeySource source, Function<Column, String> column) {
        boolean value = source instanceof KeySource.IdentifierValues;
        return IntStream.range(0, source.columns().size())
                .mapToObj(i -> {
                    String text = column.apply(source.columns().get(i));
                    return (value ? folded(text) : text) + " AS " + AbsenceTables.keyColumn(i);
                })
                .collect(Collectors.joining(", "));
    }

    /** An identifier that is blank is no value to match. */
    private static SqlFragment where(KeySource source, @Nullable LocatedText where, Function<Column, String> column) {
        List<SqlFragment> conditions = new ArrayList<>();
        Optional.ofNullable(where)
                .ifPresent(w -> conditions.add(SqlTemplate.of("({where}\n)")
                        .fragment("where", SqlFragment.trusted(w.text()))
                        .toFragment()));
        if (source instanceof KeySource.IdentifierValues identifier) {
            conditions.add(SqlTemplate.of("{value} OPERATOR(pg_catalog.~) '\\S'")
                    .fragment("value", "CAST(" + column.apply(identifier.column()) + " AS pg_catalog.text)")
                    .toFragment());
        }
        return conditions.isEmpty() ? SqlFragment.of("TRUE") : SqlFragment.join(" AND ", conditions);
    }
}
