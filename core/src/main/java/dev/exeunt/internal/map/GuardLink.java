package dev.exeunt.internal.map;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A guard's {@code link:}, where a person can put right what stands in the way: {@code /guilds/{id}/members}, or with a host,
 * {@code https://shop.example/guilds/{id}}. Columns of the guard's row stand in it percent-encoded, so that no value leads elsewhere.
 */
public final class GuardLink {

    private static final String COLUMN = "\\{[^{}]+\\}";
    private static final String SEGMENT =
            "(?:[^\\u0000-\\u0020\\u007f-\\u00a0\\\\/?#{}]|\\{\\{|\\}\\}|" + COLUMN + ")+";
    private static final String PATH = "/(?:" + SEGMENT + "(?:/" + SEGMENT + ")*/?)?";
    private static final String HOST = "https?://[^\\u0000-\\u0020\\u007f-\\u00a0\\\\/?#{}@]+";
    private static final String REST = "(?:[^\\u0000-\\u0020\\u007f-\\u00a0\\\\{}]|\\{\\{|\\}\\}|" + COLUMN + ")*";

    /**
     * A path from the root, or http(s) and a host without columns before it; no {@code //} in the path, no backslash, no blank. Reads the
     * same in ECMAScript.
     */
    public static final String FORM = "(?:" + HOST + "(?:" + PATH + ")?|" + PATH + ")(?:[?#]" + REST + ")?";

    private static final Pattern WHOLE = Pattern.compile(FORM);

    private GuardLink() {}

    public static boolean wellFormed(String link) {
        return WHOLE.matcher(link).matches();
    }

    /**
     * The link of one row.
     *
     * @param row values by column, none null
     * @return empty where the values make another address of it: an empty one {@code //}, or one that is {@code ..}
     */
    public static Optional<String> filled(String link, Map<String, String> row) {
        if (!wellFormed(link)) {
            return Optional.empty();
        }
        String whole = PlaceholderText.parse(link)
                .filled(
                        name -> encoded(row.getOrDefault(name, "")),
                        plain -> plain.replace("{", encoded("{")).replace("}", encoded("}")));
        return wellFormed(whole) && steps(whole).noneMatch(s -> s.equals(".") || s.equals(".."))
                ? Optional.of(whole)
                : Optional.empty();
    }

    private static Stream<String> steps(String link) {
        return Arrays.stream(link.split("[?#]", 2)[0].split("/", -1));
    }

    /** RFC 3986: all but what is unreserved, as UTF-8. */
    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            boolean unreserved = octet >= 'a' && octet <= 'z'
                    || octet >= 'A' && octet <= 'Z'
                    || octet >= '0' && octet <= '9'
                    || "-._~".indexOf(octet) >= 0;
            encoded.append(unreserved ? String.valueOf((char) octet) : String.format("%%%02X", octet));
        }
        return encoded.toString();
    }
}
