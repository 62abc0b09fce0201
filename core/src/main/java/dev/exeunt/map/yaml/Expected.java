package dev.exeunt.map.yaml;

/**
 * What a reader asks a node for, in the words of its complaint.
 *
 * @param what the value's name, as the subject of a sentence
 * @param needs what it has to be, e.g. {@code a column}
 * @param example what to write
 */
record Expected(String what, String needs, String example) {

    static Expected column(String word, String example) {
        return new Expected(word, "a column", example);
    }

    static Expected columns(String word, String example) {
        return new Expected(word, "a column, or a list of columns", example);
    }

    String fix() {
        return "Write for example: " + example;
    }
}
