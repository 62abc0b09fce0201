package dev.exeunt.internal.ledger.chain;

import dev.exeunt.HashKey;
import dev.exeunt.internal.ledger.chain.LedgerEntry.NumberOf;
import dev.exeunt.internal.map.SubjectKind;
import java.util.List;

/**
 * Whom an entry of an erasure without a request is about.
 *
 * @param about an erasure of a person with a key, or of a guest
 * @param parts of the key; of a guest the value, in words that keep it apart from a key
 */
public record LedgerSubject(NumberOf about, SubjectKind kind, List<String> parts) {

    public LedgerSubject {
        parts = List.copyOf(parts);
    }

    /** Names a person by the key. */
    public static LedgerSubject person(SubjectKind kind, List<String> key) {
        return new LedgerSubject(NumberOf.ERASURE, kind, key);
    }

    /**
     * Names a person without an account.
     *
     * @param identifier the name of the identifier that the value is one of
     * @param value in lower case, as the database makes it
     */
    public static LedgerSubject guest(SubjectKind kind, String identifier, String value) {
        return new LedgerSubject(NumberOf.GUEST, kind, List.of("by value", identifier, value));
    }

    /** Returns the keyed hash, in hexadecimal. */
    public String hash(HashKey key) {
        return key.hashHex(kind.text(), parts);
    }

    /** Without key and value, so that no log or exception shows them by accident. */
    @Override
    public String toString() {
        return "LedgerSubject[" + about + "]";
    }
}
