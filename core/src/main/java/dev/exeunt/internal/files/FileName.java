package dev.exeunt.internal.files;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the name of a file from a column's value, and refuses values that could lead out of a store. */
public final class FileName {

    private static final int LONGEST = 1024;

    /** Percent-encoded dots, slashes, backslashes, percent signs and NUL: a store behind HTTP might decode them. */
    private static final List<String> ENCODED = List.of("%2e", "%2f", "%5c", "%25", "%00");

    private FileName() {}

    /**
     * Returns the name without what each value of the column begins with. Nothing is decoded and nothing is normalised, so that two
     * different names are two files.
     *
     * @param strip empty where a value is the name itself
     * @return empty where the value does not begin so, is absolute, or has a part that is empty, {@code .} or {@code ..}; also where
     *     it holds a backslash, a control character or an encoded dot or slash, or takes more than 1,024 bytes
     */
    public static Optional<String> of(String value, String strip) {
        if (!value.startsWith(strip)) {
            return Optional.empty();
        }
        String name = value.substring(strip.length());
        boolean safe = StandardCharsets.UTF_8.newEncoder().canEncode(name)
                && name.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                && name.chars().noneMatch(c -> c == '\\' || Character.isISOControl(c))
                && isFreeOfEncoding(name)
                && List.of(name.split("/", -1)).stream().allMatch(FileName::isPart);
        return safe ? Optional.of(name) : Optional.empty();
    }

    private static boolean isFreeOfEncoding(String name) {
        String small = name.toLowerCase(Locale.ROOT);
        return ENCODED.stream().noneMatch(small::contains);
    }

    private static boolean isPart(String part) {
        return !part.isEmpty() && !part.equals(".") && !part.equals("..");
    }
}
