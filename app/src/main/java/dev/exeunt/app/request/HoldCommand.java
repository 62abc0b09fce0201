package dev.exeunt.app.request;

import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.map.DataMap;
import dev.exeunt.request.AccountRequests.LegalHold;
import dev.exeunt.request.AccountRequests.NewLegalHold;
import dev.exeunt.request.Actor;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.TypeConversionException;

/** {@code exeunt hold}: places a legal hold on a person. */
@Command(
        name = "hold",
        abbreviateSynopsis = true,
        header = {"Place a legal hold on a person, which keeps their data from being erased.", ""},
        description = {
            "Until the hold ends, no erasure of the person is done: a due request waits, and goes on by itself afterwards. Hiding,"
                    + " exports and taking a request back work as always. For staff: --staff and --reason.",
            ""
        })
public final class HoldCommand extends AccountRequestCommand {

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "Whose: the subject's key, or email:... by identifier, as long as that is not hidden.")
    private @Nullable String key;

    @Option(
            names = "--receipt",
            paramLabel = "NUMBER",
            description =
                    "Instead of KEY, of an erased person: hold the rows that the erasure with this receipt kept for a period.")
    private @Nullable UUID receipt;

    @Option(
            names = "--until",
            paramLabel = "DATE",
            converter = EndConverter.class,
            description =
                    "When the hold ends by itself: 2027-01-31 (the end of that day, UTC) or 2027-01-31T12:00:00Z. Without it"
                            + " exeunt release ends it.")
    private @Nullable Instant until;

    @Option(
            names = "--table",
            paramLabel = "TABLE",
            description = "Hold only erasures that change or delete rows of this table of the map. May be repeated.")
    private List<String> tables = new ArrayList<>();

    @Option(names = "--tell", description = "Tell the person on the page that a legal hold delays the erasure.")
    private boolean tell;

    @Mixin
    private final ActingStaffOptions by = new ActingStaffOptions();

    public HoldCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        if ((key == null) == (receipt == null)) {
            throw new CommandRefusedException(
                    "Say on what: exeunt hold KEY, or exeunt hold --receipt NUMBER. Nothing was changed.");
        }
        Actor staff = by.actingStaff();
        DataMap read = map.read();
        NewLegalHold wanted =
                new NewLegalHold(key, receipt, tables, Objects.requireNonNullElse(by.reason(), ""), until, tell);
        LegalHold placed = changingHolds(read, "placing a legal hold", h -> h.place(wanted, staff));
        if (format.json()) {
            JsonOutput.print(
                    session.terminal().out(),
                    JsonOutput.object("hold", HoldReport.json(placed), "undo", HoldReport.release(placed)));
        } else {
            HoldReport.one(placed, page());
            page().line("To end it: " + HoldReport.release(placed) + " --staff NAME --reason TEXT");
        }
        return ExitCode.DONE.code();
    }

    /** Reads the end of a hold. */
    static final class EndConverter implements ITypeConverter<Instant> {

        @Override
        public Instant convert(String text) {
            try {
                return text.contains("T")
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDate.parse(text)
                                .plusDays(1)
                                .atStartOfDay(ZoneOffset.UTC)
                                .toInstant();
            } catch (DateTimeException e) {
                throw new TypeConversionException(
                        "a date such as 2027-01-31 is wanted, or a moment with its zone, such as 2027-01-31T12:00:00Z");
            }
        }
    }
}
