package dev.exeunt.internal.map;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Splits a text of the map into plain text and placeholders such as {@code {name}}. A doubled brace stands for the brace itself; blanks around
 * a name do not count. This is
 * the one syntax of templates, of messages and links of guards, and of the bundle's file name.
 */
public final class PlaceholderText {

    private final List<TextPart> parts = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();

    private PlaceholderText() {}

    /** A piece of the text. */
    public sealed interface TextPart permits PlainPart, PlaceholderPart, StrayBrace {}

    /** Plain text, with single braces where the map has doubled ones. */
    public record PlainPart(String text) implements TextPart {}

    /** @param name as it stands between the braces, without blanks around it; may be empty */
    public record PlaceholderPart(String name) implements TextPart {}

    /** A brace without its other. */
    public record StrayBrace(char brace) implements TextPart {}

    /** Never fails: what is not well-formed is a {@link StrayBrace}, or a placeholder without a name. */
    public static PlaceholderText parse(String text) {
        PlaceholderText parsed = new PlaceholderText();
        int at = 0;
        while (at < text.length()) {
            at = parsed.next(text, at);
        }
        parsed.endPlain();
        return parsed;
    }

    /** Reads what starts here, and returns where the next piece starts. */
    private int next(String text, int at) {
        char c = text.charAt(at);
        if (text.startsWith("{{", at) || text.startsWith("}}", at)) {
            plain.append(c);
            return at + 2;
        }
        if (c == '{') {
            int end = text.indexOf('}', at);
            int another = text.indexOf('{', at + 1);
            if (end > 0 && (another < 0 || another > end)) {
                add(new PlaceholderPart(text.substring(at + 1, end).strip()));
                return end + 1;
            }
        }
        if (c == '{' || c == '}') {
            add(new StrayBrace(c));
        } else {
            plain.append(c);
        }
        return at + 1;
    }

    private void add(TextPart part) {
        endPlain();
        parts.add(part);
    }

    private void endPlain() {
        if (plain.length() > 0) {
            parts.add(new PlainPart(plain.toString()));
            plain.setLength(0);
        }
    }

    public List<TextPart> parts() {
        return List.copyOf(parts);
    }

    /** Tells whether every brace is doubled or belongs to a placeholder with a name. */
    public boolean isWellFormed() {
        return parts.stream().noneMatch(part -> part instanceof StrayBrace) && !names().contains("");
    }

    /** Returns the names of the placeholders in their order. */
    public List<String> names() {
        return parts.stream()
                .filter(PlaceholderPart.class::isInstance)
                .map(part -> ((PlaceholderPart) part).name())
                .toList();
    }

    /** Returns the text with a value for each placeholder, by its name. */
    public String filled(UnaryOperator<String> value) {
        return filled(value, UnaryOperator.identity());
    }

    /** @param whatIsPlain what becomes of the plain text, in which braces are single */
    String filled(UnaryOperator<String> value, UnaryOperator<String> whatIsPlain) {
        StringBuilder filled = new StringBuilder();
        for (TextPart part : parts) {
            if (part instanceof PlaceholderPart placeholder) {
                filled.append(value.apply(placeholder.name()));
            } else if (part instanceof PlainPart text) {
                filled.append(whatIsPlain.apply(text.text()));
            } else if (part instanceof StrayBrace stray) {
                filled.append(stray.brace());
            }
        }
        return filled.toString();
    }

    /** Returns plain text as a map writes it, with doubled braces. */
    public static String escaped(String plain) {
        return plain.replace("{", "{{").replace("}", "}}");
    }
}
