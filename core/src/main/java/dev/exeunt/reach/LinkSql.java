package dev.exeunt.reach;

import dev.exeunt.plan.KeySource;
import dev.exeunt.plan.PlannedRole;
import dev.exeunt.postgres.Fragment;
import dev.exeunt.postgres.Quote;
import dev.exeunt.schema.Column;
import dev.exeunt.schema.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Turns a role and captured keys into SQL over the role's own table, whose columns are in scope under their bare names. */
final class LinkSql {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    private LinkSql() {}

    /**
     * Whether a row belongs to the keys. Starts with a single-column {@code = ANY}, which an index serves also inside an OR;
     * several columns are then compared as rows.
     */
    static Fragment matches(PlannedRole role, KeySet keys) {
        List<Fragment> arrays = arrays(role, keys);
        Fragment first =
                Fragment.of(comparand(role, 0) + " = ANY (").plus(arrays.get(0)).plus(")");
        Fragment all = role.on().size() == 1
                ? first
                : first.plus(" AND (" + Quote.identifiers(names(role)) + ") IN (SELECT * FROM unnest(")
                        .plus(Fragment.join(", ", arrays))
                        .plus("))");
        String where = role.where();
        return where == null
                ? all
                : all.plus(" AND (").plus(Fragment.trusted(where)).plus("\n)");
    }

    /** The text of the key of the subject a row was reached from. */
    static Fragment subject(PlannedRole role, KeySet keys) {
        List<Fragment> arrays = new ArrayList<>(arrays(role, keys));
        arrays.add(Fragment.of("?::text[]", (Object) keys.subjects()));
        StringBuilder names = new StringBuilder();
        StringBuilder equal = new StringBuilder();
        for (int i = 0; i < role.on().size(); i++) {
            names.append("k").append(i).append(", ");
            equal.append(i == 0 ? "" : " AND ")
                    .append("exeunt_k.k")
                    .append(i)
                    .append(" = ")
                    .append(comparand(role, i));
        }
        return Fragment.of("(SELECT exeunt_k.s FROM unnest(")
                .plus(Fragment.join(", ", arrays))
                .plus(") AS exeunt_k(" + names + "s) WHERE " + equal + " LIMIT 1)");
    }

    private static List<String> names(PlannedRole role) {
        return role.on().stream().map(Column::name).toList();
    }

    private static String comparand(PlannedRole role, int i) {
        String column = role.table().name().quoted() + "."
                + Quote.identifier(role.on().get(i).name());
        return role.source() instanceof KeySource.Identifier ? "lower(" + column + "::text)" : column;
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
            arrays.add(Fragment.of("?::text[]" + cast, (Object) keys.columns().get(i)));
        }
        return arrays;
    }

    /**
     * Integers are compared in the source's width, since a bigint key does not fit an int column but may well be compared
     * with it, by index; everything else in the column's own type.
     */
    private static String comparisonType(SqlType column, SqlType source) {
        boolean integers = INTEGERS.contains(column.baseName()) && INTEGERS.contains(source.baseName());
        return integers ? source.quoted() : column.quoted();
    }
}
