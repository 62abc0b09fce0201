package dev.exeunt.app.person;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.terminal.ReportPage;
import java.util.List;

/** Asks the user to type the key or value, or the number of people, before an erasure. */
final class ErasureConfirmation {

    private final CommandContext session;
    private final List<String> keys;
    private final int subjects;
    private final String asked;

    private ErasureConfirmation(CommandContext session, List<String> keys, int subjects, String asked) {
        this.session = session;
        this.keys = keys;
        this.subjects = subjects;
        this.asked = asked;
    }

    /** Asks for the key of one person, or for the number of several. */
    static ErasureConfirmation ofKeys(CommandContext session, List<String> keys, int subjects) {
        return new ErasureConfirmation(session, keys, subjects, "key");
    }

    /** Asks for the value that tells the rows of a person without an account. */
    static ErasureConfirmation ofValue(CommandContext session, String value) {
        return new ErasureConfirmation(session, List.of(value), 0, "value");
    }

    /** @throws CommandRefusedException where something else is typed, or nothing */
    void ask(ReportPage page) {
        boolean one = keys.size() == 1;
        String expected = one ? keys.get(0) : "erase " + subjects + (subjects == 1 ? " person" : " people");
        page.line("There is no undo. To keep a copy first: exeunt export "
                + (asked.equals("key") ? "KEY" : "--value NAME=VALUE"));
        String answer = session.ask(
                one ? "Type the " + asked + " once more to erase this person: " : "Type \"" + expected + "\": ");
        if (answer == null || !answer.strip().equals(expected)) {
            throw new CommandRefusedException((answer == null
                            ? "Not confirmed"
                            : "That is not " + (one ? "the " + asked : "\"" + expected + "\""))
                    + ". Nothing was changed.");
        }
    }
}
