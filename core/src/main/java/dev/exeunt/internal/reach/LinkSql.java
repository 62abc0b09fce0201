package dev.exeunt.internal.reach;

import dev.exeunt.internal.map.LocatedText;
import dev.exeunt.internal.plan.KeySource;
import dev.exeunt.internal.plan.PlannedRole;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import dev.exeunt.internal.schema.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Turns a role and captured keys into SQL over the role's own table, whose columns are in scope under their bare names. */
final class LinkSql {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    private static final Set<String> SAME_TEXT = Set.of("int2", "int4", "int8", "uuid", "text", "varchar");

    private static final int FEW = 8;

    private LinkSql() {}

    /**
     * Whether a row belongs to the keys. Starts with a single-column {@code = ANY}, which an index serves also inside an OR;
     * several columns are then compared one by one.
     */
    static SqlFragment matches(PlannedRole role, CapturedLinkValues keys) {
        return matches(role, bound(keys));
    }

    private static List<SqlFragment> bound(CapturedLinkValues keys) {
        return keys.columns().stream()
                .map(values -> SqlFragment.of("?", (Object) values))
                .toList();
    }

    /** @param texts an expression of type {@code text[]} for each link column */
    static SqlFragment matches(PlannedRole role, List<SqlFragment> texts) {
        List<SqlFragment> keys = arrays(role, texts);
        // a subquery of its own is run once; a cast of the parameter would be made again for every row that is read
        SqlFragment first = SqlTemplate.of("{column} {equals} ANY (ARRAY(SELECT pg_catalog.unnest({keys})))")
                .fragment("column", comparand(role, 0))
                .fragment("equals", equality(role, 0))
                .fragment("keys", keys.get(0))
                .toFragment();
        return narrowed(role, role.on().size() == 1 ? List.of(first) : List.of(first, held(role, keys)));
    }

    /**
     * The same, for a row that something else has found: no index serves it, but many keys are hashed once, where {@code =
     * ANY} would compare each row with each of them.
     */
    static SqlFragment holds(PlannedRole role, CapturedLinkValues keys) {
        return keys.size() <= FEW
                ? matches(role, keys)
                : narrowed(role, List.of(held(role, arrays(role, bound(keys)))));
    }

    private static SqlFragment held(PlannedRole role, List<SqlFragment> keys) {
        if (role.on().size() == 1) {
            return SqlTemplate.of("{column} {equals} ANY (SELECT * FROM {keys} AS exeunt_k)")
                    .fragment("column", comparand(role, 0))
                    .fragment("equals", equality(role, 0))
                    .fragment("keys", unnested(keys))
                    .toFragment();
        }
        return SqlTemplate.of("EXISTS (SELECT FROM {keys} AS exeunt_k({columns}) WHERE {same})")
                .fragment("keys", unnested(keys))
                .identifiers("columns", keyColumns(role))
                .fragment("same", paired(role))
                .toFragment();
    }

    private static SqlFragment unnested(List<SqlFragment> arrays) {
        return SqlTemplate.of("ROWS FROM ({arrays})")
                .fragment("arrays", arrays.stream().map(LinkSql::unnested).collect(SqlFragment.joining(", ")))
                .toFragment();
    }

    private static SqlFragment unnested(SqlFragment array) {
        return SqlTemplate.of("pg_catalog.unnest({array})")
                .fragment("array", array)
                .toFragment();
    }

    /** The text of the key of the subject a row was reached from. */
    static SqlFragment subject(PlannedRole role, CapturedLinkValues keys) {
        return keys.onlySubject()
                .map(only -> SqlFragment.of("CAST(? AS pg_catalog.text)", only))
                .orElseGet(() -> sameText(role) ? lookup(role, keys) : search(role, keys));
    }

    /** One object made once for the statement; each row finds its key by binary search. */
    private static SqlFragment lookup(PlannedRole role, CapturedLinkValues keys) {
        return SqlTemplate.of("""
                        ((SELECT pg_catalog.jsonb_object(:keys::pg_catalog.text[], :subjects::pg_catalog.text[]))
                            OPERATOR(pg_catalog.->>) ({column})::pg_catalog.text)""")
                .bind("keys", keys.columns().get(0))
                .bind("subjects", keys.subjects())
                .fragment("column", comparand(role, 0))
                .toFragment();
    }

    private static SqlFragment search(PlannedRole role, CapturedLinkValues keys) {
        return SqlTemplate.of("(SELECT exeunt_k.exeunt_s FROM {keys} WHERE {same} LIMIT 1)")
                .fragment("keys", pairs(role, keys))
                .fragment("same", paired(role))
                .toFragment();
    }

    /** Whether equal values have equal texts. Not so those of numeric, char or citext. */
    private static boolean sameText(PlannedRole role) {
        return role.on().size() == 1
                && (role.source() instanceof KeySource.IdentifierValues
                        || SAME_TEXT.contains(role.on().get(0).type().baseName())
                                && SAME_TEXT.contains(
                                        role.source().columns().get(0).type().baseName()));
    }

