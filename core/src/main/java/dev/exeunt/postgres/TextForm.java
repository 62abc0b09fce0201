package dev.exeunt.postgres;

/**
 * How values are written as text, whatever the server, the database, the role or this machine would have: a value that is compared
 * by its text, or read again from it, is the same in every session.
 */
public final class TextForm {

    /** Statements, for the rest of a transaction. */
    public static final String SETTINGS = """
            SET LOCAL TimeZone = 'UTC';
            SET LOCAL DateStyle = 'ISO, YMD';
            SET LOCAL IntervalStyle = 'iso_8601';
            SET LOCAL extra_float_digits = 1;
            SET LOCAL bytea_output = 'hex';
            SET LOCAL lc_monetary = 'C';
            SET LOCAL standard_conforming_strings = on""";

    private TextForm() {}
}
