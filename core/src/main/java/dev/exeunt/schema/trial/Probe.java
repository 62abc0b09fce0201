package dev.exeunt.schema.trial;

import dev.exeunt.postgres.Quote;
import dev.exeunt.postgres.SqlFault;
import java.util.OptionalInt;

/**
 * The statements that show what a text is. One is prepared, which parses it where it will stand and in a context as strict: a
 * condition must be boolean, a value assignable to its column, and neither may aggregate or return sets. The other is a view,
 * in whose stored tree the database writes down every function that it has found for the text. Neither plans or runs it.
 *
 * @param name of the view
 */
record Probe(MapSql text, String name) {

    private static final String PREPARED = "PREPARE exeunt_trial AS ";

    static final String FORGOTTEN = "DEALLOCATE exeunt_trial";

    String prepared() {
        return before() + text.sql() + "\n)";
    }

    private String before() {
        if (text instanceof MapSql.Value value) {
            return PREPARED + "UPDATE " + value.table().quoted() + " SET " + Quote.identifier(value.column()) + " = (";
        }
        return PREPARED + "SELECT FROM " + ((MapSql.Condition) text).table().quoted() + " WHERE (";
    }

    String view() {
        String select = "CREATE TEMPORARY VIEW " + name + " AS SELECT 1 AS exeunt FROM ";
        if (text instanceof MapSql.Value value) {
            String cast = "CAST((" + value.sql() + "\n) AS " + value.type() + ")";
            return select + value.table().quoted() + " WHERE " + cast + " IS NULL";
        }
        return select + ((MapSql.Condition) text).table().quoted() + " WHERE (" + text.sql() + "\n) IS NULL";
    }

    /** The server counts in whole characters, and so from the statement's beginning. */
    Verdict.Fault fault(SqlFault fault) {
        int before = before().codePointCount(0, before().length());
        int length = text.sql().codePointCount(0, text.sql().length());
        int place = fault.place().isPresent() ? fault.place().getAsInt() - before : -1;
        return new Verdict.Fault(
                fault.says(),
                place >= 0 && place < length ? OptionalInt.of(place) : OptionalInt.empty(),
                fault.sqlState().equals("42501"));
    }
}
