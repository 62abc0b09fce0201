package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.Actor;
import java.util.Objects;
import java.util.UUID;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code exeunt release}: ends a legal hold. */
@Command(
        name = "release",
        abbreviateSynopsis = true,
        header = {"End a legal hold.", ""},
        description = {
            "What the hold kept from being erased and is due goes on by itself: the next exeunt reap carries it out, unless another"
                    + " hold is on the person. For staff: --staff and --reason.",
            ""
        })
public final class ReleaseCommand extends AccountRequestCommand {

    @Parameters(paramLabel = "HOLD", description = "Which hold: its number, as exeunt holds shows it.")
    private UUID hold = new UUID(0, 0);

    @Mixin
    private final ActingStaffOptions by = new ActingStaffOptions();

    public ReleaseCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        Actor staff = by.actingStaff();
        DataMap read = map.read();
        String reason = Objects.requireNonNullElse(by.reason(), "");
        LegalHold released = changingHolds(read, "releasing a legal hold", h -> h.release(hold, staff, reason));
        if (format.json()) {
            JsonOutput.print(
                    session.terminal().out(),
                    JsonOutput.object("hold", HoldReport.json(released), "undo", HoldReport.placeAgain(released)));
        } else {
            HoldReport.one(released, page());
            page().line("What it held and is due is carried out by the next exeunt reap.");
            page().line("To hold it again: " + HoldReport.placeAgain(released) + " --staff NAME --reason TEXT");
        }
        return ExitCode.DONE.code();
    }
}
