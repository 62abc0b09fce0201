package dev.exeunt.app.request;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.database.OutcomeUnknownException;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.LegalHolds;
import java.util.function.Function;
import java.util.function.Supplier;

/** Provides what commands about account requests share. */
abstract class AccountRequestCommand extends ReportCommand {

    AccountRequestCommand(CommandContext session) {
        super(session);
    }

    /** Runs work that changes nothing. Ctrl-C stops it. */
    <T> T looking(DataMap read, String doing, Function<AccountRequests, T> work) {
        try (TerminalProgress progress = say.progress(session, doing)) {
            return work.apply(requests(read, progress));
        }
    }

    /** Runs work that changes something. Ctrl-C waits for its end, so that the command reports what really happened. */
    <T> T changing(DataMap read, String doing, Function<AccountRequests, T> work) {
        return certain(() -> looking(read, doing, work));
    }

    /** The same as {@link #looking}, with the legal holds. */
    <T> T lookingAtHolds(DataMap read, String doing, Function<LegalHolds, T> work) {
        try (TerminalProgress progress = say.progress(session, doing)) {
            return work.apply(exeunt(progress).holds(read));
        }
    }

    /** The same as {@link #changing}, with the legal holds. */
    <T> T changingHolds(DataMap read, String doing, Function<LegalHolds, T> work) {
        return certain(() -> lookingAtHolds(read, doing, work));
    }

    private <T> T certain(Supplier<T> work) {
        session.interruption().pointOfNoReturn();
        try {
            return work.get();
        } catch (OutcomeUnknownException e) {
            throw new ExeuntException(
                    "The connection was lost while the change was being committed: it is not known whether it took effect."
                            + " exeunt status KEY tells.",
                    e);
        }
    }

    private AccountRequests requests(DataMap read, TerminalProgress progress) {
        return exeunt(progress).requests(read);
    }

    /** Returns advice where the person was named by an identifier: once hidden, it finds no person. */
    static String keyAfterwards(DataMap read, String key) {
        boolean identifier = read.identifiers().stream().anyMatch(i -> key.startsWith(i + ":"));
        return identifier ? " (by the key itself: identifiers may be hidden now)" : "";
    }

    ReportPage page() {
        return say.out(session);
    }
}
