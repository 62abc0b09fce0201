package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.report.SystemsReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.request.Actor;
import dev.exeunt.support.event.DeliveryEntry;
import dev.exeunt.support.event.ExternalSystems;
import dev.exeunt.support.event.ExternalSystems.DeliveryFilter;
import dev.exeunt.support.event.SystemStatus;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exeunt systems}: what external systems still have to get and to answer. */
@Command(
        name = "systems",
        abbreviateSynopsis = true,
        header = {"Show what external systems were told, and what they answered.", ""},
        description = {
            "Without a name: how many events wait for each system under external of the map, were given up, or are not answered."
                    + " With a name: its latest events. They name no person. The server and the starter send the events.",
            ""
        })
public final class SystemsCommand extends ReportCommand {

    private static final int MOST = 200;

    @Parameters(arity = "0..1", paramLabel = "SYSTEM", description = "The system, as the map names it.")
    private @Nullable String system;

    @Option(
            names = "--only",
            paramLabel = "WHICH",
            defaultValue = "all",
            description = "Which events are shown: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private DeliveryFilter only = DeliveryFilter.ALL;

    @ArgGroup
    private @Nullable SystemAction action;

    @Mixin
    private final ActingStaffOptions by = new ActingStaffOptions();

    /** What is done to a system or to one of its events. */
    static final class SystemAction {

        @Option(
                names = "--resend",
                paramLabel = "EVENT",
                description = "Send an event again, by its number. --staff NAME is kept in the audit log.")
        private @Nullable UUID resend;

        @Option(names = "--resend-failed", description = "Send all events again that were given up.")
        private boolean resendFailed;

        @Option(names = "--pause", description = "Let the system's events wait. Needs --staff and --reason.")
        private boolean pause;

        @Option(names = "--resume", description = "End the pause.")
        private boolean resume;

        @Option(
                names = "--close",
                paramLabel = "EVENT",
                description =
                        "Wait no longer for the system's answer to this event, or settle its refusal. Needs --staff and --reason.")
        private @Nullable UUID close;
    }

    public SystemsCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        ExternalSystems systems = ExternalSystems.open(
                database.database(session.terminal()),
                Clock.systemUTC(),
                hashKey().orElse(null),
                map.read());
        if (system == null && action != null) {
            throw new CommandRefusedException("Name the system: exeunt systems SYSTEM. Nothing was changed.");
        }
        if (system == null) {
            return status(systems.status());
        }
        requireKnown(systems, system);
        if (action == null) {
            entries(systems.list(system, only, MOST));
        } else {
            say.out(session).line(act(systems, system, action));
        }
        return ExitCode.DONE.code();
    }

    /** Exit code 1 where staff have something to do. */
    private int status(List<SystemStatus> status) {
        if (format.json()) {
            JsonOutput.print(
                    session.terminal().out(),
                    JsonOutput.object(
                            "systems", status.stream().map(SystemStatus::toMap).toList()));
        } else {
            SystemsReport.text(status, say.out(session));
        }
        boolean left = status.stream().anyMatch(SystemsReport::needsStaff);
        return (left ? ExitCode.LEFT : ExitCode.DONE).code();
    }

    private void entries(List<DeliveryEntry> entries) {
        if (format.json()) {
            JsonOutput.print(
                    session.terminal().out(),
                    JsonOutput.object(
                            "events", entries.stream().map(DeliveryEntry::toMap).toList()));
        } else {
            SystemsReport.entries(entries, say.out(session));
        }
    }

    private static void requireKnown(ExternalSystems systems, String system) {
        List<String> names = systems.names();
        if (!names.contains(system)) {
            throw new CommandRefusedException("There is no system of this name."
                    + (names.isEmpty()
                            ? " The map names none under external."
                            : " There are: " + String.join(", ", names) + "."));
        }
    }

    private String act(ExternalSystems systems, String name, SystemAction wanted) {
        session.interruption().pointOfNoReturn();
        UUID resend = wanted.resend;
        UUID close = wanted.close;
        if (resend != null) {
            return did(
                    systems.resend(resend, name, by.named(), by.reason()),
                    "The event is sent again.",
                    "There is no such event, it waits already, or what it said is forgotten.");
        } else if (wanted.resendFailed) {
            long again = systems.resendFailed(name, by.named(), by.reason());
            return again == 0 ? "No event was given up that could be sent again." : SystemsReport.sentAgain(again);
        } else if (wanted.pause) {
            return did(
                    systems.pause(name, staff(), reason()),
                    "Paused. Its events wait until: exeunt systems " + name + " --resume",
                    "The system is paused already.");
        } else if (close != null) {
            return did(
                    systems.close(close, name, staff(), reason()),
                    "Exeunt no longer waits for the answer.",
                    "No answer to this event is due from this system, or it has answered otherwise.");
        }
        return did(
                systems.resume(name, by.named(), by.reason()),
                "Resumed. What waited is sent now.",
                "The system is not paused.");
    }

    private static String did(boolean done, String yes, String no) {
        if (!done) {
            throw new CommandRefusedException(no + " Nothing was changed.");
        }
        return yes;
    }

    private Actor staff() {
        Actor staff = by.actor();
        if (!staff.isStaff()) {
            throw new CommandRefusedException(
                    "Say who does this and why: --staff NAME --reason TEXT. Nothing was changed.");
        }
        return staff;
    }

    private String reason() {
        return Objects.requireNonNullElse(by.reason(), "");
    }
}
