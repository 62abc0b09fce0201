package dev.exeunt.internal.draft.names;

import java.util.List;
import java.util.Set;

/**
 * Guesses from a table's name what it holds: personal settings, evidence, money, messages, threads or other content.
 */
public enum TablePurpose {
    /** credentials, settings, follows, likes: of no use, or no business of anybody's, without the person */
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
            admin owner waitlist newsletter authenticator webauthn sso jti presence
            """);

    private static final Set<String> EVIDENCE_WORDS = NameWords.set("""
            audit log moderation report infraction violation warning ban strike sanction redaction suspension
            appeal evidence complaint abuse dispute takedown flag
            """);

    private static final Set<String> RECORD_WORDS = Set.of("history", "action", "event", "activity");
    /** what makes a history nobody else's business: {@code login_history} */
    private static final Set<String> PASSING_WORDS = NameWords.set("""
            session login notification noticed notice push device token presence
            """);

    private static final Set<String> ADDRESSED_WORDS = NameWords.set("""
            invitation invite waitlist newsletter verification reset subscriber optin unsubscribe otp token
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

    /** Where an address alone makes a row the person's: they were invited, put on a list, sent a code. */
    public static boolean heldByAddress(String tableName) {
        return NameWords.singular(tableName).stream().anyMatch(ADDRESSED_WORDS::contains);
    }

    /** The last word weighs most: {@code oauth_access_tokens} are tokens, {@code token_audit_log} is a log. */
    public static TablePurpose of(String tableName) {
        List<String> words = NameWords.singular(tableName);
        String last = words.isEmpty() ? "" : words.get(words.size() - 1);
        if (RECORD_WORDS.contains(last)) {
            return words.stream().anyMatch(PASSING_WORDS::contains) ? PERSONAL : EVIDENCE;
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

    /** Whether a row of a table of this kind and name says that somebody works in, or made something in, what it hangs off. */
    public boolean shared(String tableName) {
        return this == CONTENT
                || this == PERSONAL && NameWords.singular(tableName).stream().anyMatch(MEMBERS::contains);
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
