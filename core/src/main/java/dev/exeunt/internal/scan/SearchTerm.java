package dev.exeunt.internal.scan;

/** Holds a text that is looked for, and what it is to the person. */
public record SearchTerm(String text, TermKind kind) {

    /** Says nothing of the text: it identifies a person. */
    @Override
    public String toString() {
        return "a " + kind;
    }
}
