package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.request.AccountRequests;
import dev.exeunt.request.AccountRequests.WithdrawalResult;
import dev.exeunt.request.Actor;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;

/** {@code exeunt cancel}: takes back a request to delete. */
@Command(
        name = "cancel",
        abbreviateSynopsis = true,
        header = {"Take back a request to delete, and show again what it hid.", ""},
        description = {
            "Take back a person's strongest open request to delete data or account; a weaker one goes on. Shows how many rows"
                    + " are exactly as they were, and how many were changed meanwhile; those changes stay.",
            ""
        })
public final class CancelCommand extends AbstractWithdrawalCommand {

    public CancelCommand(CommandContext session) {
        super(session);
    }

    @Override
    WithdrawalResult withdraw(AccountRequests requests, String who, Actor actor, @Nullable String reason) {
        return requests.cancel(who, actor, reason);
    }
}
