package dev.exeunt.internal.plan.bind;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.SqlType;
import dev.exeunt.internal.schema.Table;
import dev.exeunt.map.Finding;
import dev.exeunt.map.Finding.Position;
import dev.exeunt.map.FindingCode;
import java.util.Set;

/** Checks whether two columns can ever hold equal values, judged by their types. */
final class ColumnComparability {

    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8");

    private ColumnComparability() {}

    static boolean are(Column here, Column there) {
        SqlType mine = here.type();
        SqlType theirs = there.type();
        boolean integers = INTEGERS.contains(mine.baseName()) && INTEGERS.contains(theirs.baseName());
        return integers || mine.isText() || mine.baseName().equals(theirs.baseName());
    }

    /** Returns what is wrong with a link of columns that cannot be compared. */
    static Finding finding(Table table, Position at, Column here, Column there) {
        String what = table.name() + "." + here.name();
        return FindingCode.CANNOT_HOLD.finding(
                at,
                what,
                what + " is " + here.type().display() + " and can never hold " + there.name() + ", which is "
                        + there.type().display() + ".",
                "link by a column of the type " + there.type().display());
    }
}
