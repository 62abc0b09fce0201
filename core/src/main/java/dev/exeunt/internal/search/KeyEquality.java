package dev.exeunt.internal.search;

import dev.exeunt.internal.postgres.SqlFragment;
import dev.exeunt.internal.postgres.SqlTemplate;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Builds the condition that a column, or an element of its array, equals one of some keys as the type of the key compares: {@code 7.5} is
 * {@code 7.50}, and a key of type {@code citext} has no case.
 */
public final class KeyEquality {

    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric");

    private static final String NUMBER =
            "({column}::pg_catalog.numeric OPERATOR(pg_catalog.=) ANY (:any::pg_catalog.text[]::pg_catalog.numeric[]))";
    private static final String NUMBERS_OF_ARRAY =
            "({column}::pg_catalog.numeric[] OPERATOR(pg_catalog.&&) :any::pg_catalog.text[]::pg_catalog.numeric[])";
    private static final String WITHOUT_CASE =
            "(pg_catalog.lower({column}::pg_catalog.text) OPERATOR(pg_catalog.=) ANY (:any::pg_catalog.text[]))";
    private static final String TEXT =
            "({column}::pg_catalog.text OPERATOR(pg_catalog.=) ANY (:any::pg_catalog.text[]))";
    private static final String TEXTS_OF_ARRAY =
            "({column}::pg_catalog.text[] OPERATOR(pg_catalog.&&) :any::pg_catalog.text[])";

    private final String keyType;
    private final List<String> keys;

    /** @param keyType the base name of the key's type, such as {@code int8} */
    public KeyEquality(String keyType, List<String> keys) {
        this.keyType = keyType;
        this.keys = List.copyOf(keys);
    }

    /** @param type the base name of the column's type; of an array with a line before it */
    public SqlFragment of(String column, String type) {
        boolean array = type.startsWith("_");
        String element = array ? type.substring(1) : type;
        boolean spelled = NUMBERS.contains(keyType)
                && NUMBERS.contains(element)
                && (keyType.equals("numeric") || element.equals("numeric"));
        boolean withoutCase = keyType.equals("citext") && !array;
        String template = spelled
                ? array ? NUMBERS_OF_ARRAY : NUMBER
                : withoutCase ? WITHOUT_CASE : array ? TEXTS_OF_ARRAY : TEXT;
        return SqlTemplate.of(template)
                .identifier("column", column)
                .bind(
                        "any",
                        keys.stream()
                                .map(k -> withoutCase ? k.toLowerCase(Locale.ROOT) : k)
                                .toArray(String[]::new))
                .toFragment();
    }
}
