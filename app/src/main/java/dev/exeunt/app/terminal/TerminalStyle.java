package dev.exeunt.app.terminal;

import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds colour codes to text, or leaves it plain. */
public record TerminalStyle(boolean coloured) {

    /** Made anew in each process, so that no data can hold it; {@link TerminalStream} puts the terminal's own in its place. */
    private static final String BEGINNING = "\u001b" + UUID.randomUUID() + "[";

    private static final Pattern OTHERS_CODE = Pattern.compile("\u001b\\[([0-9;]*m)");

    static final Pattern CODE_BEGINNING = Pattern.compile(BEGINNING, Pattern.LITERAL);

    /** Goes to the beginning of the line and wipes it. */
    static final String ERASE_LINE = BEGINNING + "1G" + BEGINNING + "K";

    public String bold(String text) {
        return code("1", text);
    }

    public String dim(String text) {
        return code("2", text);
    }

    public String red(String text) {
        return code("31", text);
    }

    public String green(String text) {
        return code("32", text);
    }

    public String yellow(String text) {
        return code("33", text);
    }

    public String cyan(String text) {
        return code("36", text);
    }

    /** Text of a library that colours it by itself and holds no data, as picocli's help. */
    static String trusted(String text) {
        return OTHERS_CODE.matcher(text).replaceAll(Matcher.quoteReplacement(BEGINNING) + "$1");
    }

    private String code(String code, String text) {
        return coloured && !text.isEmpty() ? BEGINNING + code + "m" + text + BEGINNING + "0m" : text;
    }
}
