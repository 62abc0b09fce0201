package dev.exeunt.internal.search;

import dev.exeunt.internal.plan.Plan;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.plan.rule.PersonNames;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.reach.SubjectKey;
import dev.exeunt.internal.schema.Column;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Builds the condition that a row holds data of the people who are erased: a key, or one of their former values. A key is looked for in
 * numbers only where the column's name or a foreign key says that it refers to a person. In text, JSON and arrays a key is a whole token;
 * a short one is the value of a JSON member with such a name.
 */
public final class PersonSearch {

    private static final String TEXT_MATCHES = "{column}::text ~* ANY (:any::text[])";
    private static final Set<Character> NO_TEXT = Set.of('B', 'D', 'T', 'E');

    private final String[] keys;
    private final String[] expressions;
    private final PersonNames names;
    private final KeyEquality equality;

    private PersonSearch(String[] keys, String[] expressions, PersonNames names, KeyEquality equality) {
        this.keys = keys;
        this.equality = equality;
        this.expressions = expressions;
        this.names = names;
    }

    /**
     * Describes a column that is looked through.
     *
     * @param refersToPerson whether a foreign key says so
     */
    public record SearchedColumn(String name, String type, char category, boolean refersToPerson) {

        public static SearchedColumn of(Column column) {
            return new SearchedColumn(
                    column.name(), column.type().baseName(), column.type().category(), false);
        }
    }

    public static PersonSearch of(Plan plan, List<SubjectKey> people, List<String> values) {
        List<String> keys = people.stream()
                .filter(p -> p.parts().size() == 1)
                .map(p -> p.parts().get(0))
                .toList();
        PersonNames names = PersonNames.of(plan);
        List<String> expressions = new ArrayList<>(new ResiduePatterns(values).expressions());
        expressions.addAll(ResiduePatterns.ofKeys(keys, names));
        KeyEquality equality =
                new KeyEquality(plan.subject().key().get(0).type().baseName(), keys);
        return new PersonSearch(keys.toArray(String[]::new), expressions.toArray(String[]::new), names, equality);
    }

    /** True for rows of which one of the columns holds data of the people. FALSE where none can. */
    public SqlFragment holds(String table, List<SearchedColumn> columns) {
        List<SqlFragment> conditions = new ArrayList<>();
        for (SearchedColumn column : columns) {
            if (column.category() == 'N') {
                if (keys.length > 0 && mayHoldKey(table, column)) {
                    conditions.add(equality.of(column.name(), column.type()));
                }
            } else if (column.category() == 'S' && keys.length > 0 && mayHoldKey(table, column)) {
                conditions.add(equality.of(column.name(), column.type()));
                conditions.add(condition(TEXT_MATCHES, column, expressions));
            } else if (column.category() == 'A' && keys.length > 0 && names.refer(column.name())) {
                conditions.add(equality.of(column.name(), column.type()));
            } else if (!NO_TEXT.contains(column.category()) && expressions.length > 0) {
                conditions.add(
                        column.type().equals("bytea")
                                ? condition(
                                        "encode({column}, 'escape') ~* ANY (:any::text[])",
                                        column,
                                        ResiduePatterns.ofBytes(List.of(expressions))
                                                .toArray(String[]::new))
                                : condition(TEXT_MATCHES, column, expressions));
            }
        }
        return conditions.isEmpty()
                ? SqlFragment.of("FALSE")
                : SqlTemplate.of("({any}) IS TRUE")
                        .fragment("any", SqlFragment.join(" OR ", conditions))
                        .toFragment();
    }

    private static SqlFragment condition(String template, SearchedColumn column, String[] any) {
        return SqlTemplate.of(template)
                .identifier("column", column.name())
                .bind("any", any)
                .toFragment();
    }

    /** A copy of the subject's table, such as {@code members_history}, has the key in {@code id}. */
    private boolean mayHoldKey(String table, SearchedColumn column) {
        String name = column.name().toLowerCase(Locale.ROOT);
        return column.refersToPerson()
                || names.refer(column.name())
                || name.equals("id") && table.toLowerCase(Locale.ROOT).contains(names.subject());
    }

    /** Columns that the roles of a table keep, or write, on purpose. */
    public static Set<String> named(List<PlannedRole> roles) {
        Set<String> named = new LinkedHashSet<>();
        roles.forEach(r -> {
            r.fate().retain().forEach(c -> named.add(c.text()));
            r.assignments().forEach(a -> named.add(a.column().name()));
        });
        return named;
    }
}
