package dev.exeunt.internal.scan;

import java.nio.charset.StandardCharsets;

/** Looks through text of any kind: for tokens, and for short keys where a member of JSON says that a person is meant. */
final class FreeTextSearch {

    private static final int KEY = TermKind.KEY.bit();

    private final PersonTerms terms;
    private final JsonKeys members;

    FreeTextSearch(PersonTerms terms) {
        this.terms = terms;
        this.members = new JsonKeys(terms.keys(), terms.columns());
    }

    /** Returns the bits of the kinds of terms that stand in the text. */
    int find(byte[] bytes, int start, int length) {
        int found = terms.tokens().find(bytes, start, start + length);
        return (found & KEY) == 0 && holdsMember(bytes, start, length) ? found | KEY : found;
    }

    private boolean holdsMember(byte[] bytes, int start, int length) {
        return !terms.shortKeys().isEmpty()
                && terms.shortKeys().find(bytes, start, start + length) != 0
                && members.holds(new String(bytes, start, length, StandardCharsets.UTF_8));
    }
}
