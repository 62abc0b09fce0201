package dev.exeunt.promise.made;

import dev.exeunt.testkit.SeededRandom;
import java.math.BigDecimal;
import java.util.Locale;

/** Lists the column types of generated tables, and how their values are written. */
public enum RandomColumnType {
    INT("int", TestedFeature.INT_KEY),
    BIGINT("bigint", TestedFeature.BIGINT_KEY),
    /** a bigint whose values an int can hold */
    SMALL_BIGINT("bigint", TestedFeature.BIGINT_KEY),
    TEXT("text", TestedFeature.TEXT_KEY),
    VARCHAR("varchar(24)", TestedFeature.VARCHAR_KEY),
    UUID("uuid", TestedFeature.UUID_KEY),
    CITEXT("public.citext", TestedFeature.CITEXT_KEY),
    CHAR("char(8)", TestedFeature.CHAR_KEY),
    NUMERIC("numeric", TestedFeature.NUMERIC_KEY),
    POSITIVE("public.positive", TestedFeature.DOMAIN_KEY),
    JSON("json", TestedFeature.JSON),
    JSONB("jsonb", TestedFeature.JSON),
    TEXTS("text[]", TestedFeature.ARRAY),
    MOOD("public.mood", TestedFeature.ENUM),
    LINE("public.line", TestedFeature.DOMAIN),
    MOMENT("timestamptz", null),
    BYTES("bytea", null),
    /** refers to a large object */
    OID("oid", TestedFeature.LARGE_OBJECT);

    /** What a database must have before its tables. */
    static final String PRELUDE = """
            CREATE DOMAIN public.positive AS int CHECK (VALUE > 0);
            CREATE DOMAIN public.line AS varchar(60) NOT NULL CHECK (VALUE <> 'gone too far');
            CREATE TYPE public.mood AS ENUM ('calm', 'Wild', 'it''s');
            """;

    private final String sql;
    private final TestedFeature feature;

    RandomColumnType(String sql, TestedFeature feature) {
        this.sql = sql;
        this.feature = feature;
    }

    public String sql() {
        return sql;
    }

    /** What a column of this type counts as: for the first nine a key of it. */
    public TestedFeature feature() {
        return feature;
    }

    public boolean isText() {
        return this == TEXT || this == VARCHAR || this == CITEXT;
    }

    boolean natural() {
        return isText() || this == CHAR;
    }

    /** The value number so and so, different numbers differing. */
    public String value(int number) {
        return switch (this) {
            case INT, SMALL_BIGINT, POSITIVE -> "" + number;
            case BIGINT -> "" + (9_000_000_000L + number);
            case TEXT -> "k'" + number + " é\\";
            case VARCHAR -> "v" + number;
            case UUID -> String.format(Locale.ROOT, "00000000-0000-4000-8000-%012d", number);
            case CITEXT -> "Key" + number;
            case CHAR -> "c" + number;
            case NUMERIC -> number + ".50";
            case JSON, JSONB -> "{\"n\": " + number + "}";
            case TEXTS -> "{a,\"b " + number + "\",NULL}";
            case MOOD -> number % 2 == 0 ? "calm" : "Wild";
            case LINE -> "line " + number;
            case MOMENT -> "2020-01-01 00:00:00+00";
            case BYTES -> "\\x00" + (10 + number % 80);
            case OID -> "" + (100_000 + number);
        };
    }

    /** The same value as somebody else may spell it. */
    String spelled(int number, SeededRandom dice) {
        return switch (this) {
            case CITEXT -> dice.chance(50) ? value(number) : value(number).toUpperCase(Locale.ROOT);
            case NUMERIC -> dice.chance(50) ? value(number) : number + ".5";
            default -> value(number);
        };
    }

    /** The same text for all values that the database thinks equal. */
    public String plain(String text) {
        return switch (this) {
            case CITEXT -> text.toLowerCase(Locale.ROOT);
            case NUMERIC -> new BigDecimal(text).stripTrailingZeros().toPlainString();
            case CHAR -> text.stripTrailing();
            default -> text;
        };
    }
}
