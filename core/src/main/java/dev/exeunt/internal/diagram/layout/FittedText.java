package dev.exeunt.internal.diagram.layout;

/**
 * Measures text, cuts it to a given width, and escapes it for XML. A table may be called anything, so control
 * characters, and those that would turn the direction of what follows, are shown as what they are.
 */
public final class FittedText {

    private static final String CUT = "…";

    private FittedText() {}

    /** Names and columns, in a font whose characters are all as wide as each other. */
    public static double mono(String text, double size) {
        return text.codePoints().mapToDouble(c -> c < 0x1100 ? 0.61 : 1.22).sum() * size;
    }

    /** Prose, in a font with narrow and wide characters; rather too wide than too narrow. */
    public static double prose(String text, double size) {
        return text.codePoints().mapToDouble(FittedText::proseWidth).sum() * size;
    }

    private static double proseWidth(int c) {
        if (c >= 0x1100) {
            return 1.1;
        } else if ("iljtfrI.,:;'|()[] ".indexOf(c) >= 0) {
            return 0.38;
        }
        return c == 'm' || c == 'w' || c == 'M' || c == 'W' || c == '%' || c == '@' ? 0.95 : c < 'a' ? 0.72 : 0.6;
    }

    /** As much as fits, made visible. */
    public static String fitMono(String text, double size, double width) {
        return fit(text, width / size, c -> c < 0x1100 ? 0.61 : 1.22, 0.61);
    }

    /** As much as fits, made visible. */
    public static String fitProse(String text, double size, double width) {
        return fit(text, width / size, FittedText::proseWidth, 0.9);
    }

    private static String fit(String any, double room, java.util.function.IntToDoubleFunction widths, double cut) {
        String text = visible(any);
        double used = 0;
        int keep = 0;
        for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            used += widths.applyAsDouble(text.codePointAt(i));
            if (used + cut <= room) {
                keep = i + Character.charCount(text.codePointAt(i));
            }
        }
        return used <= room ? text : text.substring(0, keep).stripTrailing() + CUT;
    }

    /** Nothing that XML forbids, and nothing that is not seen or makes something else seen. */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> {
            int type = Character.getType(c);
            if (c < 0x20) {
                visible.appendCodePoint(0x2400 + c);
            } else if (type == Character.CONTROL
                    || type == Character.FORMAT
                    || type == Character.SURROGATE
                    || type == Character.LINE_SEPARATOR
                    || type == Character.PARAGRAPH_SEPARATOR
                    || (c & 0xfffe) == 0xfffe) {
                visible.append('\ufffd');
            } else {
                visible.appendCodePoint(c);
            }
        });
        return visible.toString();
    }

    /** For an XML document's text or an attribute between double quotes. */
    public static String xml(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
