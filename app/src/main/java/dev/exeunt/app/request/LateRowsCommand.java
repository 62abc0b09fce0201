package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.report.LateRowsReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.erase.Residue.LateRows;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.Actor;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code exeunt late-rows}: rows of erased people that came after the erasure. */
@Command(
        name = "late-rows",
        abbreviateSynopsis = true,
        header = {"Show rows of erased people that came after the erasure.", ""},
        description = {
            "After an erasure the server, the starter and exeunt reap look again by the links of the map (late-rows), since a cache"
                    + " or an import may write rows of the person. The list names no person. Exit code 1 while it is not empty."
                    + " Needs the key of erased people in EXEUNT_KEY.",
            ""
        })
public final class LateRowsCommand extends AccountRequestCommand {

    @ArgGroup
    private @Nullable LateRowsAction action;

    @Mixin
    private final ActingStaffOptions by = new ActingStaffOptions();

    /** What is done about the rows of one person. */
    static final class LateRowsAction {

        @Option(
                names = "--erase",
                paramLabel = "REQUEST",
                description = "Erase the rows of this entry's person. Needs --staff and --reason.")
        private @Nullable UUID erase;

        @Option(
                names = "--dismiss",
                paramLabel = "REQUEST",
                description = "Take the entry off the list and watch no longer. Needs --staff and --reason.")
        private @Nullable UUID dismiss;
    }

    public LateRowsCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        DataMap read = map.read();
        if (action != null) {
            act(read, action);
            return ExitCode.DONE.code();
        }
        List<LateRows> found = looking(read, "listing late rows", d -> d.lateRows());
        if (format.json()) {
            JsonOutput.print(
                    session.terminal().out(),
                    JsonOutput.object(
                            "lateRows", found.stream().map(LateRowsReport::json).toList()));
        } else {
            LateRowsReport.text(found, page());
        }
        return (found.isEmpty() ? ExitCode.DONE : ExitCode.LEFT).code();
    }

    private void act(DataMap read, LateRowsAction wanted) {
        Actor staff = by.actor();
        String reason = by.reason();
        if (!staff.isStaff() || reason == null) {
            throw new CommandRefusedException(
                    "Say who does this and why: --staff NAME --reason TEXT. Nothing was changed.");
        }
        UUID erase = wanted.erase;
        UUID dismiss = wanted.dismiss;
        changing(read, "seeing to late rows", d -> {
            if (erase != null) {
                d.eraseLateRows(erase, staff, reason);
            } else if (dismiss != null) {
                d.dismissLateRows(dismiss, staff, reason);
            }
            return true;
        });
        page().line(erase != null ? "The late rows are erased." : "Taken off the list.");
    }
}
