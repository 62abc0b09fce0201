package dev.exeunt.internal.map;

/**
 * Names a kind of data subject. A subject's identity is its kind and its key, so that subjects of two kinds may have the same
 * key. Stored rows and keyed hashes carry the kind.
 *
 * @param text a small letter, then up to 62 small letters, digits and hyphens
 */
public record SubjectKind(String text) {

    /** The subject of every map so far, and of every row stored before kinds were. */
    public static final SubjectKind PERSON = new SubjectKind("person");

    public SubjectKind {
        if (!text.matches("[a-z][a-z0-9-]{0,62}")) {
            throw new IllegalArgumentException(
                    "a kind of subject is a small letter, then up to 62 small letters, digits and hyphens");
        }
    }
}
