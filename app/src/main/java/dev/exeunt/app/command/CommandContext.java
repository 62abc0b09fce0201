package dev.exeunt.app.command;

import dev.exeunt.app.terminal.Terminal;
import dev.exeunt.app.terminal.UserInterrupt;
import org.jspecify.annotations.Nullable;

/** Holds the terminal and the interrupt state of a command. */
public record CommandContext(Terminal terminal, UserInterrupt interruption) {

    /**
     * Asks a question on the terminal. Ctrl-C while it waits ends the program at once, since nothing is under way.
     *
     * @return the line typed; null where the input has ended
     */
    public @Nullable String ask(String prompt) {
        interruption.idle(true);
        try {
            return terminal.ask(prompt);
        } finally {
            interruption.idle(false);
        }
    }

    /**
     * Asks the user to type the words, such as {@code erase 3 people}.
     *
     * @throws CommandRefusedException where something else is typed, or nothing
     */
    public void requireTyped(String expected) {
        String answer = ask("Type \"" + expected + "\": ");
        if (answer == null || !answer.strip().equals(expected)) {
            throw new CommandRefusedException((answer == null ? "Not confirmed" : "That is not \"" + expected + "\"")
                    + ". Nothing was changed. Without a terminal, add --yes.");
        }
    }
}
