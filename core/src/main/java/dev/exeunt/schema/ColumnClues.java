package dev.exeunt.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a column's name and type suggest it holds. Only ever a suggestion: a finding to answer, a proposal to review; no
 * erasure is decided by it.
 */
public final class ColumnClues {

    private static final Set<String> SECRET_WORDS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "pwd",
            "secret",
            "token",
            "otp",
            "totp",
            "mfa",
            "salt",
            "hash",
            "digest",
            "credential",
            "credentials",
            "apikey",
            "signature",
            "pin",
            "cvv");
    private static final List<List<String>> SECRET_PHRASES = List.of(
            List.of("api", "key"),
            List.of("private", "key"),
            List.of("secret", "key"),
            List.of("access", "key"),
            List.of("backup", "codes"),
            List.of("recovery", "codes"),
            List.of("recovery", "code"),
            List.of("verification", "code"));
    /** words that make of a secret's name something harmless: {@code token_expires_at}, {@code password_changed_at} */
    private static final Set<String> ABOUT =
            Set.of("at", "count", "expires", "expiry", "expiration", "type", "id", "name");

    private static final Set<String> PERSONAL_WORDS = Set.of(
            "email",
            "mail",
            "phone",
            "mobile",
            "tel",
            "fax",
            "address",
            "street",
            "city",
            "zip",
            "postcode",
            "postal",
            "firstname",
            "lastname",
            "surname",
            "fullname",
            "nickname",
            "username",
            "login",
            "displayname",
            "bio",
            "about",
            "avatar",
            "photo",
            "picture",
            "birth",
            "birthday",
            "birthdate",
            "dob",
            "gender",
            "sex",
            "nationality",
            "ssn",
            "passport",
            "iban",
            "ip",
            "lat",
            "latitude",
            "lon",
            "lng",
            "longitude",
            "location",
            "useragent",
            "fingerprint");
    private static final Set<String> PERSONAL_LAST = Set.of("name");
    private static final Set<String> FREE_TYPES = Set.of(
            "json", "jsonb", "bytea", "xml", "hstore", "inet", "cidr", "macaddr", "macaddr8", "tsvector", "point");

    private ColumnClues() {}

    /** Whether the name reads like a password hash, a token or a key. */
    public static boolean secret(Column column) {
        if (column.type().category() == 'B'
                || column.type().category() == 'D'
                || column.type().isEnum()) {
            return false;
        }
        List<String> words = words(column.name());
        if (words.isEmpty() || ABOUT.contains(words.get(words.size() - 1))) {
            return false;
        }
        return words.stream().anyMatch(SECRET_WORDS::contains)
                || words.contains("tokens")
                || SECRET_PHRASES.stream().anyMatch(p -> java.util.Collections.indexOfSubList(words, p) >= 0);
    }

    /** Whether the name reads like something about a person. */
    public static boolean personal(Column column) {
        if (column.type().category() == 'B') {
            return false;
        }
        List<String> words = words(column.name());
        boolean dated = words.size() > 1 && words.get(words.size() - 1).equals("at");
        return !dated
                && (words.stream().anyMatch(PERSONAL_WORDS::contains)
                        || PERSONAL_WORDS.contains(String.join("", words))
                        || column.type().isText()
                                && !words.isEmpty()
                                && PERSONAL_LAST.contains(words.get(words.size() - 1)));
    }

    /** Whether the type can hold anything somebody may have typed: text, JSON, binary, an address, or arrays of them. */
    public static boolean freeForm(Column column) {
        String base = column.type().baseName();
        String element = base.startsWith("_") ? base.substring(1) : base;
        return column.type().isText()
                || FREE_TYPES.contains(element)
                || column.type().isArray()
                        && Set.of("text", "varchar", "bpchar", "citext").contains(element);
    }

    /** {@code apiKeyHash}, {@code api_key_hash} and {@code API-key} in words, lower case. */
    public static List<String> words(String name) {
        String spaced = name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ").replaceAll("[^\\p{L}\\p{N}]+", " ");
        return Arrays.stream(spaced.strip().toLowerCase(Locale.ROOT).split(" "))
                .filter(w -> !w.isEmpty())
                .toList();
    }
}
