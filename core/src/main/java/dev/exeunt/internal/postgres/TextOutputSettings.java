package dev.exeunt.internal.postgres;

/** Holds the session settings that fix how PostgreSQL writes values as text. */
public final class TextOutputSettings {

    /** What a SELECT calls, once, for the rest of a transaction: one statement, where as many SETs are as many. */
    public static final String SETTINGS = """
            pg_catalog.set_config('TimeZone', 'UTC', true), pg_catalog.set_config('DateStyle', 'ISO, YMD', true),
            pg_catalog.set_config('IntervalStyle', 'iso_8601', true), pg_catalog.set_config('extra_float_digits', '1', true),
            pg_catalog.set_config('bytea_output', 'hex', true), pg_catalog.set_config('lc_monetary', 'C', true),
            pg_catalog.set_config('standard_conforming_strings', 'on', true)""";

    private TextOutputSettings() {}
}
