package dev.exeunt.internal.scan;

import java.util.Locale;

/** Lists what a search term is to the person. */
public enum TermKind {
    /** a key of the subject's table */
    KEY,
    /** what people are told apart by besides the key, such as an e-mail address */
    IDENTIFIER,
    /** what rows of the person say */
    VALUE;

    /** The bit that stands for this kind in a mask. */
    int bit() {
        return 1 << ordinal();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
