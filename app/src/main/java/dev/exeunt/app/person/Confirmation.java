package dev.exeunt.app.person;

import dev.exeunt.app.command.RefusedException;
import dev.exeunt.app.command.Session;
import dev.exeunt.app.terminal.Page;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks for what nobody types by accident: the key, or for several people how many they are. */
final class Confirmation {

    private final Session session;
    private final List<String> keys;
    private final int subjects;

    Confirmation(Session session, List<String> keys, int subjects) {
        this.session = session;
        this.keys = keys;
        this.subjects = subjects;
    }

    /** @throws RefusedException where something else is typed, or nothing */
    void ask(Page page) {
        boolean one = keys.size() == 1;
        String expected = one ? keys.get(0) : "erase " + subjects + (subjects == 1 ? " person" : " people");
        page.line("There is no undo. To keep a copy first: exeunt export KEY");
        String answer = answer(one ? "Type the key once more to erase this person: " : "Type \"" + expected + "\": ");
        if (answer == null || !answer.strip().equals(expected)) {
            throw new RefusedException(
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
