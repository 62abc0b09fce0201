package dev.exeunt.app.person;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.terminal.ReportPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the user to type the subject key, or the number of people, before an erasure. */
final class ErasureConfirmation {

    private final CommandContext session;
    private final List<String> keys;
    private final int subjects;

    ErasureConfirmation(CommandContext session, List<String> keys, int subjects) {
        this.session = session;
        this.keys = keys;
        this.subjects = subjects;
    }

    /** @throws CommandRefusedException where something else is typed, or nothing */
    void ask(ReportPage page) {
        boolean one = keys.size() == 1;
        String expected = one ? keys.get(0) : "erase " + subjects + (subjects == 1 ? " person" : " people");
        page.line("There is no undo. To keep a copy first: exeunt export KEY");
        String answer = answer(one ? "Type the key once more to erase this person: " : "Type \"" + expected + "\": ");
        if (answer == null || !answer.strip().equals(expected)) {
            throw new CommandRefusedException(
                    (answer == null ? "Not confirmed" : "That is not " + (one ? "the key" : "\"" + expected + "\""))
                            + ". Nothing was changed.");
        }
    }

    private @Nullable String answer(String prompt) {
        session.interruption().idle(true);
        try {
            return session.terminal().ask(prompt);
        } finally {
            session.interruption().idle(false);
        }
    }
}
