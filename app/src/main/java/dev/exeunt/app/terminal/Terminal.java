package dev.exeunt.app.terminal;

import dev.exeunt.ExeuntException;
import dev.exeunt.support.text.VisibleText;
import java.io.BufferedReader;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the streams that a command reads and writes, and whether they are a terminal. Their text is UTF-8. */
public final class Terminal {

    private static final int WIDTH = 100;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;
    private final Map<String, String> env;
    private final @Nullable Console console;
    private final @Nullable String answer;
    private @Nullable BufferedReader lines;

    /** Holds what a process has from outside: its streams and environment. */
    private record ProcessStreams(InputStream in, PrintStream out, PrintStream err, Map<String, String> env) {}

    private Terminal(ProcessStreams streams, @Nullable Console console, @Nullable String answer) {
        this.in = streams.in();
        this.out = TerminalStream.over(streams.out());
        this.err = TerminalStream.over(streams.err());
        this.env = Map.copyOf(streams.env());
        this.console = console;
        this.answer = answer;
    }

    /** Returns streams that are no terminal: without colour, and without prompts that hide the input. */
    public static Terminal of(InputStream in, PrintStream out, PrintStream err, Map<String, String> env) {
        return new Terminal(new ProcessStreams(in, out, err, env), null, null);
    }

    /** Returns the streams of this process. */
    public static Terminal ofProcess() {
        Console console = personAtConsole();
        Charset charset = charset(console);
        ProcessStreams streams = new ProcessStreams(
                System.in, stream(FileDescriptor.out, charset), stream(FileDescriptor.err, charset), System.getenv());
        return new Terminal(streams, console, null);
    }

    /** Returns the same with another standard output. */
    public Terminal withOut(PrintStream elsewhere) {
        return new Terminal(new ProcessStreams(in, elsewhere, err, env), console, answer);
    }

    /** Returns the same with other variables of the environment. */
    public Terminal withEnv(Map<String, String> other) {
        return new Terminal(new ProcessStreams(in, out, err, other), console, answer);
    }

    /** Returns the same with one answer for every question. Question and answer are printed, as if typed. */
    public Terminal answering(String line) {
        return new Terminal(new ProcessStreams(in, out, err, env), console, line);
    }

    public PrintStream out() {
        return out;
    }

    /** Returns a stream for a result in UTF-8; a terminal shows control characters visibly. Closing it leaves {@link #out} open. */
    public OutputStream outBytes() {
        return isInteractive()
                ? new VisibleOutputStream(out)
                : new FilterOutputStream(out) {
                    @Override
                    public void write(byte[] bytes, int from, int length) throws IOException {
                        out.write(bytes, from, length);
                    }

                    @Override
                    public void close() throws IOException {
                        flush();
                    }
                };
    }

    public PrintStream err() {
        return err;
    }

    public PrintWriter outWriter() {
        return StreamWriter.over(out);
    }

    public PrintWriter errWriter() {
        return StreamWriter.over(err);
    }

    public InputStream in() {
        return in;
    }

    public Map<String, String> env() {
        return env;
    }

    /** Whether standard input and output are a person's terminal. */
    public boolean isInteractive() {
        return console != null;
    }

    /** Colour on a terminal that wants it; see https://no-color.org. */
    public TerminalStyle style(boolean forbidden) {
        boolean refused = forbidden || !env.getOrDefault("NO_COLOR", "").isEmpty() || "dumb".equals(env.get("TERM"));
        return new TerminalStyle(isInteractive() && !refused);
    }

    /** Returns the columns that text is folded to, or 0 without a terminal: lines stay whole. */
    public int width() {
        if (!isInteractive()) {
            return 0;
        }
        String columns = env.getOrDefault("COLUMNS", "");
        return columns.matches("[1-9][0-9]{1,3}") ? Math.max(40, Integer.parseInt(columns)) : WIDTH;
    }

    /** Asks on standard error, so that standard output holds results only. Returns null at the end of input. */
    public @Nullable String ask(String prompt) {
        if (answer != null) {
            out.println(prompt + answer);
            return answer;
        }
        err.print(prompt);
        err.flush();
        String line = readLine();
        if (!isInteractive()) {
            err.println();
        }
        return line;
    }

    /** Asks; on a terminal it hides the input. Returns null at the end of input. */
    public @Nullable String askHidden(String prompt) {
        if (console == null) {
            return ask(prompt);
        }
        char[] typed = console.readPassword("%s", VisibleText.lines(prompt));
        return typed == null ? null : new String(typed);
    }

    private @Nullable String readLine() {
        try {
            if (lines == null) {
                lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
            }
            return lines.readLine();
        } catch (IOException e) {
            throw new ExeuntException("Standard input cannot be read.", e);
        }
    }

    /** Returns the console, or null without a terminal. Since Java 22 a console exists without a terminal, too. */
    @SuppressWarnings("SystemConsoleNull") // both cases are told apart below
    private static @Nullable Console personAtConsole() {
        Console console = System.console();
        if (console == null || Runtime.version().feature() < 22) {
            return console;
        }
        try {
            boolean person = (Boolean) Console.class.getMethod("isTerminal").invoke(console);
            return person ? console : null;
        } catch (ReflectiveOperationException e) {
            return null;
        }
    }

    /** Returns UTF-8, or what the terminal reports. US-ASCII counts as UTF-8, since it only means that no locale is set. */
    private static Charset charset(@Nullable Console console) {
        Charset charset = console == null ? StandardCharsets.UTF_8 : console.charset();
        return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
    }

    private static PrintStream stream(FileDescriptor descriptor, Charset charset) {
        OutputStream raw = new FileOutputStream(descriptor);
        return new PrintStream(new java.io.BufferedOutputStream(raw, 8192), true, charset);
    }
}
