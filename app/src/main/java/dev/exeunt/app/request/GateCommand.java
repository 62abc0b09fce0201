package dev.exeunt.app.request;

import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.report.StatusReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.GateDecision;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code exeunt gate}: says whether a person may use the application. */
@Command(
        name = "gate",
        abbreviateSynopsis = true,
        header = {"Say whether a person may use the application now.", ""},
        description = {
            "Say in one word whether a person may use the application now: allowed, scheduled (until the erasure everything"
                    + " works), blocked (no sign-in until), deactivated (may come back until), erased. The exit code is 0 for"
                    + " allowed and scheduled, 1 for the others. Needs the key of erased people in EXEUNT_KEY.",
            ""
        })
public final class GateCommand extends AccountRequestCommand {

    @Parameters(
            paramLabel = "KEY",
            description = "Who: the subject's key, or email:... by identifier, as long as that is not hidden.")
    private String key = "";

    @Option(
            names = "--issued-at",
            paramLabel = "INSTANT",
            converter = InstantConverter.class,
            description = "When the person's token was issued: 2026-03-01T12:00:00Z, or the seconds of a JWT's iat.")
    private @Nullable Instant issuedAt;

    public GateCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        if (hashKey().isEmpty()) {
            throw new ExeuntException(
                    "Without the key of erased people the gate cannot tell who has been erased. Give it in "
                            + KEY_VARIABLE
                            + ", the same as for the erasures (to make a first one: openssl rand -hex 32).");
        }
        DataMap read = map.read();
        GateDecision gate = looking(read, "looking at the gate", d -> d.gate(key, issuedAt));
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), StatusReport.json(gate));
        } else {
            page().line(StatusReport.line(gate));
        }
        boolean open =
                gate.state() == GateDecision.GateState.ALLOWED || gate.state() == GateDecision.GateState.SCHEDULED;
        return (open ? ExitCode.DONE : ExitCode.LEFT).code();
    }

    /** Reads a moment. Its message repeats no input, which may have been a key. */
    static final class InstantConverter implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                return text.matches("[0-9]{1,12}")
                        ? Instant.ofEpochSecond(Long.parseLong(text))
                        : OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException("a moment with its zone is wanted, such as 2026-03-01T12:00:00Z or"
                        + " 2026-03-01T13:00:00+01:00, or seconds since 1970");
            }
        }
    }
}
