package dev.exeunt.internal.schema;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Guesses from a column's name and type whether it holds personal data or a secret. Only ever a suggestion: a finding
 * to answer, a proposal to review; no erasure is decided by it.
 */
public final class ColumnHeuristics {

    private static final Set<String> SECRET_WORDS = words("""
            password passwd passphrase passcode passhash pwd pass secret secrets token tokens otp totp salt crypt ciphertext
            nonce credential credentials apikey pin cvv cvc ha1 ha2 psk otpauth mnemonic jwt bearer
            """);
    /** what makes a secret of whatever follows: {@code encryptedSad}, {@code hashed_key} */
    private static final Set<String> SEALED = words("encrypted hashed cipher");

    /** words that are secrets also where other words stand before them without a sign between */
    private static final Set<String> COMPOUND =
            words("password passwd passphrase passcode passwort secret token apikey privatekey credential credentials");
    /** what may stand behind such a word */
    private static final Set<String> SECRET_ENDINGS =
            words("hash hashed salt digest crypt encrypted cipher key seed value text md5 sha sha1 sha256 old new");

    private static final Set<String> SECRET_PHRASES = words("""
            api_key private_key secret_key access_key key_hash code_hash backup_codes recovery_code recovery_codes
            verification_code backup_code signing_key encryption_key session_key auth_key auth_code access_code
            device_code activation_key activation_code reset_key confirmation_code invite_code
            """);
    /** tables whose rows let a person or a program in */
    private static final Set<String> CREDENTIAL_TABLES = words("""
            credential password secret token key apikey otp totp mfa authenticator webauthn passkey login auth
            authentication oauth
            """);
    /** columns that are a secret in such a table only */
    private static final Set<String> CREDENTIALS = words("hash key digest value seed code");
    /** words that make of a secret's name something harmless: {@code token_expires_at}, {@code password_changed_at} */
    private static final Set<String> ABOUT = words("at count expires expiry expiration type id name hint");

    private static final Set<String> PERSONAL_WORDS = words("""
            email mail phone mobile tel fax address street city zip postcode postal firstname lastname surname fullname
            nickname username login displayname bio about avatar photo picture birth birthday birthdate dob gender sex
            nationality ssn passport iban ip lat latitude lon lng longitude location useragent fingerprint
            """);
    private static final Set<String> SETTINGS = words("""
            limit limits quota quotas setting settings template templates enabled count
            """);
    private static final Set<String> ELSEWHERE = words("""
            gh github gitlab google facebook twitter discord apple steam linkedin microsoft stripe provider
            external auth oauth openid sso saml ldap telegram slack
            """);
    private static final Set<String> KEYS_ELSEWHERE = Set.of("id", "uid", "identifier", "sub");
    private static final Set<Character> SECRET_CATEGORIES = Set.of('S', 'U', 'A');
    private static final Set<String> FREE_TYPES = Set.of(
            "json", "jsonb", "bytea", "xml", "hstore", "inet", "cidr", "macaddr", "macaddr8", "tsvector", "point");

    private static final List<String> KINDS = List.of("type", "kind", "class");

    private ColumnHeuristics() {}

    /** Whether the name reads like a password hash, a token or a key. A number or a moment is none. */
    public static boolean secret(Column column) {
        List<String> words = words(column.type(), column.name());
        if (words.isEmpty() || ABOUT.contains(words.get(words.size() - 1))) {
            return false;
        }
        String name = "_" + String.join("_", words) + "_";
        if (words.size() > 1 && SEALED.contains(words.get(0))) {
            return true;
        }
        return words.stream().anyMatch(w -> SECRET_WORDS.contains(w) || compound(w))
                || SECRET_PHRASES.stream().anyMatch(p -> name.contains("_" + p + "_"));
    }

    /** As {@link #secret(Column)}, also where only the table says so: {@code hash} of passwords, {@code key} of credentials. */
    public static boolean secret(Table table, Column column) {
        List<String> words = words(column.type(), ColumnPrefix.bareName(table, column.name()));
        boolean credentials = nameWords(table.name().name()).stream().anyMatch(ColumnHeuristics::credential);
        boolean key = table.primaryKey().contains(column.name());
        return secret(column) || credentials && !key && words.size() == 1 && CREDENTIALS.contains(words.get(0));
    }

    /** {@code newpassword}, {@code passwordhash}: words without a sign between them, of which one is a secret. */
    private static boolean compound(String word) {
        return COMPOUND.stream()
                .anyMatch(secret -> word.endsWith(secret)
                        || word.startsWith(secret) && SECRET_ENDINGS.contains(word.substring(secret.length())));
    }

    private static boolean credential(String word) {
        return CREDENTIAL_TABLES.contains(word)
                || word.endsWith("s") && CREDENTIAL_TABLES.contains(word.substring(0, word.length() - 1));
    }

