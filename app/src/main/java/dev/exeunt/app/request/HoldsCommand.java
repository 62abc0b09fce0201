package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests.LegalHold;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exeunt holds}: lists legal holds. */
@Command(
        name = "holds",
        abbreviateSynopsis = true,
        header = {"List legal holds.", ""},
        description = {
            "List the holds of one person, or of all people, the latest first. The list names people and gives reasons.",
            ""
        })
public final class HoldsCommand extends AccountRequestCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "Whose: the subject's key; without it, of all people.")
    private @Nullable String key;

    @Option(names = "--all", description = "Also show holds that have ended; they are kept for a year.")
    private boolean all;

    public HoldsCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        DataMap read = map.read();
        List<LegalHold> holds = lookingAtHolds(read, "listing legal holds", h -> h.list(key, all));
        if (format.json()) {
            JsonOutput.print(
                    session.terminal().out(),
                    JsonOutput.object(
                            "holds", holds.stream().map(HoldReport::json).toList()));
        } else if (holds.isEmpty()) {
            page().line(all ? "There is no legal hold." : "No legal hold is active.");
        } else {
            holds.forEach(h -> HoldReport.one(h, page()));
        }
        return ExitCode.DONE.code();
    }
}
