package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.report.OverviewReport;
import dev.exeunt.app.report.StatusReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests.AccountStatus;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.Request;
import dev.exeunt.support.event.ExternalSystems;
import dev.exeunt.support.event.OpenAnswers;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code exeunt status}: shows a person's requests and their states, or what is open of all people. */
@Command(
        name = "status",
        abbreviateSynopsis = true,
        header = {"Show a person's requests to leave, or what is open of all people.", ""},
        description = {
            "Show what the gate says of a person, and each of their requests with its own moments. Changes nothing. Of people"
                    + " who are erased no request is shown: it no longer says whose it was. Without a key: count the requests of all"
                    + " people, and what external systems still have to answer.",
            ""
        })
public final class StatusCommand extends AccountRequestCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "Whose: the subject's key, or email:... by identifier, as long as that is not hidden.")
    private @Nullable String key;

    public StatusCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        DataMap read = map.read();
        ExternalSystems systems = ExternalSystems.open(
                database.database(session.terminal()),
                Clock.systemUTC(),
                hashKey().orElse(null),
                read);
        return key == null ? overview(read, systems) : person(read, systems, key);
    }

    private Integer overview(DataMap read, ExternalSystems systems) {
        OverviewReport report = looking(
                read,
                "counting the requests",
                d -> new OverviewReport(d.countRequests(), systems.status(), d.countLateRows()));
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), report.json());
        } else {
            report.text(page());
        }
        return (report.needsStaff() ? ExitCode.LEFT : ExitCode.DONE).code();
    }

    private Integer person(DataMap read, ExternalSystems systems, String whose) {
        AccountStatus status = looking(read, "looking at the requests", d -> d.status(whose));
        List<LegalHold> holds = lookingAtHolds(read, "looking for legal holds", h -> h.list(whose, false));
        Map<UUID, OpenAnswers> open = systems.openAnswers(status.requests().stream()
                .filter(r -> r.state() == Request.State.ERASED)
                .map(Request::id)
                .toList());
        if (format.json()) {
            Map<String, @Nullable Object> json = StatusReport.json(status, open);
            json.put("holds", holds.stream().map(HoldReport::json).toList());
            JsonOutput.print(session.terminal().out(), json);
        } else {
            StatusReport.text(status, open, page());
            holds.forEach(h -> HoldReport.one(h, page()));
        }
        if (hashKey().isEmpty() && !say.quiet()) {
            say.err(session)
                    .line("Without " + KEY_VARIABLE + " an erased person whose row is still there is not recognised.");
        }
        boolean left = open.values().stream().anyMatch(OpenAnswers::needsStaff);
        return (left ? ExitCode.LEFT : ExitCode.DONE).code();
    }
}