    private static List<String> words(SqlType type, String name) {
        return SECRET_CATEGORIES.contains(type.category()) ? nameWords(name) : List.of();
    }

    /** Whether the name reads like something about a person. */
    public static boolean personal(Column column) {
        List<String> words = nameWords(column.name());
        return hasPersonalWord(column)
                || column.type().isText()
                        && !words.isEmpty()
                        && words.get(words.size() - 1).equals("name");
    }

    /** As {@link #personal}, without what a table of settings or of things has as well: {@code name}, {@code email_quota}. */
    public static boolean tellsOfPerson(Column column) {
        List<String> words = nameWords(column.name());
        return hasPersonalWord(column) && !SETTINGS.contains(words.get(words.size() - 1));
    }

    private static boolean hasPersonalWord(Column column) {
        if (column.type().category() == 'B') {
            return false;
        }
        List<String> words = nameWords(column.name());
        boolean dated = words.size() > 1 && words.get(words.size() - 1).equals("at");
        return !dated
                && (words.stream().anyMatch(PERSONAL_WORDS::contains)
                        || PERSONAL_WORDS.contains(String.join("", words)));
    }

    /** Whether the words of a name speak of another service: {@code gh_login}. */
    public static boolean ofOtherService(List<String> words) {
        return words.stream().anyMatch(ELSEWHERE::contains);
    }

    /** Whether the words of a name read like a person's key in another system: {@code provider_user_id}. */
    public static boolean keyElsewhere(List<String> words) {
        return !words.isEmpty()
                && KEYS_ELSEWHERE.contains(words.get(words.size() - 1))
                && words.stream().anyMatch(ELSEWHERE::contains);
    }

    /** Tells whether the type can hold what a user typed: text, JSON, binary, an address, or arrays of them. */
    public static boolean freeForm(Column column) {
        String base = column.type().baseName();
        String element = base.startsWith("_") ? base.substring(1) : base;
        return column.type().isText()
                || FREE_TYPES.contains(element)
                || column.type().isArray()
                        && Set.of("text", "varchar", "bpchar", "citext").contains(element);
    }

    /**
     * Splits a name into its words, in lower case: the same ones for {@code apiKeyHash}, {@code api_key_hash} and {@code API-key hash}.
     * A word is a run of letters and digits. It ends before a capital that follows a small letter or a digit, and before the last
     * capital of several where a small letter follows: {@code XML, Http, Request}.
     */
    public static List<String> nameWords(String name) {
        // by hand: a large schema has tens of thousands of names, and a regular expression took a fifth of init for
        // them
        List<String> words = new ArrayList<>();
        int begin = 0;
        int before = Character.UNASSIGNED;
        for (int i = 0; i < name.length(); ) {
            int codePoint = name.codePointAt(i);
            int next = i + Character.charCount(codePoint);
            int type = Character.getType(codePoint);
            if (!isLetterOrNumber(type)) {
                addWord(name, begin, i, words);
                begin = next;
            } else if (type == Character.UPPERCASE_LETTER && beginsWord(before, name, next)) {
                addWord(name, begin, i, words);
                begin = i;
            }
            before = type;
            i = next;
        }
        addWord(name, begin, name.length(), words);
        return Collections.unmodifiableList(words);
    }

    /** Whether a capital begins a word, by what stands before and after it. */
    private static boolean beginsWord(int before, String name, int next) {
        return before == Character.LOWERCASE_LETTER
                || isNumber(before)
                || before == Character.UPPERCASE_LETTER
                        && next < name.length()
                        && Character.getType(name.codePointAt(next)) == Character.LOWERCASE_LETTER;
    }

    private static void addWord(String name, int begin, int end, List<String> words) {
        if (begin < end) {
            words.add(name.substring(begin, end).toLowerCase(Locale.ROOT));
        }
    }

    private static boolean isLetterOrNumber(int type) {
        return switch (type) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER -> true;
            default -> isNumber(type);
        };
    }

    private static boolean isNumber(int type) {
        return type == Character.DECIMAL_DIGIT_NUMBER
                || type == Character.LETTER_NUMBER
                || type == Character.OTHER_NUMBER;
    }

    /** Returns the column that says what this one refers to: {@code owner_type} beside {@code owner_id}. */
    public static Optional<Column> kindBeside(Table table, Column column) {
        List<String> name = nameWords(ColumnPrefix.bareName(table, column.name()));
        List<String> stem = name.size() > 1 ? name.subList(0, name.size() - 1) : name;
        return table.columns().stream()
                .filter(c -> {
                    List<String> other = nameWords(ColumnPrefix.bareName(table, c.name()));
                    return other.size() == stem.size() + 1
                            && other.subList(0, stem.size()).equals(stem)
                            && KINDS.contains(other.get(stem.size()));
                })
                .findFirst();
    }

    private static Set<String> words(String list) {
        return Set.of(list.strip().split("\\s+"));
    }
}
