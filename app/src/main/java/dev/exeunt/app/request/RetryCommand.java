package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.report.RequestReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.Actor;
import dev.exeunt.request.Request;
import java.util.List;
import java.util.Objects;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code exeunt retry}: what failed is tried again. */
@Command(
        name = "retry",
        abbreviateSynopsis = true,
        header = {"Let a person's erasure that failed be tried again.", ""},
        description = {
            "After five failures an erasure is given up, and exeunt status KEY shows table and constraint. Once that is put right,"
                    + " this makes it due again: the next exeunt reap carries it out. For staff: --staff and --reason.",
            ""
        })
public final class RetryCommand extends AccountRequestCommand {

    @Parameters(paramLabel = "KEY", description = "Whose: the subject's key.")
    private String key = "";

    @Mixin
    private final ActingStaffOptions by = new ActingStaffOptions();

    public RetryCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        Actor staff = by.actor();
        DataMap read = map.read();
        String reason = Objects.requireNonNullElse(by.reason(), "");
        List<Request> again = changing(read, "letting it be tried again", d -> d.retry(key, staff, reason));
        if (format.json()) {
            JsonOutput.print(
                    session.terminal().out(),
                    JsonOutput.object(
                            "requests", again.stream().map(RequestReport::json).toList()));
        } else {
            again.forEach(r -> RequestReport.one(r, page()));
            page().line("Due again: the next exeunt reap carries it out.");
        }
        return ExitCode.DONE.code();
    }
}
