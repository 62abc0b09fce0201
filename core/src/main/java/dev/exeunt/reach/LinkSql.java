package dev.exeunt.reach;

import dev.exeunt.map.Word;
import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.Quote;
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
    static Fragment matches(PlannedRole role, KeySet keys) {
        // a subquery of its own is run once; a cast of the parameter would be made again for every row that is read
        Fragment first = Fragment.of(
                        comparand(role, 0) + " " + equality(role, 0) + " ANY (ARRAY(SELECT pg_catalog.unnest(")
                .plus(arrays(role, keys).get(0))
                .plus(")))");
        Fragment all = role.on().size() == 1 ? first : first.plus(" AND ").plus(held(role, keys));
        return all.plus(narrowed(role));
    }

    /**
     * The same, for a row that something else has found: no index serves it, but many keys are hashed once, where {@code =
     * ANY} would compare each row with each of them.
     */
    static Fragment holds(PlannedRole role, KeySet keys) {
        return keys.size() <= FEW ? matches(role, keys) : held(role, keys).plus(narrowed(role));
    }

    private static Fragment held(PlannedRole role, KeySet keys) {
        Fragment arrays = unnested(arrays(role, keys));
        if (role.on().size() == 1) {
            return Fragment.of(comparand(role, 0) + " " + equality(role, 0) + " ANY (SELECT * FROM ")
                    .plus(arrays)
                    .plus(" AS exeunt_k)");
        }
        return Fragment.of("EXISTS (SELECT FROM ")
                .plus(arrays)
                .plus(" AS exeunt_k(" + numbered(role) + ") WHERE " + paired(role) + ")");
    }

    private static Fragment unnested(List<Fragment> arrays) {
        return Fragment.of("ROWS FROM (")
                .plus(Fragment.join(
                        ", ",
                        arrays.stream()
                                .map(a -> Fragment.of("pg_catalog.unnest(")
                                        .plus(a)
                                        .plus(")"))
                                .toList()))
                .plus(")");
    }

    /** The text of the key of the subject a row was reached from. */
    static Fragment subject(PlannedRole role, KeySet keys) {
        return keys.onlySubject()
                .map(only -> Fragment.of("CAST(? AS pg_catalog.text)", only))
                .orElseGet(() -> sameText(role) ? lookup(role, keys) : search(role, keys));
    }

    /** One object made once for the statement; each row finds its key by binary search. */
    private static Fragment lookup(PlannedRole role, KeySet keys) {
        return Fragment.of(
                "((SELECT pg_catalog.jsonb_object(?::pg_catalog.text[], ?::pg_catalog.text[])) OPERATOR(pg_catalog.->>) ("
                        + comparand(role, 0) + ")::pg_catalog.text)",
                keys.columns().get(0),
                keys.subjects());
    }

    private static Fragment search(PlannedRole role, KeySet keys) {
        return Fragment.of("(SELECT exeunt_k.exeunt_s FROM ")
                .plus(pairs(role, keys))
                .plus(" WHERE " + paired(role) + " LIMIT 1)");
    }

    /** Whether equal values have equal texts. Not so those of numeric, char or citext. */
    private static boolean sameText(PlannedRole role) {
        return role.on().size() == 1
                && (role.source() instanceof KeySource.Identifier
                        || SAME_TEXT.contains(role.on().get(0).type().baseName())
                                && SAME_TEXT.contains(
                                        role.source().columns().get(0).type().baseName()));
    }

    /**
     * Selects columns of the rows that belong to the keys, and after them the text of each row's subject's key. Of several
     * subjects it joins the keys: looking each row's subject up would read all keys for every row.
     */
    static Fragment rows(PlannedRole role, KeySet keys, List<String> columns) {
        String select = "SELECT " + String.join(", ", columns) + ", ";
        String from = " FROM " + role.table().name().quoted();
        if (keys.onlySubject().isPresent()) {
            return Fragment.of(select)
                    .plus(subject(role, keys))
                    .plus(from + " WHERE ")
                    .plus(matches(role, keys));
        }
        return Fragment.of(select + "exeunt_k.exeunt_s" + from + " JOIN ")
                .plus(pairs(role, keys))
                .plus(" ON " + paired(role) + " WHERE TRUE")
                .plus(narrowed(role));
    }

    /** The keys as rows, beside each the subject's. */
    private static Fragment pairs(PlannedRole role, KeySet keys) {
        List<Fragment> arrays = new ArrayList<>(arrays(role, keys));
        arrays.add(Fragment.of("?::pg_catalog.text[]", (Object) keys.subjects()));
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
    private static Fragment narrowed(PlannedRole role) {
        Word where = role.where();
        return where == null
                ? Fragment.EMPTY
                : Fragment.of(" AND (").plus(Fragment.trusted(where.text())).plus("\n)");
    }

    private static String comparand(PlannedRole role, int i) {
        String column = role.table().name().quoted() + "."
                + Quote.identifier(role.on().get(i).name());
        return role.source() instanceof KeySource.Identifier
                ? "pg_catalog.lower(" + column + "::pg_catalog.text)"
                : column;
    }

    private static String equality(PlannedRole role, int i) {
        return role.source() instanceof KeySource.Identifier
                ? "OPERATOR(pg_catalog.=)"
                : role.on().get(i).type().equality();
    }

    private static List<Fragment> arrays(PlannedRole role, KeySet keys) {
        List<Fragment> arrays = new ArrayList<>();
        for (int i = 0; i < role.on().size(); i++) {
            String cast = role.source() instanceof KeySource.Identifier
                    ? ""
                    : "::"
                            + comparisonType(
                                    role.on().get(i).type(),
                                    role.source().columns().get(i).type()) + "[]";
            arrays.add(Fragment.of(
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
