package dev.exeunt.internal.names;

import java.util.List;
import java.util.Set;

/**
 * Guesses from a table's name what it holds: personal settings, evidence, money, messages, threads or other content.
 */
public enum TablePurpose {
    /**
     * credentials, settings, follows, likes: without the person they are of no use, or other people may not see them
     */
    PERSONAL,
    /** what moderators and auditors look things up in */
    EVIDENCE,
    /** what bookkeeping must keep */
    MONEY,
    /** between two people */
    MESSAGE,
    /** what a person wrote among others */
    THREAD,
    /** anything else */
    CONTENT;

    private static final Set<String> PERSONAL_WORDS = NameWords.set("""
            session token preference pref setting notification notice follow follower following friend
            friendship subscription subscriber mute like vote reaction rating favorite favourite bookmark star
            membership member identity account oauth grant email phone address invitation invite draft passkey
            credential device otp mfa recovery reset verification consent profile avatar role permission watch
            watcher wishlist cart login limit quota override key push contact attachment participant attendee
            admin owner waitlist newsletter authenticator webauthn sso jti presence inbox perm privilege
            """);

    private static final Set<String> EVIDENCE_WORDS = NameWords.set("""
            audit aud log moderation report infraction violation warning ban strike sanction redaction suspension
            appeal evidence complaint abuse dispute takedown flag
            """);

    private static final Set<String> RECORD_WORDS = Set.of("history", "action", "event", "activity");
    /** what object mappers and designers put behind a table's name: {@code event_entity} */
    private static final Set<String> DECORATION = Set.of("entity", "tbl", "table", "model");
    /** words that mark a history as private: {@code login_history} */
    private static final Set<String> PASSING_WORDS = NameWords.set("""
            session login notification noticed notice push device token presence security signin
            """);
    /** what an audit of people's own accounts is about: {@code user_security_audit_log} */
    private static final Set<String> SECURITY_WORDS = NameWords.set("session login security signin");

    /** what a row of a log or a record says happened to the person alone */
    private static final Set<String> LOGS = Set.of("log", "audit", "history", "event", "activity");

    private static final Set<String> ADDRESSED_WORDS = NameWords.set("""
            invitation invite waitlist newsletter verification reset subscriber optin unsubscribe otp token share
            """);
    private static final Set<String> MEMBERS = Set.of("member", "membership", "participant");
    private static final Set<String> PERSONAL_LINKS = Set.of("social", "magic", "profile", "user");

    private static final Set<String> MONEY_WORDS = NameWords.set("""
            invoice payment order ledger transaction refund charge payout purchase billing tax donation receipt
            payroll transfer
            """);

    private static final Set<String> MESSAGE_WORDS = Set.of("message", "dm", "conversation", "chat", "whisper");

    private static final Set<String> THREAD_WORDS = NameWords.set("""
            comment reply post topic answer question review thread entry article discussion annotation amendment
            """);
    private static final Set<String> PUBLISHED_WORDS =
            Set.of("post", "topic", "entry", "article", "thread", "discussion");
    private static final Set<String> INBOX_WORDS = Set.of("notification", "notice", "inbox", "alert");
    private static final Set<String> INTEGRATION_WORDS = NameWords.set("""
            api webhook hook integration application app client bot connector agent deploy
            """);
    private static final Set<String> ACCESS_WORDS = NameWords.set("""
            grant token authorization authorisation consent installation
            """);
    private static final Set<String> RULES = Set.of("policy", "acl");
    private static final Set<String> CARDS = NameWords.set("credit debit payment bank stored saved");

    /** Where an address alone makes a row the person's: they were invited, put on a list, sent a code. */
    public static boolean heldByAddress(String tableName) {
        return NameWords.singular(tableName).stream().anyMatch(ADDRESSED_WORDS::contains);
    }

    /** Whether rows are notices in people's inboxes, whose text names who did something. */
    public static boolean inbox(String tableName) {
        return NameWords.singular(tableName).stream().anyMatch(INBOX_WORDS::contains);
    }

    /** Whether programs work with the rows: keys of an interface, webhooks, applications that sign people in. */
    public static boolean integration(String tableName) {
        return NameWords.singular(tableName).stream().anyMatch(INTEGRATION_WORDS::contains);
    }

    /** Whether rows let a program act for people: grants, tokens, consents. */
    public static boolean access(String tableName) {
        return NameWords.singular(tableName).stream().anyMatch(ACCESS_WORDS::contains);
    }

    /** Whether rows say what people or programs may do, also others than who made them. */
    public static boolean rules(String tableName) {
        List<String> words = words(tableName);
        return !words.isEmpty() && RULES.contains(words.get(words.size() - 1));
    }

    /** Whether only the last word of the name calls the rows records of what happened: {@code required_action}. */
    public static boolean recordByName(String tableName) {
        List<String> words = words(tableName);
        return !words.isEmpty() && RECORD_WORDS.contains(words.get(words.size() - 1));
    }

    /** Whether rows are published under a title, such as posts and articles, and are no answers to others. */
    public static boolean published(String tableName) {
        List<String> words = NameWords.singular(tableName);
        return !words.isEmpty() && PUBLISHED_WORDS.contains(words.get(words.size() - 1));
    }

    /** The last word weighs most: {@code oauth_access_tokens} are tokens, {@code token_audit_log} is a log. */
    public static TablePurpose of(String tableName) {
        List<String> words = words(tableName);
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        if (RECORD_WORDS.contains(last) || LOGS.contains(last)) {
            Set<String> passing = words.contains("audit") ? SECURITY_WORDS : PASSING_WORDS;
            return words.stream().anyMatch(passing::contains) ? PERSONAL : EVIDENCE;
        }
        if (Set.of("card", "method").contains(last) && words.stream().anyMatch(CARDS::contains)) {
            return PERSONAL;
        }
        if (last.equals("link")) {
            return words.stream().anyMatch(PERSONAL_LINKS::contains) ? PERSONAL : CONTENT;
        }
        for (int i = words.size() - 1; i >= 0; i--) {
            TablePurpose kind = ofWord(words.get(i));
            if (kind != CONTENT) {
                return kind;
            }
        }
        return CONTENT;
    }

    /** Tells whether a row of such a table says that a person works in its parent, or made something in it. */
    public boolean shared(String tableName) {
        return this == CONTENT
                || this == PERSONAL && NameWords.singular(tableName).stream().anyMatch(MEMBERS::contains);
    }

    /** The words of a table's name in the singular, without what only says that it is a table. */
    private static List<String> words(String tableName) {
        List<String> words = NameWords.singular(tableName);
        int last = words.size() - 1;
        return last > 0 && DECORATION.contains(words.get(last)) ? words.subList(0, last) : words;
    }

    private static TablePurpose ofWord(String word) {
        if (EVIDENCE_WORDS.contains(word)) {
            return EVIDENCE;
        }
        if (MONEY_WORDS.contains(word)) {
            return MONEY;
        }
        if (MESSAGE_WORDS.contains(word)) {
            return MESSAGE;
        }
        if (THREAD_WORDS.contains(word)) {
            return THREAD;
        }
        return PERSONAL_WORDS.contains(word) ? PERSONAL : CONTENT;
    }
}