    /**
     * Selects columns of the rows that belong to the keys, and after them the text of each row's subject's key. Of several
     * subjects it joins the keys: looking each row's subject up would read all keys for every row.
     */
    static SqlFragment rows(PlannedRole role, CapturedLinkValues keys, List<SqlFragment> columns) {
        if (keys.onlySubject().isPresent()) {
            return SqlTemplate.of("SELECT {columns}, {subject} FROM {table} WHERE {rows}")
                    .fragments("columns", ", ", columns)
                    .fragment("subject", subject(role, keys))
                    .fragment("table", role.table().name().quoted())
                    .fragment("rows", matches(role, keys))
                    .toFragment();
        }
        return SqlTemplate.of(
                        "SELECT {columns}, exeunt_k.exeunt_s FROM {table} JOIN {keys} ON {same} WHERE {condition}")
                .fragments("columns", ", ", columns)
                .fragment("table", role.table().name().quoted())
                .fragment("keys", pairs(role, keys))
                .fragment("same", paired(role))
                .fragment("condition", narrowed(role, List.of(SqlFragment.of("TRUE"))))
                .toFragment();
    }

    /** The keys as rows, beside each the subject's. */
    private static SqlFragment pairs(PlannedRole role, CapturedLinkValues keys) {
        List<SqlFragment> arrays = new ArrayList<>(arrays(role, bound(keys)));
        arrays.add(SqlFragment.of("?::pg_catalog.text[]", (Object) keys.subjects()));
        return SqlTemplate.of("{keys} AS exeunt_k({columns}, exeunt_s)")
                .fragment("keys", unnested(arrays))
                .identifiers("columns", keyColumns(role))
                .toFragment();
    }

    private static List<String> keyColumns(PlannedRole role) {
        return IntStream.range(0, role.on().size()).mapToObj(i -> "exeunt_" + i).toList();
    }

    private static SqlFragment paired(PlannedRole role) {
        return IntStream.range(0, role.on().size())
                .mapToObj(i -> SqlTemplate.of("exeunt_k.{key} {equals} {column}")
                        .identifier("key", keyColumns(role).get(i))
                        .fragment("equals", equality(role, i))
                        .fragment("column", comparand(role, i))
                        .toFragment())
                .collect(SqlFragment.joining(" AND "));
    }

    /** Whether a row bears the keys, and the role's own condition excludes it. */
    static SqlFragment excluded(PlannedRole role, CapturedLinkValues keys) {
        LocatedText where = role.where();
        if (where == null) {
            return SqlFragment.of("FALSE");
        }
        return SqlTemplate.of("""
                        {bears} AND ({where}
                        ) IS NOT TRUE""")
                .fragment("bears", held(role, arrays(role, bound(keys))))
                .fragment("where", SqlFragment.trusted(where.text()))
                .toFragment();
    }

    /** All of the conditions, and the role's own. */
    private static SqlFragment narrowed(PlannedRole role, List<SqlFragment> conditions) {
        LocatedText where = role.where();
        if (where == null) {
            return SqlFragment.join(" AND ", conditions);
        }
        // the parenthesis is on a line of its own, since the text may end in a comment
        return SqlTemplate.of("""
                        {conditions} AND ({where}
                        )""")
                .fragments("conditions", " AND ", conditions)
                .fragment("where", SqlFragment.trusted(where.text()))
                .toFragment();
    }

    private static SqlFragment comparand(PlannedRole role, int i) {
        String template = role.source() instanceof KeySource.IdentifierValues
                ? "pg_catalog.lower({table}.{column}::pg_catalog.text)"
                : "{table}.{column}";
        return SqlTemplate.of(template)
                .fragment("table", role.table().name().quoted())
                .identifier("column", role.on().get(i).name())
                .toFragment();
    }

    private static String equality(PlannedRole role, int i) {
        return role.source() instanceof KeySource.IdentifierValues
                ? "OPERATOR(pg_catalog.=)"
                : role.on().get(i).type().equality();
    }

    private static List<SqlFragment> arrays(PlannedRole role, List<SqlFragment> texts) {
        return IntStream.range(0, role.on().size())
                .mapToObj(i -> array(role, texts.get(i), i))
                .toList();
    }

    private static SqlFragment array(PlannedRole role, SqlFragment texts, int i) {
        if (role.source() instanceof KeySource.IdentifierValues) {
            return texts.plus("::pg_catalog.text[]");
        }
        return SqlTemplate.of("{texts}::pg_catalog.text[]::{type}[]")
                .fragment("texts", texts)
                .fragment(
                        "type",
                        comparisonType(
                                role.on().get(i).type(),
                                role.source().columns().get(i).type()))
                .toFragment();
    }

    /**
     * Integers are compared in the source's width, since a bigint key does not fit an int column but may well be compared
     * with it, by index; everything else in the column's own type, or the one its domain is made of.
     */
    private static String comparisonType(SqlType column, SqlType source) {
        boolean integers = INTEGERS.contains(column.baseName()) && INTEGERS.contains(source.baseName());
        return integers ? source.quotedBase() : column.quotedBase();
    }
}
