package dev.exeunt.app.terminal;

/** Colour, or none: each method returns its text with or without the codes around it. */
public record Style(boolean coloured) {

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

    private String code(String code, String text) {
        return coloured && !text.isEmpty() ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }
}
