package dev.exeunt.archive;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Holds the file name and media type of an archive for the person who downloads it. Whatever the name is made of, it stays one:
 * nothing in it becomes a path, an option, a header or a line of its own.
 *
 * @param fileName never empty; characters that mean something to a file system or cannot be seen are replaced with {@code _}
 * @param mediaType {@code application/zip}, {@code application/json; charset=utf-8}
 */
public record Attachment(String fileName, String mediaType) {

    /** Those that file systems take for something else, and those that turn text around or cannot be seen. */
    private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}/\\\\:*?\"<>|]");

    private static final Pattern HIDDEN = Pattern.compile("^[.\\s-]+");
    private static final String TOKEN = "[A-Za-z0-9!#$&^_.+-]+";
    private static final Pattern TYPE = Pattern.compile(TOKEN + "/" + TOKEN + "( ?; ?" + TOKEN + "=" + TOKEN + ")*");
    private static final int LONGEST = 200;

    /** @throws IllegalArgumentException where the media type is none */
    public Attachment {
        if (!TYPE.matcher(mediaType).matches()) {
            throw new IllegalArgumentException("no media type");
        }
        fileName = safe(fileName);
    }

    private static String safe(String name) {
        String seen = HIDDEN.matcher(UNSAFE.matcher(name).replaceAll("_")).replaceFirst("_");
        String cut = seen.length() <= LONGEST ? seen : cut(seen);
        return cut.isBlank() ? "export" : cut.strip();
    }

    /** Keeps the end, by which programs know what it is, and no half of a character. */
    private static String cut(String name) {
        String end = name.substring(name.length() - LONGEST);
        return Character.isLowSurrogate(end.charAt(0)) ? end.substring(1) : end;
    }

    /** {@code Content-Disposition} (RFC 6266), for old readers in ASCII and for all others as it is. */
    public String contentDisposition() {
        String plain = fileName.replaceAll("[^\\x20-\\x7e]|[%;\"\\\\]", "_");
        String disposition = "attachment; filename=\"" + plain + "\"";
        return plain.equals(fileName) ? disposition : disposition + "; filename*=UTF-8''" + encoded(fileName);
    }

    /** RFC 8187: all but its attr-char as {@code %XX}. */
    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || "!#$&+-.^_`|~".indexOf(c) >= 0);
            encoded.append(plain ? String.valueOf(c) : String.format(Locale.ROOT, "%%%02X", (int) c));
        }
        return encoded.toString();
    }

    /** Without the name, which may hold a person's key. */
    @Override
    public String toString() {
        return "Attachment[" + mediaType + "]";
    }
}
