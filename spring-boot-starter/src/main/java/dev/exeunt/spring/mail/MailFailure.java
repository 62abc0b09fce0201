package dev.exeunt.spring.mail;

/**
 * Tells why a message was not sent.
 *
 * @param word a word or the mail server's status code, never its text, which may quote the address
 * @param cause whether another attempt may help, and with whom
 */
record MailFailure(String word, Cause cause) {

    /** Says what another attempt depends on. */
    enum Cause {
        /** the address itself: another attempt would fail in the same way */
        RECIPIENT,
        /** this message: it is tried again, and others are sent meanwhile */
        MESSAGE,
        /** the mail server or the settings: all messages wait */
        SERVER
    }
}
