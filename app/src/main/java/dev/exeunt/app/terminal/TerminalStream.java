package dev.exeunt.app.terminal;

import dev.exeunt.support.text.VisibleText;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Standard output or error of a command. All text passes {@link VisibleText}, whatever it was made of: names from the catalogue, values,
 * text of the map, messages of the server. Only codes that {@link TerminalStyle} made reach the terminal as such. Bytes
 * pass as they are.
 */
final class TerminalStream extends PrintStream {

    private final PrintStream target;

    private TerminalStream(PrintStream target) {
        super(target);
        this.target = target;
    }

    static PrintStream over(PrintStream stream) {
        return stream instanceof TerminalStream ? stream : new TerminalStream(stream);
    }

    @Override
    public void print(String text) {
        target.print(visible(String.valueOf(text)));
    }

    @Override
    public void print(Object value) {
        print(String.valueOf(value));
    }

    @Override
    public void print(char character) {
        print(String.valueOf(character));
    }

    @Override
    public void print(char[] characters) {
        print(String.valueOf(characters));
    }

    @Override
    public void println() {
        target.println();
    }

    @Override
    public void println(String text) {
        print(text);
        println();
    }

    @Override
    public void println(Object value) {
        println(String.valueOf(value));
    }

    @Override
    public void println(char character) {
        println(String.valueOf(character));
    }

    @Override
    public void println(char[] characters) {
        println(String.valueOf(characters));
    }

    private static String visible(String text) {
        return Arrays.stream(TerminalStyle.CODE_BEGINNING.split(text, -1))
                .map(VisibleText::lines)
                .collect(Collectors.joining("\u001b["));
    }
}
