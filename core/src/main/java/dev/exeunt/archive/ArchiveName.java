package dev.exeunt.archive;

import dev.exeunt.ExeuntException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Names a stored archive by 160 random bits, written as 40 hexadecimal digits. It tells nothing, cannot be guessed, and
 * is a safe name in every file system, URL and log, since it can be nothing else.
 */
public record ArchiveName(String text) {

    private static final int BYTES = 20;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

    /** @throws ExeuntException where the text is no such name; it is not repeated */
    public ArchiveName {
        if (!is(text)) {
            throw new ExeuntException("That is not the name of an archive: one is " + 2 * BYTES
                    + " hexadecimal digits, as ArchiveName.random makes them.");
        }
    }

    /** Returns a new name that no archive has. */
    public static ArchiveName random(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new ArchiveName(HexFormat.of().formatHex(bytes));
    }

    public static boolean is(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
