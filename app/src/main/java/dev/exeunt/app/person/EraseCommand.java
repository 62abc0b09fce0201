package dev.exeunt.app.person;

import dev.exeunt.Exeunt;
import dev.exeunt.ExeuntException;
import dev.exeunt.app.command.CommandContext;
import dev.exeunt.app.command.CommandRefusedException;
import dev.exeunt.app.command.ExitCode;
import dev.exeunt.app.command.ReportCommand;
import dev.exeunt.app.command.ValueOption;
import dev.exeunt.app.report.PlanReport;
import dev.exeunt.app.report.ReceiptReport;
import dev.exeunt.app.report.SystemsReport;
import dev.exeunt.app.terminal.JsonOutput;
import dev.exeunt.app.terminal.ReportPage;
import dev.exeunt.app.terminal.TerminalProgress;
import dev.exeunt.database.OutcomeUnknownException;
import dev.exeunt.erase.ErasurePlan;
import dev.exeunt.erase.ErasurePreview;
import dev.exeunt.erase.ErasurePreview.PersonWarning;
import dev.exeunt.erase.Receipt;
import dev.exeunt.map.DataMap;
import dev.exeunt.support.event.EventOutbox;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code exeunt erase}: erases people as the map says, in one transaction, after the user has confirmed it. */
@Command(
        name = "erase",
        abbreviateSynopsis = true,
        header = {"Erase people, as the map says.", ""},
        description = {
            "Erase people as the map says, all of them in one transaction. Shows the plan, asks for the key to be typed,"
                    + " erases, checks before the commit that no link is left that the map does not keep, and saves a"
                    + " receipt that holds nothing personal. There is no undo.",
            ""
        })
public final class EraseCommand extends ReportCommand {

    @Parameters(
            arity = "0..*",
            paramLabel = "KEY",
            description = "Whom: the subject's key, or email:... by identifier.")
    private List<String> keys = List.of();

    @Mixin
    private ValueOption value = new ValueOption();

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    @Option(
            names = "--receipt",
            paramLabel = "FILE",
            defaultValue = ".",
            description = "Where to save the receipt: a new file, or a directory for a file exeunt-receipt-... in it"
                    + " (default: the current directory). Nothing is erased if it cannot be written.")
    private Path receipt = Path.of(".");

    public EraseCommand(CommandContext session) {
        super(session);
    }

    @Override
    public Integer call() {
        value.requireEither(keys);
        try (ReceiptFile file = new ReceiptFile(receipt)) {
            DataMap read = map.read();
            ErasurePreview preview = preview(read);
            if (!yes || !say.quiet()) {
                new PlanReport(preview).text(beside());
            }
            if (yes && preview.warnings().contains(PersonWarning.KEY_IN_USE_AGAIN)) {
                throw new CommandRefusedException(
                        "A person with this key was erased before, and a new person has the key since."
                                + " Nothing was changed. To erase the new person, leave out --yes and confirm.");
            }
            if (!yes) {
                (value.isGiven()
                                ? ErasureConfirmation.ofValue(session, value.typed())
                                : ErasureConfirmation.ofKeys(session, keys, preview.subjects()))
                        .ask(beside());
            }
            Receipt done = erase(read, preview.plan(), file);
            report(done, file);
            SystemsReport.waiting(EventOutbox.systems(read), beside());
        }
        return ExitCode.DONE.code();
    }

    private ErasurePreview preview(DataMap read) {
        try (TerminalProgress progress = say.progress(session, "counting rows")) {
            Exeunt exeunt = exeunt(progress);
            return value.isGiven() ? value.person(exeunt, read).preview() : exeunt.preview(read, keys);
        }
    }

    /**
     * Erases. The receipt is on disk before the commit, and gets its name after it. If the database refuses, nothing was
     * changed and the receipt is discarded. If the connection breaks during the commit, the outcome is unknown and the
     * receipt stays.
     */
    private Receipt erase(DataMap read, ErasurePlan plan, ReceiptFile file) {
        try (TerminalProgress progress = say.progress(session, "erasing")) {
            Exeunt exeunt = exeunt(progress);
            Consumer<Receipt> beforeCommit = drawn -> {
                file.write(drawn);
                session.interruption().pointOfNoReturn();
                file.keep();
            };
            return value.isGiven()
                    ? value.person(exeunt, read).erase(beforeCommit)
                    : exeunt.erase(plan, keys, beforeCommit);
        } catch (OutcomeUnknownException e) {
            throw new ExeuntException(e.getMessage() + " If it did, its receipt is " + file.path() + ".", e);
        } catch (ExeuntException e) {
            file.discard();
            throw e;
        }
    }

    private void report(Receipt done, ReceiptFile file) {
        boolean complete = file.complete(done);
        Path saved = file.publish();
        if (format.json()) {
            JsonOutput.print(session.terminal().out(), done.toMap());
        } else {
            ReceiptReport.text(done, say.out(session));
        }
        beside().line("The receipt is " + saved + (file.published() ? "." : ": it could not get its own name."));
        if (done.signature() != null && !say.quiet()) {
            beside().line("It is signed. Check it: exeunt receipt verify " + saved);
        }
        if (!complete) {
            beside().line("It could not be written again, so it counts files as waiting that were deleted since.");
        }
        if (!say.quiet()) {
            ReceiptReport.advice(done, beside());
        }
    }

    /** Returns the page for everything but the result: standard error where the result is JSON. */
    private ReportPage beside() {
        return format.json() ? say.err(session) : say.out(session);
    }
}
