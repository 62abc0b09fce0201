package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.report.WithdrawalReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.WithdrawalResult;
import dev.exeunt.request.Actor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Provides what the commands share that withdraw a request. */
abstract class AbstractWithdrawalCommand extends AccountRequestCommand {

    @Parameters(
            paramLabel = "KEY",
            description = "Whose: the subject's key, or email:... by identifier, as long as that is not hidden.")
    private String key = "";

    @Mixin
    private final ActingStaffOptions by = new ActingStaffOptions();

    AbstractWithdrawalCommand(CommandContext session) {
        super(session);
    }

    abstract WithdrawalResult withdraw(AccountRequests requests, String who, Actor actor, @Nullable String reason);

    @Override
    public Integer call() {
        Actor actor = by.actor();
        DataMap read = map.read();
        WithdrawalResult back = changing(read, "putting back", d -> withdraw(d, key, actor, by.reason()));
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), WithdrawalReport.json(back));
        } else {
            WithdrawalReport.text(back, page());
            if (!say.quiet()) {
                page().line("What is still open, if anything: exeunt status KEY");
            }
        }
        return ExitCode.DONE.code();
    }
}
