package dev.exeunt.internal.map.yaml;

/**
 * Describes the YAML node that a reader expects, in the words of the error message.
 *
 * @param what the value's name, as the subject of a sentence
 * @param needs what it has to be, e.g. {@code a column}
 * @param example what to write
 */
public record ExpectedNode(String what, String needs, String example) {

    public static ExpectedNode column(String word, String example) {
        return new ExpectedNode(word, "a column", example);
    }

    public static ExpectedNode columns(String word, String example) {
        return new ExpectedNode(word, "a column, or a list of columns", example);
    }

    public String fix() {
        return "Write for example: " + example;
    }
}
