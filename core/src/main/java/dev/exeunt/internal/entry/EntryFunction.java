package dev.exeunt.internal.entry;

import dev.exeunt.internal.postgres.DollarQuoting;
import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;

/**
 * Holds a function in SQL as it is made: it runs with its owner's rights, in a fixed search path, and writes values as transactions of
 * Exeunt do.
 *
 * @param signature with defaults and result
 * @param volatility {@code STABLE} where it only reads
 */
record EntryFunction(String signature, String volatility, SqlFragment body) {

    private static final String FUNCTION = """
            CREATE OR REPLACE FUNCTION {signature} LANGUAGE plpgsql {volatility} SECURITY DEFINER
                SET search_path = pg_catalog, pg_temp SET row_security = off SET lock_timeout = '10s' SET TimeZone = 'UTC'
                SET DateStyle = 'ISO, YMD' SET IntervalStyle = 'iso_8601' SET extra_float_digits = 1 SET bytea_output = 'hex'
                SET lc_monetary = 'C' SET standard_conforming_strings = on SET transform_null_equals = off AS
            {body};
            """;

    static EntryFunction reading(String signature, SqlFragment body) {
        return new EntryFunction(signature, "STABLE", body);
    }

    static EntryFunction writing(String signature, SqlFragment body) {
        return new EntryFunction(signature, "VOLATILE", body);
    }

    String sql() {
        return SqlTemplate.of(FUNCTION)
                .fragment("signature", signature)
                .fragment("volatility", volatility)
                .fragment("body", DollarQuoting.quote(body.inlined()))
                .toFragment()
                .sql();
    }
}
