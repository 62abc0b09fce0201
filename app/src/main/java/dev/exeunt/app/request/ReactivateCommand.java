package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.WithdrawalResult;
import dev.exeunt.request.Actor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code exeunt reactivate}: takes a deactivated account up again. */
@Command(
        name = "reactivate",
        abbreviateSynopsis = true,
        header = {"Take a deactivated account up again, and show again what was hidden.", ""},
        description = {
            "Take a deactivated account up again, also while sign-in is blocked. Shows how many rows are exactly as they were,"
                    + " and how many were changed meanwhile; those changes stay.",
            ""
        })
public final class ReactivateCommand extends AbstractWithdrawalCommand {

    public ReactivateCommand(CommandContext session) {
        super(session);
    }

    @Override
    WithdrawalResult withdraw(AccountRequests requests, String who, Actor actor, @Nullable String reason) {
        return requests.reactivate(who, actor, reason);
    }
}
