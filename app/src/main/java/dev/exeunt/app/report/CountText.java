package dev.exeunt.app.report;

import dev.exeunt.app.terminal.TextTable;

/** Formats a number with its noun in singular or plural. */
final class CountText {

    private CountText() {}

    /** {@code 1 row}, {@code 12 345 rows} */
    static String of(long number, String noun) {
        return of(number, noun, noun + "s");
    }

    static String of(long number, String one, String many) {
        return TextTable.number(number) + " " + (number == 1 ? one : many);
    }

    static String people(long number) {
        return of(number, "person", "people");
    }

    /** As {@link #people}, of an erasure: none where only a value told whose the rows are. */
    static String erased(long number) {
        return number == 0 ? "a person without an account" : people(number);
    }
}
