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
}
