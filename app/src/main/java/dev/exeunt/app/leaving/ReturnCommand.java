package dev.exeunt.app.leaving;

import dev.exeunt.app.command.Exit;
import dev.exeunt.app.command.Session;
import dev.exeunt.app.report.ReturnReport;
import dev.exeunt.app.terminal.Json;
import dev.exeunt.ledger.Actor;
import dev.exeunt.lifecycle.Departures;
import dev.exeunt.lifecycle.Departures.Returned;
import dev.exeunt.map.DataMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that takes a request to leave back. */
abstract class ReturnCommand extends DepartureCommand {

    @Parameters(
            paramLabel = "KEY",
            description = "Whose: the subject's key, or email:... by identifier, as long as that is not hidden.")
    private String key = "";

    @Mixin
    private final ActorOptions by = new ActorOptions();

    ReturnCommand(Session session) {
        super(session);
    }

    abstract Returned takeBack(Departures departures, String who, Actor actor, @Nullable String reason);

    @Override
    public Integer call() {
        Actor actor = by.actor();
        DataMap read = map.read();
        Returned back = changing(read, "putting back", d -> takeBack(d, key, actor, by.reason()));
        if (format.json()) {
            Json.print(session.terminal().out(), ReturnReport.json(back));
        } else {
            ReturnReport.text(back, page());
            if (!say.quiet()) {
                page().line("What is still open, if anything: exeunt status KEY");
            }
        }
        return Exit.DONE.code();
    }
}
