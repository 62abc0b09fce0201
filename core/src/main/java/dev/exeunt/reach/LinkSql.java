package dev.exeunt.reach;

import dev.exeunt.map.LocatedText;
import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.postgres.SqlFragment;
import dev.exeunt.postgres.SqlQuoting;
import dev.exeunt.schema.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    static SqlFragment matches(PlannedRole role, CapturedKeys keys) {
        // a subquery of its own is run once; a cast of the parameter would be made again for every row that is read
        SqlFragment first = SqlFragment.of(
                        comparand(role, 0) + " " + equality(role, 0) + " ANY (ARRAY(SELECT pg_catalog.unnest(")
                .plus(arrays(role, keys).get(0))
                .plus(")))");
        SqlFragment all = role.on().size() == 1 ? first : first.plus(" AND ").plus(held(role, keys));
        return all.plus(narrowed(role));
    }

    /**
     * The same, for a row that something else has found: no index serves it, but many keys are hashed once, where {@code =
     * ANY} would compare each row with each of them.
     */
    static SqlFragment holds(PlannedRole role, CapturedKeys keys) {
        return keys.size() <= FEW ? matches(role, keys) : held(role, keys).plus(narrowed(role));
    }

    private static SqlFragment held(PlannedRole role, CapturedKeys keys) {
        SqlFragment arrays = unnested(arrays(role, keys));
        if (role.on().size() == 1) {
            return SqlFragment.of(comparand(role, 0) + " " + equality(role, 0) + " ANY (SELECT * FROM ")
                    .plus(arrays)
                    .plus(" AS exeunt_k)");
        }
        return SqlFragment.of("EXISTS (SELECT FROM ")
                .plus(arrays)
                .plus(" AS exeunt_k(" + numbered(role) + ") WHERE " + paired(role) + ")");
    }

    private static SqlFragment unnested(List<SqlFragment> arrays) {
        return SqlFragment.of("ROWS FROM (")
                .plus(SqlFragment.join(
                        ", ",
                        arrays.stream()
                                .map(a -> SqlFragment.of("pg_catalog.unnest(")
                                        .plus(a)
                                        .plus(")"))
                                .toList()))
                .plus(")");
    }

    /** The text of the key of the subject a row was reached from. */
    static SqlFragment subject(PlannedRole role, CapturedKeys keys) {
        return keys.onlySubject()
                .map(only -> SqlFragment.of("CAST(? AS pg_catalog.text)", only))
                .orElseGet(() -> sameText(role) ? lookup(role, keys) : search(role, keys));
    }

    /** One object made once for the statement; each row finds its key by binary search. */
    private static SqlFragment lookup(PlannedRole role, CapturedKeys keys) {
        return SqlFragment.of(
                "((SELECT pg_catalog.jsonb_object(?::pg_catalog.text[], ?::pg_catalog.text[])) OPERATOR(pg_catalog.->>) ("
                        + comparand(role, 0) + ")::pg_catalog.text)",
                keys.columns().get(0),
                keys.subjects());
    }

    private static SqlFragment search(PlannedRole role, CapturedKeys keys) {
        return SqlFragment.of("(SELECT exeunt_k.exeunt_s FROM ")
                .plus(pairs(role, keys))
                .plus(" WHERE " + paired(role) + " LIMIT 1)");
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
    static SqlFragment rows(PlannedRole role, CapturedKeys keys, List<String> columns) {
        String select = "SELECT " + String.join(", ", columns) + ", ";
        String from = " FROM " + role.table().name().quoted();
        if (keys.onlySubject().isPresent()) {
            return SqlFragment.of(select)
                    .plus(subject(role, keys))
                    .plus(from + " WHERE ")
                    .plus(matches(role, keys));
        }
        return SqlFragment.of(select + "exeunt_k.exeunt_s" + from + " JOIN ")
                .plus(pairs(role, keys))
                .plus(" ON " + paired(role) + " WHERE TRUE")
                .plus(narrowed(role));
    }

    /** The keys as rows, beside each the subject's. */
    private static SqlFragment pairs(PlannedRole role, CapturedKeys keys) {
        List<SqlFragment> arrays = new ArrayList<>(arrays(role, keys));
        arrays.add(SqlFragment.of("?::pg_catalog.text[]", (Object) keys.subjects()));
        return unnested(arrays).plus(" AS exeunt_k(" + numbered(role) + ", exeunt_s)");
    }

    private static String numbered(PlannedRole role) {
        return IntStream.range(0, role.on().size()).mapToObj(i -> "exeunt_" + i).collect(Collectors.joining(", "));
    }

    private static String paired(PlannedRole role) {
        return IntStream.range(0, role.on().size())
                .mapToObj(i -> "exeunt_k.exeunt_" + i + " " + equality(role, i) + " " + comparand(role, i))
                .collect(Collectors.joining(" AND "));
    }

    /** On a line of its own, since it may end in a comment. */
    private static SqlFragment narrowed(PlannedRole role) {
        LocatedText where = role.where();
        return where == null
                ? SqlFragment.EMPTY
                : SqlFragment.of(" AND (")
                        .plus(SqlFragment.trusted(where.text()))
                        .plus("\n)");
    }

    private static String comparand(PlannedRole role, int i) {
        String column = role.table().name().quoted() + "."
                + SqlQuoting.identifier(role.on().get(i).name());
        return role.source() instanceof KeySource.IdentifierValues
                ? "pg_catalog.lower(" + column + "::pg_catalog.text)"
                : column;
    }

    private static String equality(PlannedRole role, int i) {
        return role.source() instanceof KeySource.IdentifierValues
                ? "OPERATOR(pg_catalog.=)"
                : role.on().get(i).type().equality();
    }

    private static List<SqlFragment> arrays(PlannedRole role, CapturedKeys keys) {
        List<SqlFragment> arrays = new ArrayList<>();
        for (int i = 0; i < role.on().size(); i++) {
            String cast = role.source() instanceof KeySource.IdentifierValues
                    ? ""
                    : "::"
                            + comparisonType(
                                    role.on().get(i).type(),
                                    role.source().columns().get(i).type()) + "[]";
            arrays.add(SqlFragment.of(
                    "?::pg_catalog.text[]" + cast, (Object) keys.columns().get(i)));
        }
        return arrays;
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
