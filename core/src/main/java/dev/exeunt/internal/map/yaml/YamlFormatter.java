package dev.exeunt.internal.map.yaml;

import dev.exeunt.map.DataMap.LanguageText;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Formats scalars, names and comments as YAML that reads back as the same text. */
public final class YamlFormatter {

    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$.-]*");
    private static final Pattern PLAIN_PROSE = Pattern.compile("[\\p{L}][\\p{L}\\p{N}_ ,;.()'/-]*[\\p{L}\\p{N}.)]");
    /** Words that YAML 1.2, or an older reader in an editor, takes for something other than text. */
    private static final Set<String> RESERVED =
            Set.of("null", "true", "false", "yes", "no", "on", "off", "y", "n", "nan", "inf");

    private YamlFormatter() {}

    /** A name or value: plain where that is safe everywhere, flow lists and keys included. */
    public static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !RESERVED.contains(text.toLowerCase(Locale.ROOT));
        return plain ? text : quoted(text);
    }

    /** {@code [a, b]} */
    public static String list(List<String> names) {
        return names.stream().map(YamlFormatter::scalar).collect(Collectors.joining(", ", "[", "]"));
    }

    /** A sentence, outside of flow collections: plain where it can be. */
    public static String prose(String text) {
        return PLAIN_PROSE.matcher(text).matches() && text.contains(" ") ? text : scalar(text);
    }

    /** A sentence that may stand inside of flow collections: plain where it has no comma. */
    public static String proseInBraces(String text) {
        return text.contains(",") ? quoted(text) : prose(text);
    }

    /** A text for people inside of flow collections: alone, or one for each language. */
    public static String texts(LanguageText text) {
        String alone = text.texts().get("");
        return alone != null
                ? proseInBraces(alone)
                : text.texts().entrySet().stream()
                        .map(each -> scalar(each.getKey()) + ": " + proseInBraces(each.getValue()))
                        .collect(Collectors.joining(", ", "{ ", " }"));
    }

    /** In double quotes, with escapes for everything that could not stand there or not be seen. */
    public static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (visible(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format(Locale.ROOT, c > 0xFFFF ? "\\U%08X" : "\\u%04X", c));
            }
        });
        return quoted.append('"').toString();
    }

    /** A comment's text on one line, without anything that would end the line or hide in it. */
    public static String comment(String text) {
        StringBuilder comment = new StringBuilder();
        text.codePoints().forEach(c -> comment.appendCodePoint(visible(c) ? c : '?'));
        return comment.toString();
    }

    private static boolean visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }
}
