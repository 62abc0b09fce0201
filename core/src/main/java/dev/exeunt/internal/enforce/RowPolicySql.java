package dev.exeunt.internal.enforce;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.map.RoleLifecycle.PolicyForm;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlQuoting;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.TableName;
import dev.exeunt.support.text.VisibleText;
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

    /** PostgreSQL reads the keys into memory once a query. */
    private static final String NOT_HIDDEN = "NOT EXISTS (SELECT FROM ({keys}) AS exeunt_a WHERE {same})";

    /** The second part is asked only of rows of people who have asked to delete their data. */
    private static final String NEWER = """
            (NOT EXISTS (SELECT FROM ({dataKeys}) AS exeunt_a WHERE {same})
                OR NOT EXISTS (SELECT FROM {data} AS exeunt_a WHERE {same} AND {older}))""";

    /**
     * A query in the place of a value is never read into memory. PostgreSQL guesses that half of all rows pass, and so takes the first
     * rows of an index; with IS NULL it would guess that hardly any does, and sort the whole table.
     */
    private static final String FEED = "(SELECT TRUE FROM {accounts} AS exeunt_a WHERE {same} LIMIT 1) IS NOT TRUE";

    private static final String FEED_BOTH = """
            (SELECT TRUE FROM {accounts} AS exeunt_a WHERE {same}
                UNION ALL SELECT TRUE FROM {data} AS exeunt_a WHERE {same} AND {older} LIMIT 1) IS NOT TRUE""";

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
        String visible = notHidden(table, link, same);
        LocatedText where = link.role().where();
        return where == null
                ? visible
                : SqlTemplate.of("((({where}) IS NOT TRUE) OR ({visible}))")
                        .fragment("where", where(table, link, where))
                        .fragment("visible", SqlFragment.of(visible))
                        .toFragment()
                        .sql();
    }

    private static String notHidden(TableName table, EnforcedLink link, String same) {
        String data = link.hiddenData().some() ? link.keys().data() : null;
        SqlTemplate visible =
                SqlTemplate.of(template(link.policyForm(), data != null)).fragment("same", same);
        if (link.policyForm() == PolicyForm.FEED) {
            visible.fragment("accounts", link.keys().accounts());
        } else {
            visible.fragment("keys", link.keys().read(link.keys().accounts()));
        }
        if (data != null) {
            visible.fragment("data", data).fragment("older", link.hiddenData().isOlder(c -> column(table, c.name())));
        }
        if (data != null && link.policyForm() == PolicyForm.SCAN) {
            visible.fragment("dataKeys", link.keys().read(data));
        }
        return visible.toFragment().sql();
    }

    private static String template(PolicyForm form, boolean data) {
        if (form == PolicyForm.FEED) {
            return data ? FEED_BOTH : FEED;
        }
        return data ? NOT_HIDDEN + "\n    AND " + NEWER : NOT_HIDDEN;
    }

    /** Says for each table which form its policy has. Sentences, on one line each. */
    static List<String> choices(EnforcementRules rules) {
        return rules.tables().stream()
                .filter(table -> !table.absent().isEmpty())
                .map(table -> choice(table.table().name(), table.absent().get(0).policyForm()))
                .toList();
    }

    private static String choice(TableName table, PolicyForm form) {
        String effect = form == PolicyForm.SCAN
                ? "A query reads once who is hidden."
                : "A query looks up each row's person by an index.";
        return VisibleText.line("Policy of " + table + ": " + form.word() + ". " + effect);
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
