package dev.exeunt.internal.sample;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;

/** Holds the SQL conditions by which a text is an e-mail address, a telephone number or an address of the Internet. */
final class ContentPatterns {

    /** Anywhere in a text, but no part of a URL, of a path for {@code scp}, or of the name of an image. */
    private static final String EMAIL = "(^|[^A-Za-z0-9._%+:/@-])[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\\.)+"
            + "(?!(png|jpe?g|gif|svg|webp|js|ts|css)([^A-Za-z]|$))[A-Za-z]{2,24}($|[^A-Za-z0-9@:/_-])";

    private static final String PHONE = "^\\+[1-9][0-9 ()./-]{5,22}$";
    private static final String DIGITS = "^[+(0-9][0-9 ()./-]{5,22}$";
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])";

    /** Neither of a private network, nor of the machine itself, nor for many receivers. */
    private static final String IPV4 =
            "^(?!(0|10|127|169\\.254|192\\.168|172\\.(1[6-9]|2[0-9]|3[01])|22[4-9]|2[3-5][0-9])\\.)(" + OCTET
                    + "\\.){3}" + OCTET + "$";

    private static final String IPV6 = "^(?!(fe[89ab]|f[cdf]))([0-9a-f]{1,4}:){7}[0-9a-f]{1,4}$"
            + "|^(?!(fe[89ab]|f[cdf]))([0-9a-f]{1,4}:){1,6}(:[0-9a-f]{1,4}){1,6}$";

    private ContentPatterns() {}

    static SqlFragment email() {
        return matches("{value} OPERATOR(pg_catalog.~) :pattern", EMAIL);
    }

    static SqlFragment phone() {
        return number(PHONE, 8);
    }

    static SqlFragment digits() {
        return number(DIGITS, 7);
    }

    static SqlFragment address() {
        return matches("{value} OPERATOR(pg_catalog.~*) :pattern", IPV4 + "|" + IPV6);
    }

    /** As E.164 has it: at most 15 digits. */
    private static SqlFragment number(String pattern, int fewest) {
        return SqlTemplate.of("""
                        {form} AND pg_catalog.length(pg_catalog.regexp_replace({value}, '[^0-9]', '', 'g'))
                            BETWEEN {fewest} AND 15""")
                .fragment("form", matches("{value} OPERATOR(pg_catalog.~) :pattern", pattern))
                .fragment("value", VALUE)
                .fragment("fewest", Integer.toString(fewest))
                .toFragment();
    }

    private static final String VALUE = "exeunt_v.value";

    private static SqlFragment matches(String condition, String pattern) {
        return SqlTemplate.of(condition)
                .fragment("value", VALUE)
                .bind("pattern", pattern)
                .toFragment();
    }
}
