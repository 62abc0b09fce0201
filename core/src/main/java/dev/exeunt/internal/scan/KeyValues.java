package dev.exeunt.internal.scan;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Compares values with keys as the type of the key compares: {@code 7.5} is {@code 7.50}, and a key of type {@code citext} has no case. */
final class KeyValues {

    private static final Set<String> NUMBERS = Set.of("int2", "int4", "int8", "numeric");

    private final boolean withoutCase;
    private final Set<String> texts = new HashSet<>();
    private final Set<Long> integers = new HashSet<>();
    private final Set<BigDecimal> decimals = new HashSet<>();

    /** @param keyType the base name of the key's type, such as {@code int8} */
    KeyValues(String keyType, Collection<String> keys) {
        this.withoutCase = keyType.equals("citext");
        for (String key : keys) {
            texts.add(text(key));
            if (NUMBERS.contains(keyType)) {
                addNumber(key);
            }
        }
    }

    private void addNumber(String key) {
        try {
            BigDecimal number = new BigDecimal(key);
            decimals.add(number.stripTrailingZeros());
            integers.add(number.longValueExact());
        } catch (NumberFormatException | ArithmeticException e) {
            // NaN and 7.5 equal no integer
        }
    }

    boolean containsInteger(long value) {
        return integers.contains(value);
    }

    /** @param type the base name of the column's type, or of the elements of its array */
    boolean containsText(String value, String type) {
        return texts.contains(text(value)) || NUMBERS.contains(type) && containsDecimal(value);
    }

    private boolean containsDecimal(String value) {
        try {
            return decimals.contains(new BigDecimal(value).stripTrailingZeros());
        } catch (NumberFormatException e) {
            return false; // NaN, or no number at all
        }
    }

    private String text(String value) {
        return withoutCase ? value.toLowerCase(Locale.ROOT) : value;
    }
}
