package dev.exeunt.internal.names;

import dev.exeunt.internal.schema.Column;
import dev.exeunt.internal.schema.ColumnHeuristics;
import java.util.List;
import java.util.Set;

/** Guesses from a column's name and type which category of personal data it holds. */
public enum PersonalDataCategory {
    SECRET,
    EMAIL,
    /** an address in the internet sense */
    NETWORK,
    AGENT,
    PHONE,
    LOGIN,
    NAME,
    ADDRESS,
    BIRTH,
    PLACE,
    /** the person's key in an external system */
    EXTERNAL_ID,
    /** a code or a setting, of which it is enough to say that it stays */
    CODE,
    /** text, JSON or binary that may hold anything */
    FREE,
    /** nothing that has to be spoken of */
    PLAIN;

    private static final Set<String> MAILS = Set.of("email", "mail", "mailbox");
    private static final Set<String> PHONES = NameWords.set("""
            phone mobile tel telephone fax msisdn whatsapp
            """);
    private static final Set<String> LOGINS = Set.of("username", "login", "nick", "nickname", "handle", "screenname");
    private static final Set<String> NAMES =
            Set.of("firstname", "lastname", "surname", "fullname", "displayname", "forename");
    private static final Set<String> NAME_PREFIXES = NameWords.set("""
            first last full middle given family display sur real legal maiden nick
            """);
    private static final Set<String> ADDRESSES = NameWords.set("""
            address street city zip zipcode postal postcode town county
            """);
    private static final Set<String> BIRTHS = NameWords.set("""
            birth birthday birthdate dob gender sex nationality ssn passport religion iban
            """);
    private static final Set<String> PICTURES = Set.of("avatar", "image", "photo", "picture");
    private static final Set<String> CARDS = Set.of("cardholder", "pan", "bic");
    private static final Set<String> PLACES = NameWords.set("""
            lat latitude lon lng longitude location coordinates home
            """);
    private static final Set<String> CODES = NameWords.set("""
            language languages lang locale timezone tz currency format type status state kind theme version
            visibility category algorithm checksum editor scope scopes mode level priority provider color colour
            mimetype k source plan
            """);

    public static PersonalDataCategory of(Column column) {
        if (column.generated() || column.type().isEnum()) {
            return PLAIN;
        }
        if (ColumnHeuristics.secret(column)) {
            return SECRET;
        }
        PersonalDataCategory named = named(column, NameWords.of(column.name()));
        if (countOrFlag(column, named)) {
            return ColumnHeuristics.personal(column) ? CODE : PLAIN;
        }
        if (named != PLAIN) {
            return named;
        }
        return ColumnHeuristics.freeForm(column) || ColumnHeuristics.personal(column) ? FREE : PLAIN;
    }

    /** Numbers, moments and flags tell little, whatever their names: {@code email_valid}, {@code login_count}. */
    private static boolean countOrFlag(Column column, PersonalDataCategory named) {
        return switch (column.type().category()) {
            case 'B' -> true;
            case 'N' -> !Set.of(PLACE, PHONE, BIRTH, EXTERNAL_ID).contains(named);
            case 'D' -> named != BIRTH;
            default -> false;
        };
    }

    private static PersonalDataCategory named(Column column, List<String> name) {
        String type = column.type().baseName();
        if (Set.of("inet", "cidr", "macaddr", "macaddr8").contains(type)
                || name.contains("ip")
                || name.contains("ipaddress")) {
            return NETWORK;
        }
        boolean words = column.type().isText() || column.type().isArray();
        if (words && any(name, MAILS) && !name.contains("name")) {
            return EMAIL;
        }
        if (words && (name.contains("useragent") || name.containsAll(List.of("user", "agent")))) {
            return AGENT;
        }
        return words ? ofPerson(name) : ofNumber(name);
    }

    private static PersonalDataCategory ofPerson(List<String> words) {
        if (any(words, PHONES)) {
            return PHONE;
        }
        if (any(words, LOGINS) || words.equals(List.of("user", "name"))) {
            return LOGIN;
        }
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        boolean somebodys = any(words, NAME_PREFIXES) || any(words, MAILS);
        if (any(words, NAMES) || (last.equals("name") && somebodys)) {
            return NAME;
        }
        if (any(words, ADDRESSES)) {
            return ADDRESS;
        }
        PersonalDataCategory number = ofNumber(words);
        boolean code = number == PLAIN
                && !any(words, PICTURES)
                && (CODES.contains(last) || words.equals(List.of("time", "zone")));
        return code ? CODE : number;
    }

    private static PersonalDataCategory ofNumber(List<String> words) {
        if (ColumnHeuristics.keyElsewhere(words)) {
            return EXTERNAL_ID;
        }
        if (any(words, PHONES)) {
            return PHONE;
        }
        if (any(words, BIRTHS) || any(words, CARDS)) {
            return BIRTH;
        }
        boolean extent = words.contains("min") || words.contains("max");
        return any(words, PLACES) && !extent ? PLACE : PLAIN;
    }

    private static boolean any(List<String> words, Set<String> of) {
        return words.stream().anyMatch(of::contains);
    }

    /** Whether it says by itself who the person is, or where they were reached. */
    public boolean identifies() {
        return switch (this) {
            case SECRET, EMAIL, NETWORK, AGENT, PHONE, LOGIN, NAME, ADDRESS, BIRTH -> true;
            default -> false;
        };
    }
}
